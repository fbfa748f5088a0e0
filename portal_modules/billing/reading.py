"""Sums of what is owed, for the pages of staff: ageing, balances, and whom to call today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Max, Min, Q, Sum

from .models import CallNote, Invoice

# Days overdue, from and to: the columns of an ageing report after "not due yet".
AGES: Final[Sequence[tuple[int, int | None]]] = ((1, 30), (31, 60), (61, 90), (91, None))
MOST_CUSTOMERS: Final = 200


@dataclass(frozen=True, slots=True)
class Aged:
    """What one customer, or all of them, owe in one currency, by how late it is."""

    currency: str
    customer_id: int | None
    name: str
    not_due: Decimal
    ages: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.not_due + sum(self.ages, Decimal(0))


@dataclass(frozen=True, slots=True)
class ToCall:
    """A customer to call: what is overdue, since when, and what was said last."""

    customer_id: int
    name: str
    currency: str
    overdue: Decimal
    many: int
    days: int
    promised: date | None
    last_call: CallNote | None = field(default=None)


def ageing(on: date, *, by_customer: bool = True) -> list[Aged]:
    """What is owed on a day, the largest debts first. One statement."""
    sums: dict[str, Any] = {
        "not_due": Sum("open_amount", filter=Q(overdue_from__gt=on) | Q(overdue_from=None))
    }
    for number, (first, last) in enumerate(AGES):
        wanted = Q(overdue_from__lte=on, next_due_on__lte=on - timedelta(days=first))
        if last is not None:
            wanted &= Q(next_due_on__gte=on - timedelta(days=last))
        sums[f"age_{number}"] = Sum("open_amount", filter=wanted)
    keys = ("currency", "customer_id", "customer__name") if by_customer else ("currency",)
    rows = Invoice.objects.open().order_by().values(*keys).annotate(**sums, owed=Sum("open_amount"))
    return [
        Aged(
            row["currency"],
            row.get("customer_id"),
            row.get("customer__name", ""),
            row["not_due"] or Decimal(0),
            tuple(row[f"age_{number}"] or Decimal(0) for number in range(len(AGES))),
        )
        for row in rows.order_by("currency", "-owed")[:MOST_CUSTOMERS]
    ]


def to_collect(on: date) -> list[ToCall]:
    """Whom to call on a day: by debt, the oldest of equal ones first. Who has promised for later, or disputes, is not."""
    owed = Invoice.objects.overdue(on).under_collection().filter(Q(promise=None) | Q(promise__lt=on))
    rows = (
        owed.order_by()
        .values("customer_id", "customer__name", "currency")
        .annotate(
            overdue=Sum("open_amount"), many=Count("pk"), since=Min("next_due_on"), promised=Max("promise")
        )
        .order_by("-overdue", "since")[:MOST_CUSTOMERS]
    )
    found = list(rows)
    calls: dict[int, CallNote] = {}
    notes = CallNote.objects.filter(customer_id__in=[row["customer_id"] for row in found])
    for note in notes.order_by("customer_id", "-created_at").distinct("customer_id"):
        calls[note.customer_id] = note
    return [
        ToCall(
            row["customer_id"],
            row["customer__name"],
            row["currency"],
            row["overdue"],
            row["many"],
            (on - row["since"]).days,
            row["promised"],
            calls.get(row["customer_id"]),
        )
        for row in found
    ]


def balance_of(customer_id: int, on: date) -> list[Aged]:
    """What one customer owes, by currency: not due yet, and overdue."""
    rows = (
        Invoice.objects.open()
        .filter(customer=customer_id)
        .order_by()
        .values("currency")
        .annotate(late=Sum("open_amount", filter=Q(overdue_from__lte=on)), owed=Sum("open_amount"))
    )
    return [
        Aged(row["currency"], customer_id, "", row["owed"] - (row["late"] or 0), (row["late"] or Decimal(0),))
        for row in rows.order_by("currency")
    ]
