"""How long it takes to sign in with a password, beside the hash that is reckoned for it.

The hash is meant to take its time, and everything else that happens at the door should hardly be noticed. Both run
on the server's core, one after the other: `python -m tests.benchmarks.entering COUNT` prints, in the portal's
environment, a hash for the password and the median time of checking it, in milliseconds.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from cms.embedded import postgres
from cms.embedded.paths import project_folder
from tests.benchmarks.cores import children_on, server_core
from tests.benchmarks.ground import BenchFailure, Ground
from tests.benchmarks.visitors import REDIRECTS, home_path, read_form
from tests.benchmarks.web import Request, WebServer

NAME: Final = "login"
GOAL: Final = 1.2
TRIES: Final = 40
WARM_UP: Final = 3
PASSWORD: Final = "four-words-of-one-person"  # noqa: S105 (of people who exist in a bench only)


@dataclass(frozen=True, slots=True)
class LoginTime:
    """Medians, in milliseconds."""

    milliseconds: float
    hash_milliseconds: float

    @property
    def ratio(self) -> float:
        """Of signing in to the hash alone."""
        return self.milliseconds / self.hash_milliseconds


def measure_login(ground: Ground, server: WebServer) -> LoginTime:
    """Sign people of one company in. Raises `BenchFailure` when somebody is not let in."""
    encoded, before = _hash(ground)
    with ground.administrator(postgres.DATABASE) as connection:
        alias, emails = _people(connection, encoded)
        path = f"{home_path(alias)}access/sign-in/"
        form = read_form(server.ask(Request(path)), path, "login")
        times = []
        for number in range(WARM_UP + TRIES):
            connection.execute("truncate core_throttle")  # nobody here is made to wait
            typed = {**form.hidden, "login": emails[number % len(emails)], "password": PASSWORD}
            begin = time.perf_counter()
            answer = server.ask(Request(form.action, "POST", form.cookie, urlencode(typed)))
            times.append(1000 * (time.perf_counter() - begin))
            if answer.status not in REDIRECTS or not answer.cookies:
                raise BenchFailure(f"{NAME}: {typed['login']} was not let in (status {answer.status}).")
    _encoded, after = _hash(ground)
    return LoginTime(statistics.median(times[WARM_UP:]), (before + after) / 2)


def _people(connection: object, encoded: str) -> tuple[str, list[str]]:
    """The alias of the first company, and addresses of its people, who get the password."""
    found = connection.execute(  # type: ignore[attr-defined]  # of psycopg
        """
        update users_user set password = %s where id in (
            select user_id from customers_membership where company_id = (select min(id) from core_company)
            order by id limit %s)
        returning email, (select alias from core_company order by id limit 1)
        """,
        [encoded, TRIES],
    ).fetchall()
    if not found:
        raise BenchFailure(f"{NAME}: nobody has an account.")
    return found[0][1], [email for email, _alias in found]


def _hash(ground: Ground) -> tuple[str, float]:
    with children_on(server_core()):
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.entering", str(TRIES // 2)],
            check=False,
            capture_output=True,
            text=True,
            cwd=project_folder(),
            env=ground.portal_environment(),
        )
    if done.returncode:
        raise BenchFailure(f"{NAME}: no hash was reckoned.\n{done.stderr[-2000:]}")
    encoded, milliseconds = json.loads(done.stdout.splitlines()[-1])
    return str(encoded), float(milliseconds)


def main() -> None:
    """Reckon, and tell."""
    import django

    django.setup()
    from django.contrib.auth.hashers import check_password, make_password

    encoded, times = make_password(PASSWORD), []
    for _each in range(int(sys.argv[1])):
        begin = time.perf_counter()
        if not check_password(PASSWORD, encoded):
            raise SystemExit("A hash that does not fit its password.")
        times.append(1000 * (time.perf_counter() - begin))
    print(json.dumps([encoded, statistics.median(times)]))


if __name__ == "__main__":
    main()
