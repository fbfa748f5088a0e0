"""Pages of the back office, each compared with the same page in a company that has nothing yet.

What Wagtail's frame costs is no part of the question; what the rows cost is.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from cms.embedded.paths import project_folder
from tests.benchmarks.ground import BenchFailure, Ground
from tests.benchmarks.targets import ONLY_AT_THE_DESK, Case, Target
from tests.benchmarks.web import Request

GOAL = 1.6
ALIASES = ONLY_AT_THE_DESK

# The list as a clerk has it: what is open, newest first. Twenty-five rows a page.
_REGISTER = "/admin/processes/process/?state__exact=open"


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page of the back office, with a text of it where there are rows, and one where there are none.

    `{customer}` in its path is a customer of the company; the one of the company without rows has nothing, either.
    """

    name: str
    path: str
    expected: str
    expected_empty: str

    def targets(self, staff: list[Clerk]) -> tuple[Target, Target]:
        """It, and what it is compared with."""
        full = [Case(each.request(self.path), self.expected) for each in staff if not each.is_empty]
        empty = [Case(each.request(self.path), self.expected_empty) for each in staff if each.is_empty]
        return Target(self.name, full, goal=GOAL), Target(f"{self.name}_empty", empty)


PAGES = {
    page.name: page
    for page in (
        DeskPage("admin_register", _REGISTER, 'class="balcao-table"', 'class="balcao-empty"'),
        DeskPage("admin_home", "/admin/", 'class="balcao-chart"', 'class="balcao-work__nothing"'),
        DeskPage(
            "admin_customer",
            "/admin/customers/customer/inspect/{customer}/",
            'id="access-title"',
            'id="access-title"',
        ),
        DeskPage("admin_register_500", f"{_REGISTER}&p=500", 'class="balcao-table"', 'class="balcao-empty"'),
    )
}


@dataclass(frozen=True, slots=True)
class Clerk:
    """Somebody who works in a company; it may have nothing yet."""

    alias: str
    cookie: str
    customer: int

    @property
    def is_empty(self) -> bool:
        """Is theirs the company without rows?"""
        return self.alias == ALIASES[0]

    def request(self, path: str) -> Request:
        """A page of the back office."""
        return Request(path.replace("{customer}", str(self.customer)), cookie=self.cookie)


def staff_of(ground: Ground) -> list[Clerk]:
    """One clerk of each company, signed in."""
    found = json.loads(in_the_portal(ground, "tests.benchmarks.fill.desk"))
    return [Clerk(alias, f"{found['cookie']}={key}", customer) for alias, key, customer in found["rows"]]


def in_the_portal(ground: Ground, program: str) -> str:
    """The last line that a program says in the portal's environment."""
    done = subprocess.run(
        [sys.executable, "-m", program],
        check=False,
        capture_output=True,
        text=True,
        cwd=project_folder(),
        env=ground.portal_environment(),
    )
    if done.returncode:
        raise BenchFailure(f"{program} failed.\n{done.stderr[-2000:]}")
    return done.stdout.splitlines()[-1]
