"""Whether a worker grows from its thousandth to its ten thousandth request."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.cores import resident_kib
from tests.benchmarks.ground import BenchFailure, Ground
from tests.benchmarks.load import ask_times
from tests.benchmarks.targets import Target
from tests.benchmarks.web import WebServer

NAME = "memory_growth"
GOAL = 0.05
FIRST, LAST = 1_000, 10_000


@dataclass(frozen=True, slots=True)
class Growth:
    """A worker's memory at two of its requests."""

    first: int
    last: int
    first_kib: int
    last_kib: int

    @property
    def share(self) -> float:
        """By which part it grew."""
        return self.last_kib / self.first_kib - 1


def measure_growth(
    ground: Ground, server: WebServer, targets: Sequence[Target], *, shorter: int = 1
) -> Growth:
    """Ask a fresh worker for a mix of the pages; `shorter` divides the numbers of requests."""
    requests = [
        case.request for target in targets for case in target.cases[:: max(1, len(target.cases) // 200)]
    ]
    random.Random(1).shuffle(requests)
    file = ground.file("mix.requests")
    file.write_text("".join(f"{request.line()}\n" for request in requests))
    worker = server.worker
    first, last = FIRST // shorter, LAST // shorter
    sizes = []
    for count in (first, last - first):
        load = ask_times(count, file, server.port)
        if load.bad or server.worker != worker:
            raise BenchFailure(
                f"{load.bad} of {count} requests of the mix failed, or the worker was replaced."
            )
        sizes.append(resident_kib(worker))
    return Growth(first, last, *sizes)
