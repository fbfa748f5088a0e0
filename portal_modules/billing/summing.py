"""What the invoices of a customer come to: summed by the database, by currency, tax id and month."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self, TypeVar

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from portal_modules.core.access import Access
from portal_modules.core.compiled import compiled

from .choices import InvoiceState
from .models import Credit, Invoice, Tally

Key = TypeVar("Key", bound=Hashable)

_CLAIMED = Q(state=InvoiceState.ISSUED)
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sums:
    """What some invoices of one currency come to. `listed` counts the cancelled ones too; they claim nothing."""

    currency: str
    tax_id: str = ""
    month: date = date.min
    listed: int = 0
    claimed: int = 0
    open_count: int = 0
    overdue_count: int = 0
    billed: Decimal = _NOTHING
    open: Decimal = _NOTHING
    overdue: Decimal = _NOTHING

    @property
    def paid(self) -> Decimal:
        """What is settled of what was billed, by payments and credits."""
        return self.billed - self.open

    def __add__(self, other: Self) -> Sums:
        return Sums(
            currency=self.currency,
            tax_id=self.tax_id,
            month=self.month,
            listed=self.listed + other.listed,
            claimed=self.claimed + other.claimed,
            open_count=self.open_count + other.open_count,
            overdue_count=self.overdue_count + other.overdue_count,
            billed=self.billed + other.billed,
            open=self.open + other.open,
            overdue=self.overdue + other.overdue,
        )


def all_sums(access: Access, on: date) -> list[Sums]:
    """All that whoever is looking sees: one entry for each currency, tax id and month of issue.

    What the database keeps is of whole customers; for an access that is limited to sites the rows are added up.
    """
    if access.limited:
        return sums_of(Invoice.objects.visible_to(access), on)
    return [_sums(row) for row in _all(access, on)]


def sums_of(invoices: QuerySet[Invoice], on: date) -> list[Sums]:
    """The same of some invoices."""
    return [_sums(row) for row in _summed(invoices, on)]


def by_key(sums: Iterable[Sums], key: Callable[[Sums], Key]) -> dict[Key, Sums]:
    """Added up by what they have in common, which has to tell currencies apart."""
    found: dict[Key, Sums] = {}
    for each in sums:
        name = key(each)
        found[name] = found[name] + each if name in found else each
    return dict(sorted(found.items(), key=lambda item: str(item[0])))


def by_currency(sums: Iterable[Sums]) -> dict[str, Sums]:
    """One for each currency."""
    return by_key(sums, lambda each: each.currency)


def credit_balances(access: Access) -> dict[str, Decimal]:
    """By currency: what was credited to no invoice, and waits for the next."""
    return {row["currency"]: row["amount"] for row in _credits(access)}


def _sums(row: dict[str, Any]) -> Sums:
    late = {"overdue_count": row["overdue_count"] or 0, "overdue": row["overdue"] or _NOTHING}
    return Sums(**{name: _NOTHING if value is None else value for name, value in row.items()} | late)


def _summed(invoices: QuerySet[Invoice], on: date) -> QuerySet[Any, Any]:
    late = _CLAIMED & Q(open_amount__gt=0, overdue_from__lte=on)
    grouped = invoices.order_by().values("currency", "tax_id", month=TruncMonth("issued_on"))
    return grouped.annotate(
        listed=Count("pk"),
        claimed=Count("pk", filter=_CLAIMED),
        open_count=Count("pk", filter=_CLAIMED & Q(open_amount__gt=0)),
        overdue_count=Count("pk", filter=late),
        billed=Sum("total", filter=_CLAIMED),
        open=Sum("open_amount", filter=_CLAIMED),
        overdue=Sum("open_amount", filter=late),
    )


@compiled
def _all(access: Access, on: date) -> QuerySet[Any, Any]:
    """From what the database keeps: each row says what was added, and what is late depends on the day."""
    late = Q(overdue_from__lte=on)
    grouped = Tally.objects.visible_to(access).order_by().values("currency", "tax_id", "month")
    # These first: afterwards the names stand for sums.
    grouped = grouped.annotate(overdue_count=Sum("open_count", filter=late), overdue=Sum("open", filter=late))
    sums = {name: Sum(name) for name in ("listed", "claimed", "open_count", "billed", "open")}
    return grouped.annotate(**sums).filter(listed__gt=0)


@compiled
def _credits(access: Access) -> QuerySet[Any, Any]:
    free = Credit.objects.visible_to(access).filter(invoice=None)
    return free.order_by().values("currency").annotate(amount=Sum("amount"))
