"""What moved between a customer and the company, day by day, and how old is what is open.

Everything is of one currency. The balance is what the customer owes; below nothing, it is theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Case, F, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext as _

from portal_modules.core.access import Access

from .actions.stating import ledgers
from .choices import InvoiceState
from .days import overdue_from
from .models import Credit, Instalment, Invoice

MOST_MOVEMENTS: Final = 20_000
_NOTHING: Final = Decimal(0)
_INVOICED, _CREDITED, _CANCELLED, _PAID = range(4)
# The first day of each age, in days since it was due.
AGES: Final = (0, 1, 31, 61, 91)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of whom, in which currency, of which tax id ("" is all), and from when to when (None leaves an end open)."""

    access: Access
    currency: str
    tax_id: str = ""
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Is a day in the period?"""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Movement:
    """One row: what was claimed, what was settled of it, and what is owed after it."""

    day: date
    what: str
    claimed: Decimal
    settled: Decimal
    balance: Decimal
    invoice: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """The movements of a period, between the balance before and the balance after."""

    wanted: Wanted
    before: Decimal
    movements: list[Movement] = field(default_factory=list)

    @property
    def after(self) -> Decimal:
        """What is owed at its end."""
        return self.movements[-1].balance if self.movements else self.before

    @property
    def claimed(self) -> Decimal:
        """All that was claimed in it."""
        return sum((each.claimed for each in self.movements), _NOTHING)

    @property
    def settled(self) -> Decimal:
        """All that was settled in it."""
        return sum((each.settled for each in self.movements), _NOTHING)


@dataclass(frozen=True, slots=True)
class Ages:
    """What is open, by how long it is overdue: not due, 1-30, 31-60, 61-90 days, and more. In one currency."""

    amounts: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        """All of it."""
        return sum(self.amounts, _NOTHING)


def how_many(wanted: Wanted) -> int:
    """How many movements a statement would have; counted no further than is of use."""
    first, *others = (
        rows.order_by().annotate(one=Value(1)).values("one")
        for rows in (_invoiced(wanted), _cancelled(wanted), _credited(wanted))
    )
    return int(first.union(*others, all=True)[: MOST_MOVEMENTS + 1].count())


def statement_of(wanted: Wanted) -> Statement:
    """The statement, oldest first."""
    before = _balance_before(wanted)
    return Statement(wanted, before, list(_running(before, _moved(wanted))))


def ages_of(wanted: Wanted, on: date, country: str) -> Ages:
    """How old what is open now is, part by part: an instalment is overdue by itself."""
    parts = Instalment.objects.visible_to(wanted.access).filter(
        invoice__state=InvoiceState.ISSUED, invoice__currency=wanted.currency, open__gt=0
    )
    if wanted.tax_id:
        parts = parts.filter(invoice__tax_id=wanted.tax_id)
    amounts = [_NOTHING] * len(AGES)
    for due_on, amount in parts.order_by().values_list("due_on").annotate(amount=Sum("open")):
        amounts[_age(due_on, on, country)] += amount
    return Ages(tuple(amounts))


def _age(due_on: date, on: date, country: str) -> int:
    """Days are counted from the due date itself, once the bank day that it moved to has passed."""
    if overdue_from(due_on, country) > on:
        return 0
    days = (on - due_on).days
    return max(place for place, first in enumerate(AGES) if first <= max(days, 1))


def _issued(wanted: Wanted) -> QuerySet[Any]:
    found = Invoice.objects.visible_to(wanted.access).filter(currency=wanted.currency)
    return found.filter(tax_id=wanted.tax_id) if wanted.tax_id else found


def _invoiced(wanted: Wanted) -> QuerySet[Any]:
    return _between(_issued(wanted), "issued_on", wanted)


def _cancelled(wanted: Wanted) -> QuerySet[Any]:
    return _between(_issued(wanted).filter(state=InvoiceState.CANCELLED), "cancelled_on", wanted)


def _issued_or_cancelled(wanted: Wanted) -> QuerySet[Any]:
    """Key, both days, number, total and what is paid; the second day where it was cancelled."""
    rows = _issued(wanted).order_by()
    if wanted.since or wanted.until:
        cancelled = Q(state=InvoiceState.CANCELLED) & _period("cancelled_on", wanted)
        rows = rows.filter(_period("issued_on", wanted) | cancelled)
    gone_on = Case(When(state=InvoiceState.CANCELLED, then="cancelled_on"))
    return rows.values_list("pk", "issued_on", gone_on, "number", "total", "paid_total")


def _all_credits(wanted: Wanted) -> QuerySet[Any]:
    found = Credit.objects.visible_to(wanted.access).filter(currency=wanted.currency)
    return found.filter(invoice__tax_id=wanted.tax_id) if wanted.tax_id else found


def _credited(wanted: Wanted) -> QuerySet[Any]:
    return _between(_all_credits(wanted), "credited_on", wanted)


def _between(rows: QuerySet[Any], name: str, wanted: Wanted) -> QuerySet[Any]:
    return rows.filter(_period(name, wanted))


def _period(name: str, wanted: Wanted) -> Q:
    since = Q(**{f"{name}__gte": wanted.since}) if wanted.since else Q()
    return since & Q(**{f"{name}__lte": wanted.until}) if wanted.until else since


def _balance_before(wanted: Wanted) -> Decimal:
    """What all that moved before the period comes to."""
    if wanted.since is None:
        return _NOTHING
    issued = _issued(wanted)
    claimed = issued.filter(issued_on__lt=wanted.since).aggregate(sum=Sum(F("total") - F("paid_total")))
    gone = issued.filter(state=InvoiceState.CANCELLED, cancelled_on__lt=wanted.since)
    credited = _all_credits(wanted).filter(credited_on__lt=wanted.since).aggregate(sum=Sum("amount"))
    cancelled = gone.aggregate(sum=Sum("total"))
    earlier = issued.filter(issued_on__lt=wanted.since)
    used = sum((sum(each.used_for(earlier, wanted.access).values(), _NOTHING) for each in ledgers), _NOTHING)
    paid = sum((each.before(wanted) for each in ledgers), _NOTHING)
    return (
        (claimed["sum"] or _NOTHING)
        + used
        - paid
        - (cancelled["sum"] or _NOTHING)
        - (credited["sum"] or _NOTHING)
    )


def _moved(wanted: Wanted) -> list[tuple[date, int, str, str, Decimal, Decimal]]:
    """Day, kind, number, words, claimed and settled; sorted."""
    found: list[tuple[date, int, str, Any, Decimal, Decimal]] = []
    used: dict[Any, Decimal] = {}
    for each in ledgers:
        used |= each.used_for(_invoiced(wanted), wanted.access)
        found += [
            (row.day, _PAID, row.number, (row.what, row.invoice), row.claimed, row.settled)
            for row in each.moved(wanted)
        ]
    for pk, issued_on, cancelled_on, number, total, paid in _issued_or_cancelled(wanted):
        if wanted.holds(issued_on):
            found.append((issued_on, _INVOICED, number, pk, total, paid - used.get(pk, _NOTHING)))
        if cancelled_on and wanted.holds(cancelled_on):
            found.append((cancelled_on, _CANCELLED, number, pk, _NOTHING, total))
    for pk, day, number, amount in _credited(wanted).values_list(
        "invoice_id", "credited_on", "number", "amount"
    ):
        found.append((day, _CREDITED, number, pk, _NOTHING, amount))
    return sorted(found, key=lambda each: each[:3])


def _running(
    before: Decimal, moved: list[tuple[date, int, str, Any, Decimal, Decimal]]
) -> Iterator[Movement]:
    balance = before
    words = {
        _INVOICED: _("Invoice %(number)s"),
        _CANCELLED: _("Invoice %(number)s was cancelled"),
        _CREDITED: _("Credit %(number)s"),
    }
    for day, kind, number, pk, claimed, settled in moved:
        balance += claimed - settled
        if kind == _PAID:
            what, about = pk
            yield Movement(day, what, claimed, settled, balance, str(about or ""))
            continue
        yield Movement(day, words[kind] % {"number": number}, claimed, settled, balance, str(pk or ""))
