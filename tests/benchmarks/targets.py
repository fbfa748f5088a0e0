"""What is measured: the pages, with their goals and with what tells that they are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cms.embedded import postgres
from portal_modules.core.numbers import format_lookup_number
from tests.benchmarks.customers import Customer, signed_in
from tests.benchmarks.fill.words import NEWS_TITLES, SAID
from tests.benchmarks.floor import fill as floor
from tests.benchmarks.ground import BenchFailure, Ground
from tests.benchmarks.importing import ALIAS as IMPORTS
from tests.benchmarks.visitors import REDIRECTS, Visitor, home_path, let_in, some_numbers
from tests.benchmarks.web import Request, WebServer

FLOOR = "floor"
NAMES = (
    "lookup_process",
    "lookup_post",
    "home_public",
    "news_page",
    "my_home",
    "my_process",
    "my_messages",
    "finance_page",
    "invoice_page",
    "pay_page",
)
FLOOR_NUMBERS = 1000
# Companies without pages to visit, which the back office is measured with.
ONLY_AT_THE_DESK = ("nothing-yet", "many-rows")
NEWS_OF_EACH = 4
VERIFIED = 200  # all homes and news, too: a picture is made small at its first visit


@dataclass(frozen=True, slots=True)
class Case:
    """One request, and a text that its answer has to contain."""

    request: Request
    expected: str


@dataclass(frozen=True, slots=True)
class Target:
    """One page, asked for in many variants so that no single hot row is measured."""

    name: str
    cases: Sequence[Case]
    goal: float | None = None
    query_goal: int | None = None
    leads_on: bool = False  # it answers with a redirect, whose address has to contain the text

    @property
    def is_floor(self) -> bool:
        """Whether it is what the others are compared with."""
        return self.name == FLOOR

    def verify(self, server: WebServer) -> None:
        """Raise `BenchFailure` unless the page answers as it should, on cases from the whole list."""
        for case in self.cases[:: max(1, len(self.cases) // VERIFIED)]:
            answer = server.ask(case.request)
            if answer.status not in (REDIRECTS if self.leads_on else {200}):
                raise BenchFailure(f"{self.name}: status {answer.status} for {case.request.path}.")
            if case.expected not in (answer.location if self.leads_on else answer.body):
                raise BenchFailure(f"{self.name}: {case.expected!r} is not in {case.request.path}.")


def floor_target(ground: Ground) -> Target:
    """The floor's one page."""
    numbers = floor.some_numbers(ground, FLOOR_NUMBERS)
    return Target(
        FLOOR, [Case(Request(f"/matter/{number}/"), f"<h1>Matter {number}</h1>") for number in numbers]
    )


class PortalPages:
    """The portal's pages. Visitors are let in through the running server, when a page needs them."""

    def __init__(self, ground: Ground, server: WebServer) -> None:
        self.ground = ground
        self.server = server

    def target(self, name: str) -> Target:
        """The page of a name."""
        if name == "lookup_process":
            return _lookup_process(self.visitors)
        if name == "lookup_post":
            return _lookup_post(self.visitors)
        if name == "home_public":
            return _home_public(self.companies)
        if name == "news_page":
            return _news_page(self.companies)
        return _OF_CUSTOMERS[name](self.customers)

    @cached_property
    def visitors(self) -> list[Visitor]:
        """People who typed a number."""
        return let_in(self.server, some_numbers(self.ground))

    @cached_property
    def customers(self) -> list[Customer]:
        """People who gave their password."""
        return signed_in(self.ground)

    @cached_property
    def companies(self) -> list[tuple[str, str]]:
        """Alias and name of each company."""
        with self.ground.administrator(postgres.DATABASE) as connection:
            query = "select alias, name from core_company where alias <> all(%s) order by id"
            return connection.execute(query, [[IMPORTS, *ONLY_AT_THE_DESK]]).fetchall()


def _lookup_process(visitors: list[Visitor]) -> Target:
    cases = [Case(each.page, format_lookup_number(each.number.text)) for each in visitors]
    return Target("lookup_process", cases, goal=2.0, query_goal=8)


def _lookup_post(visitors: list[Visitor]) -> Target:
    return Target("lookup_post", [Case(each.typed, each.page.path) for each in visitors], leads_on=True)


def _home_public(companies: list[tuple[str, str]]) -> Target:
    cases = [Case(Request(home_path(alias)), name) for alias, name in companies]
    return Target("home_public", cases, goal=2.5, query_goal=12)


def _news_page(companies: list[tuple[str, str]]) -> Target:
    cases = [
        Case(Request(f"{home_path(alias)}news/news-{number}/"), NEWS_TITLES["en"].format(month=number))
        for number in range(1, NEWS_OF_EACH + 1)
        for alias, _name in companies
    ]
    return Target("news_page", cases, goal=2.5, query_goal=12)


def _my_home(customers: Sequence[Customer]) -> Target:
    cases = [Case(each.request("my/"), each.name) for each in customers]
    return Target("my_home", cases, goal=3.0, query_goal=14)


def _my_process(customers: Sequence[Customer]) -> Target:
    cases = [Case(each.request(f"my/processes/{each.process}/"), each.registry_number) for each in customers]
    return Target("my_process", cases, goal=3.0, query_goal=12)


def _my_messages(customers: Sequence[Customer]) -> Target:
    cases = [Case(each.request("my/conversations/"), SAID[:30]) for each in customers]
    return Target("my_messages", cases, goal=3.0)


def _finance_page(customers: Sequence[Customer]) -> Target:
    """Those of each company that have ten thousand invoices: the first, as companies take turns."""
    first = {each.alias: each for each in reversed(customers)}.values()
    cases = [Case(each.request("my/billing/"), each.invoice_number) for each in first if each.invoice]
    return Target("finance_page", cases, goal=3.5, query_goal=14)


def _invoice_page(customers: Sequence[Customer]) -> Target:
    with_invoices = [each for each in customers if each.invoice]
    cases = [
        Case(each.request(f"my/billing/invoices/{each.invoice}/"), each.invoice_number)
        for each in with_invoices
    ]
    return Target("invoice_page", cases, goal=3.0, query_goal=12)


def _pay_page(customers: Sequence[Customer]) -> Target:
    """Without a login: each is asked for as by a stranger who holds the paper."""
    cases = [
        Case(Request(f"{home_path(each.alias)}i/{each.invoice_token}/"), each.invoice_number)
        for each in customers
        if each.invoice
    ]
    return Target("pay_page", cases, goal=3.0)


_OF_CUSTOMERS = {
    "my_home": _my_home,
    "my_process": _my_process,
    "my_messages": _my_messages,
    "finance_page": _finance_page,
    "invoice_page": _invoice_page,
    "pay_page": _pay_page,
}
