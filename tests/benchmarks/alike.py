"""Whether a door takes as long for an address or a tax id that is on file as for one that is not, and how long.

Known and unknown ones in turn, with the floor's page between them, so that a noisy moment hits all. The answers
have to be the same, and the medians may be apart by a fifth of the smaller one or by three milliseconds, whichever
is more. A door may take three times as long as the floor's page, but for one that reckons the hash of a password.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, cycle, islice
from urllib.parse import urlencode

from stdnum.br import cpf
from stdnum.cl import rut
from stdnum.es import dni
from stdnum.pt import nif as pt_nif

from cms.embedded import postgres
from tests.benchmarks.ground import BenchFailure, Ground
from tests.benchmarks.visitors import Form, home_path, read_form
from tests.benchmarks.web import Answer, Request, WebServer


@dataclass(frozen=True, slots=True)
class Knock:
    """What is asked at a door: its page, the field in question (`asks`), and what else is typed there.

    `door` is the name of one that a company opens by itself; the others are open in every company. `refuses`
    says that nobody comes in here, because what is typed beside the tax id is wrong; `hashes`, that a password is
    looked at, which is meant to take its time.
    """

    page: str
    asks: str = "email"
    door: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    refuses: bool = False
    hashes: bool = False


DOORS = {
    "alike_register": Knock("access/register/"),
    "alike_reset": Knock("access/reset/"),
    "alike_lost_number": Knock("lookup/lost/"),
    "alike_by_link": Knock("access/by-link/", "tax_id", "tax_id_link"),
    "alike_tax_id": Knock("access/tax-id/", "tax_id", "tax_id_only"),
    "alike_first": Knock("access/first/", "tax_id", "tax_id_email", {"email": "nobody@example.com"}),
    "alike_code": Knock("access/code/", "tax_id", "access_code", {"code": "AAAA-BBBB-CCCC"}, refuses=True),
    "alike_three": Knock(
        "access/three/",
        "tax_id",
        "tax_id_password",
        {"login": "nobody@example.com", "password": "a wrong one"},
        refuses=True,
        hashes=True,
    ),
    "alike_missing": Knock("access/missing/", "tax_id", "", {"name": "N", "email": "nobody@example.com"}),
}
TRIES = 200  # of each kind
WARM_UP = 10
SHARE, MILLISECONDS = 0.2, 3.0
SLOWNESS_GOAL = 3.0  # times the floor's page


@dataclass(frozen=True, slots=True)
class Likeness:
    """A door, and how long it took for either kind of address, in milliseconds."""

    name: str
    known: float
    unknown: float
    floor: float

    @property
    def allowed(self) -> float:
        """How far apart they may be."""
        return max(SHARE * min(self.known, self.unknown), MILLISECONDS)

    @property
    def ratio(self) -> float:
        """How far apart they are, as a part of what is allowed."""
        return abs(self.known - self.unknown) / self.allowed

    @property
    def slowness(self) -> float:
        """How many times the floor's page it takes."""
        return max(self.known, self.unknown) / self.floor


@dataclass(frozen=True, slots=True)
class Street:
    """Where doors are knocked at: the portal's server, and the floor's with a request for its page."""

    portal: WebServer
    floor: WebServer
    page: Request


def measure_likeness(ground: Ground, street: Street, name: str, tries: int = TRIES) -> Likeness:
    """Knock at one door of one company. Raises `BenchFailure` when the answers differ."""
    with ground.administrator(postgres.DATABASE) as connection:
        row = connection.execute("select id, alias from core_company order by id limit 1").fetchone()
        if row is None:
            raise BenchFailure(f"{name}: there is no company.")
        company, alias = row
        on_file = [
            email
            for (email,) in connection.execute(
                "select email from customers_contact where company_id = %s and email <> '' order by id limit %s",
                [company, tries],
            )
        ]
    if not on_file:
        raise BenchFailure(f"{name}: nobody has an address.")
    knock = DOORS[name]
    path = f"{home_path(alias)}{knock.page}"
    if knock.asks == "tax_id":
        known, unknown = _numbers(ground, company, knock, tries + WARM_UP)
    else:
        known = list(islice(cycle(on_file), tries + WARM_UP))
        unknown = [f"nobody{number}@{email.partition('@')[2]}" for number, email in enumerate(known)]
    form = read_form(street.portal.ask(Request(path)), path, knock.asks)
    return _knock(ground, street, name, form, known, unknown)


