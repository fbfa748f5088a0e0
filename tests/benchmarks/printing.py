"""How many invoices a core prints in a second, beside bare Typst with the same content."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.benchmarks.desk import in_the_portal
from tests.benchmarks.ground import BenchFailure, Ground

NAME = "pdfs"
# Typst's time for a page, divided by ours: from its id in the database to the PDF.
GOAL = 0.6


@dataclass(frozen=True, slots=True)
class Printed:
    """So many invoices each way, and the seconds of the processor."""

    many: int
    ours: float
    bare: float

    @property
    def per_second(self) -> float:
        """Of ours, on one core."""
        return self.many / self.ours

    @property
    def bare_per_second(self) -> float:
        """Of Typst's."""
        return self.many / self.bare

    @property
    def share(self) -> float:
        """Ours as a part of Typst's."""
        return self.per_second / self.bare_per_second


def measure_printing(ground: Ground) -> Printed:
    """In turns, with what the filled portal has."""
    found = json.loads(in_the_portal(ground, "tests.benchmarks.fill.printing"))
    if not found["printed"]:
        raise BenchFailure("there is no invoice to print")
    return Printed(found["printed"], found["ours"], found["bare"])
