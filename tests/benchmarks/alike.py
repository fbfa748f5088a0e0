"""Whether a door takes as long for an address that is on file as for one that is not.

Known and unknown addresses in turn, so that a noisy moment hits both. The answers have to be the same, and
the medians may be apart by a fifth of the smaller one or by three milliseconds, whichever is more.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from urllib.parse import urlencode

from cms.embedded import postgres
from tests.benchmarks.ground import BenchFailure, Ground
from tests.benchmarks.visitors import Form, home_path, read_form
from tests.benchmarks.web import Answer, Request, WebServer

DOORS = {
    "alike_register": "access/register/",
    "alike_reset": "access/reset/",
    "alike_lost_number": "lookup/lost/",
}
TRIES = 200  # of each kind
WARM_UP = 10
SHARE, MILLISECONDS = 0.2, 3.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """A door, and how long it took for either kind of address, in milliseconds."""

    name: str
    known: float
    unknown: float

    @property
    def allowed(self) -> float:
        """How far apart they may be."""
        return max(SHARE * min(self.known, self.unknown), MILLISECONDS)

    @property
    def ratio(self) -> float:
        """How far apart they are, as a part of what is allowed."""
        return abs(self.known - self.unknown) / self.allowed


def measure_likeness(ground: Ground, server: WebServer, name: str, tries: int = TRIES) -> Likeness:
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
    path = f"{home_path(alias)}{DOORS[name]}"
    form = read_form(server.ask(Request(path)), path, "email")
    known = list(islice(cycle(on_file), tries + WARM_UP))
    unknown = [f"nobody{number}@{email.partition('@')[2]}" for number, email in enumerate(known)]
    return _knock(ground, server, name, form, known, unknown)


def _knock(
    ground: Ground, server: WebServer, name: str, form: Form, known: Sequence[str], unknown: Sequence[str]
) -> Likeness:
    times: dict[bool, list[float]] = {True: [], False: []}
    with ground.administrator(postgres.DATABASE) as connection:
        for number, pair in enumerate(zip(known, unknown, strict=True)):
            turn = [(True, pair[0]), (False, pair[1])]
            answers = []
            for is_known, email in turn if number % 2 else turn[::-1]:
                connection.execute("truncate core_throttle")  # nobody here is made to wait
                body = urlencode({**form.hidden, "email": email})
                begin = time.perf_counter()
                answers.append(server.ask(Request(form.action, "POST", form.cookie, body)))
                if number >= WARM_UP:
                    times[is_known].append(1000 * (time.perf_counter() - begin))
            _require_alike(name, answers)
    return Likeness(name, statistics.median(times[True]), statistics.median(times[False]))


def _require_alike(name: str, answers: Sequence[Answer]) -> None:
    first, second = answers
    if (first.status, first.location) != (second.status, second.location) or first.status >= 400:
        raise BenchFailure(
            f"{name}: {first.status} {first.location} is not {second.status} {second.location}."
        )