def _numbers(ground: Ground, company: int, knock: Knock, tries: int) -> tuple[list[str], list[str]]:
    """Tax ids that customers of the company have, and as many that nobody has; its door is opened."""
    with ground.administrator(postgres.DATABASE) as connection:
        row = connection.execute("select country from core_company where id = %s", [company]).fetchone()
        country = str(row[0]) if row else ""
        numbers = list(islice(tax_ids(country), 2 * tries))
        customers = connection.execute(
            "select id from customers_customer where company_id = %s order by id limit %s", [company, tries]
        ).fetchall()
        for (customer,), number in zip(customers, numbers, strict=False):
            connection.execute("update customers_customer set tax_id = %s where id = %s", [number, customer])
        if knock.door:
            connection.execute(_OPEN, [company, json.dumps([knock.door, "email"])])
    return list(islice(cycle(numbers[: len(customers)]), tries)), numbers[tries:]


_OPEN = """
insert into core_companysetting (company_id, name, level, value) values (%s, 'accounts.doors', '', %s::jsonb)
on conflict (company_id, name, level) do update set value = excluded.value
"""


def tax_ids(country: str) -> Iterator[str]:
    """Numbers of persons of a country that are well formed, one after the other."""
    for number in count(10_000_000):
        match country:
            case "PT":
                yield f"2{str(number)[1:]}{pt_nif.calc_check_digit(f'2{str(number)[1:]}')}"
            case "CL":
                yield f"{number}{rut.calc_check_digit(str(number))}"
            case "ES":
                yield f"{number}{dni.calc_check_digit(str(number))}"
            case _:
                first = f"9{number}"
                yield next(f"{first}{end:02d}" for end in range(100) if cpf.is_valid(f"{first}{end:02d}"))


def _knock(
    ground: Ground, street: Street, name: str, form: Form, known: Sequence[str], unknown: Sequence[str]
) -> Likeness:
    knock = DOORS[name]
    times: dict[bool, list[float]] = {True: [], False: []}
    floor: list[float] = []
    with ground.administrator(postgres.DATABASE) as connection:
        for number, pair in enumerate(zip(known, unknown, strict=True)):
            turn = [(True, pair[0]), (False, pair[1])]
            answers = []
            for is_known, email in turn if number % 2 else turn[::-1]:
                connection.execute("truncate core_throttle")  # nobody here is made to wait
                body = urlencode({**form.hidden, **knock.more, knock.asks: email})
                answer, took = _timed(street.portal, Request(form.action, "POST", form.cookie, body))
                answers.append(answer)
                _page, floor_took = _timed(street.floor, street.page)
                if number >= WARM_UP:
                    times[is_known].append(took)
                    floor.append(floor_took)
            _require_alike(name, answers, refuses=knock.refuses)
    return Likeness(name, *map(statistics.median, (times[True], times[False], floor)))


def _timed(server: WebServer, request: Request) -> tuple[Answer, float]:
    """What it said, and after how many milliseconds."""
    begin = time.perf_counter()
    answer = server.ask(request)
    return answer, 1000 * (time.perf_counter() - begin)


def _require_alike(name: str, answers: Sequence[Answer], *, refuses: bool) -> None:
    first, second = answers
    is_right = first.status == 422 if refuses else first.status < 400
    if (first.status, first.location) != (second.status, second.location) or not is_right:
        raise BenchFailure(
            f"{name}: {first.status} {first.location} is not {second.status} {second.location}."
        )
