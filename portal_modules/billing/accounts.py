"""What a tax id alone tells of a customer's invoices: how many are open, what they come to, and when they are due.

It names nobody and no invoice: whoever typed the number has proved nothing. It is read as a visitor, to whom the
walls show only what a link would.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal_modules.core.beside import named_parts
from portal_modules.core.scope import VISITOR, company_scope

from .days import billing_day
from .models import Invoice

MOST_DAYS: Final = 12
_MOST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Owing:
    """What is open in one currency. `days` are the next due dates with what is due then."""

    currency: str
    count: int
    open: Decimal
    overdue: Decimal
    days: list[tuple[date, Decimal]]
    more: int


def owed_by(request: Any, customer_id: int) -> SafeString:
    """The part of the page; the same words for a number that is nobody's."""
    return render_to_string("billing/named.html", {"owing": _owing(request, customer_id)})


named_parts.append(owed_by)


def _owing(request: Any, customer_id: int) -> list[Owing]:
    company = request.company
    with company_scope(company):
        of_customer = Invoice.objects.open().filter(customer_id=customer_id)
        records = list(of_customer.order_by("next_due_on").values_list("pk", flat=True)[:_MOST])
    today = billing_day(company)
    with company_scope(company, VISITOR, records=records):
        opened = Invoice.objects.filter(pk__in=records).order_by("next_due_on")
        rows = list(opened.values_list("currency", "open_amount", "next_due_on", "overdue_from"))
    return [_sums(currency, rows, today) for currency in sorted({row[0] for row in rows})]


def _sums(currency: str, rows: list[tuple[str, Decimal, date, date | None]], today: date) -> Owing:
    mine = [row for row in rows if row[0] == currency]
    days: dict[date, Decimal] = {}
    for _currency, amount, due_on, _late in mine:
        days[due_on] = days.get(due_on, Decimal(0)) + amount
    return Owing(
        currency=currency,
        count=len(mine),
        open=sum((row[1] for row in mine), Decimal(0)),
        overdue=sum((row[1] for row in mine if row[3] and row[3] <= today), Decimal(0)),
        days=list(days.items())[:MOST_DAYS],
        more=max(0, len(days) - MOST_DAYS),
    )
