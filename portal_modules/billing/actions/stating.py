"""What other modules know of a statement: money that came or went back, each on its own day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from portal_modules.core.access import Access


@dataclass(frozen=True, slots=True)
class Moved:
    """One movement in plain words; `number` orders those of a day. `invoice` is the key of the one that it is about."""

    day: date
    number: str
    what: str
    claimed: Decimal
    settled: Decimal
    invoice: Any = None


class Ledger(Protocol):
    """Where what was paid is written down by day."""

    def used_for(self, invoices: Any, access: Access) -> dict[Any, Decimal]:
        """What of some invoices it has rows of that whoever is looking sees, by their keys."""

    def moved(self, wanted: Any) -> Iterable[Moved]:
        """Its movements of a statement's period."""

    def before(self, wanted: Any) -> Decimal:
        """What all its movements before the period come to: settled less claimed."""


ledgers: list[Ledger] = []
