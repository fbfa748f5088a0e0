"""Rounds: each page in turn, so that a noisy minute hits all alike."""

from __future__ import annotations

import resource
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from cms.embedded.processes import say
from tests.benchmarks.cores import busy_seconds, tree_seconds
from tests.benchmarks.load import CONNECTIONS, Load, ask_for
from tests.benchmarks.targets import Target
from tests.benchmarks.web import WebServer

WARM_UP = 3  # seconds


@dataclass(frozen=True, slots=True)
class Turn:
    """One page for ten seconds."""

    load: Load
    cpu_ms: float  # of the web server and PostgreSQL, for one request: it hardly notices other work
    others: float  # cores that everybody else on the machine took


@dataclass(slots=True)
class Course:
    """A page with its server, and what came of its turns."""

    target: Target
    server: WebServer
    file: Path
    queries: int | None = None
    turns: list[Turn] = field(default_factory=list)

    @property
    def milliseconds(self) -> float:
        """Time for one request."""
        return 1000 / statistics.median(turn.load.per_second for turn in self.turns)

    @property
    def cpu_milliseconds(self) -> float:
        """Processor time for one request."""
        return statistics.median(turn.cpu_ms for turn in self.turns)

    @property
    def bad(self) -> int:
        """Requests that were not answered as they should."""
        return sum(turn.load.bad for turn in self.turns)

    @property
    def others(self) -> float:
        """Cores taken by others, at the worst turn."""
        return max(turn.others for turn in self.turns)


def run_rounds(courses: list[Course], postmaster: int | None, *, rounds: int, duration: int) -> None:
    """Measure all pages so many times."""
    for number in range(1, rounds + 1):
        for course in courses:
            turn = _run(course, postmaster, duration)
            course.turns.append(turn)
            flaw = f"  {turn.load.bad} FAILED" if turn.load.bad else ""
            say(
                f"  round {number}  {course.target.name:<16} {turn.load.per_second:7.1f} requests/s"
                f"  {turn.cpu_ms:6.2f} ms of processor each  others took {turn.others:.2f} cores{flaw}"
            )


def _run(course: Course, postmaster: int | None, duration: int) -> Turn:
    ask_for(WARM_UP, course.file, course.server.port)
    _drain(course)
    roots = [pid for pid in (course.server.process.pid, postmaster) if pid]
    begin, own, client, everybody = time.monotonic(), _cpu(roots), _client_cpu(), busy_seconds()
    load = ask_for(duration, course.file, course.server.port)
    _drain(course)
    own, client, everybody = _cpu(roots) - own, _client_cpu() - client, busy_seconds() - everybody
    others = (everybody - own - client) / (time.monotonic() - begin)
    # Each connection had one more under way when the client stopped, and the draining asked once.
    answered = load.requests + CONNECTIONS + 1
    return Turn(load, 1000 * own / answered, max(0.0, others))


def _cpu(roots: list[int]) -> float:
    return sum(map(tree_seconds, roots))


def _client_cpu() -> float:
    """What the clients took so far: the only children of ours that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _drain(course: Course) -> None:
    """Wait until the worker has answered what it was still asked: the next page shall not pay for it."""
    course.server.ask(course.target.cases[0].request)
