"""Customers who are signed in, each with a browser of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from cms.embedded.paths import project_folder
from tests.benchmarks.ground import BenchFailure, Ground
from tests.benchmarks.visitors import home_path
from tests.benchmarks.web import Request


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody with a password, at a company, with one of their processes and their newest invoice."""

    alias: str
    cookie: str
    name: str
    process: str
    registry_number: str
    invoice: str = ""
    invoice_number: str = ""
    invoice_token: str = ""

    def request(self, path: str) -> Request:
        """A page of theirs, in English."""
        return Request(f"{home_path(self.alias)}{path}", cookie=self.cookie)


def signed_in(ground: Ground) -> list[Customer]:
    """Everybody who can sign in, signed in; companies take turns."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.signed_in"],
        check=False,
        capture_output=True,
        text=True,
        cwd=project_folder(),
        env=ground.portal_environment(),
    )
    if done.returncode:
        raise BenchFailure(f"Nobody could be signed in.\n{done.stderr[-2000:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    rows = sorted(enumerate(found["rows"]), key=lambda turn: (turn[0] % 20, turn[0]))
    return [Customer(alias, f"{found['cookie']}={key}", *facts) for _turn, (alias, key, *facts) in rows]
