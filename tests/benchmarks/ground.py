"""Where a benchmark keeps its data, and the environment its programs run in."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from cms.embedded import paths, postgres
from cms.embedded.fingerprints import static_fingerprint
from cms.embedded.processes import last_lines, say

FLOOR_DATABASE = "floor"
FLOOR_SETTINGS = "tests.benchmarks.floor.settings"
PORTAL_SETTINGS = "cms.settings.embedded"
# Whatever the person's shell has set, only the servers of the data folder are touched.
FOREIGN_VARIABLES = frozenset(
    {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "REDIS_URL", "PUBLIC_ORIGIN"}
)


class BenchFailure(RuntimeError):
    """Something could not be prepared or measured; the message is for the person at the terminal."""


@contextmanager
def timed(words: str) -> Iterator[None]:
    """Say what was done inside the block, and how long it took."""
    begin = time.monotonic()
    yield
    say(f"  {words}: {time.monotonic() - begin:.0f} s")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much the portal is filled with."""

    companies: int
    processes: int

    @property
    def invoices(self) -> int:
        """As many as processes."""
        return self.processes


@dataclass(frozen=True, slots=True)
class Ground:
    """One data folder with its servers."""

    var: Path
    port: int

    @property
    def portal_port(self) -> int:
        """The floor takes the port that was asked for, and the portal the next one."""
        return self.port + 1

    def file(self, name: str) -> Path:
        """A file that a run leaves, for looking at afterwards."""
        folder = self.var / "out"
        folder.mkdir(exist_ok=True)
        return folder / name

    def log(self, name: str) -> Path:
        """The log of one program."""
        return paths.log_folder(self.var) / f"{name}.log"

    @contextmanager
    def administrator(self, database: str) -> Iterator[psycopg.Connection[Any]]:
        """A superuser's connection without a transaction around it."""
        with psycopg.connect(
            postgres.administrator(self.var), dbname=database, autocommit=True
        ) as connection:
            yield connection

    def portal_environment(self) -> dict[str, str]:
        """What the portal's programs see."""
        return self._environment(DJANGO_SETTINGS_MODULE=PORTAL_SETTINGS, PORT=str(self.portal_port))

    def floor_environment(self) -> dict[str, str]:
        """What the floor's programs see."""
        return self._environment(
            DJANGO_SETTINGS_MODULE=FLOOR_SETTINGS,
            FLOOR_DATABASE=FLOOR_DATABASE,
            FLOOR_SOCKETS=str(paths.socket_folder(self.var)),
        )

    def run_portal(self, name: str, *command: str) -> None:
        """Run a Python program in the portal's environment. Raises `BenchFailure` with the end of its log."""
        self._run(name, command, self.portal_environment())

    def run_floor(self, name: str, *command: str) -> None:
        """Run a Python program in the floor's environment."""
        self._run(name, command, self.floor_environment())

    def collect_statics(self) -> None:
        """Have the portal's static files where its settings look for them, as in production."""
        note = self.var / "static.fingerprint"
        if note.exists() and note.read_text() == static_fingerprint():
            return
        self.run_portal("collectstatic", "manage.py", "collectstatic", "--noinput")
        note.write_text(static_fingerprint())

    def _environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in FOREIGN_VARIABLES}
        return {**kept, "BALCAO_VAR": str(self.var), "PYTHONUNBUFFERED": "1", **more}

    def _run(self, name: str, command: tuple[str, ...], environment: dict[str, str]) -> None:
        log = self.log(name)
        with log.open("wb") as output:
            done = subprocess.run(
                [sys.executable, *command],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=paths.project_folder(),
                env=environment,
            )
        if done.returncode:
            raise BenchFailure(f"{name} failed (exit code {done.returncode}), see {log}\n{last_lines(log)}")
