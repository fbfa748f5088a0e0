"""Visitors who typed a number: each a browser of its own, let in by the portal itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag

from cms.embedded import postgres
from tests.benchmarks.ground import BenchFailure, Ground
from tests.benchmarks.web import Answer, Request, WebServer

VISITORS = 1000
REDIRECTS = frozenset({302, 303})


@dataclass(frozen=True, slots=True)
class Number:
    """The number of one process, and whose it is."""

    alias: str
    text: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who typed a number: what they sent, and what they ask for since."""

    number: Number
    typed: Request
    page: Request


def home_path(alias: str) -> str:
    """The English home page of a company."""
    return f"/p/{alias}/en/"


def lookup_path(alias: str) -> str:
    """Its English page that asks for a number."""
    return f"{home_path(alias)}lookup/"


def some_numbers(ground: Ground, count: int = VISITORS) -> list[Number]:
    """Numbers of all companies, in turn."""
    query = (
        "select c.alias, p.lookup_number from core_company c cross join lateral "
        "(select lookup_number, row_number() over (order by lookup_number) as turn from processes_process "
        " where company_id = c.id order by lookup_number limit %(each)s) p "
        "order by p.turn, c.id limit %(count)s"
    )
    with ground.administrator(postgres.DATABASE) as connection:
        companies = connection.execute("select count(*) from core_company").fetchone()
        each = -(-count // companies[0]) if companies else 0
        return [Number(*row) for row in connection.execute(query, {"each": each, "count": count})]


def forget_visitors(ground: Ground) -> None:
    """Take away the sessions of earlier runs, and the counts of attempts."""
    with ground.administrator(postgres.DATABASE) as connection:
        connection.execute("truncate django_session")
        connection.execute("truncate core_throttle")


def let_in(server: WebServer, numbers: list[Number]) -> list[Visitor]:
    """Type each number into the form of its company, as a browser without cookies would."""
    by_alias = defaultdict(list)
    for number in numbers:
        by_alias[number.alias].append(number)
    opened = {}
    for alias, own in by_alias.items():
        form = read_form(server.ask(Request(lookup_path(alias))), lookup_path(alias))
        for number in own:
            opened[number] = _type(server, form, number)
    return [opened[number] for number in numbers]


@dataclass(frozen=True, slots=True)
class Form:
    """A form: where it goes, what it carries along, and the cookie that goes with it."""

    action: str
    hidden: dict[str, str]
    cookie: str


def read_form(answer: Answer, path: str, name: str = "number") -> Form:
    """The form with a field of that name."""
    field = BeautifulSoup(answer.body, "html.parser").find("input", attrs={"name": name})
    form = field.find_parent("form") if isinstance(field, Tag) else None
    if form is None:
        raise BenchFailure(f"{path} has no form that asks for a {name} (status {answer.status}).")
    hidden = {str(one["name"]): str(one.get("value", "")) for one in form.find_all("input", type="hidden")}
    return Form(str(form.get("action") or path), hidden, "; ".join(answer.cookies))


def _type(server: WebServer, form: Form, number: Number) -> Visitor:
    typed = Request(form.action, "POST", form.cookie, urlencode({**form.hidden, "number": number.text}))
    answer = server.ask(typed)
    if answer.status not in REDIRECTS or not answer.cookies:
        raise BenchFailure(
            f"{form.action} did not let {number.text} of {number.alias} in: status {answer.status}, "
            f"to {answer.location!r}, {len(answer.cookies)} cookies."
        )
    jar = dict(cookie.split("=", 1) for cookie in [*form.cookie.split("; "), *answer.cookies] if cookie)
    cookie = "; ".join(f"{name}={value}" for name, value in jar.items())
    return Visitor(number, typed, Request(answer.location, cookie=cookie))
