"""How much memory an export takes beside what an idle worker has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from tests.benchmarks.desk import in_the_portal
from tests.benchmarks.ground import Ground

# Mebibytes: of a CSV file only what is under way, however long it is.
GOALS = {"export_csv": 16, "export_xlsx": 80}


@dataclass(frozen=True, slots=True)
class Taken:
    """What the export of a hundred thousand rows took."""

    name: str
    idle_kib: int
    most_kib: int

    @property
    def mebibytes(self) -> float:
        """Above idle."""
        return (self.most_kib - self.idle_kib) / 1024

    @property
    def ratio(self) -> float:
        """As a part of what is allowed."""
        return self.mebibytes / GOALS[self.name]


def measure_exports(ground: Ground) -> Iterator[Taken]:
    """Both kinds of file."""
    found = json.loads(in_the_portal(ground, "tests.benchmarks.fill.exports"))
    for name in GOALS:
        yield Taken(name, found["idle"], found[name.removeprefix("export_")])
