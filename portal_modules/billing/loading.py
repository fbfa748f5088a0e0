"""Invoices out of a file, thousands at once: read, checked and written with a few statements.

An invoice is taken in whole or not at all: where one of its rows is refused, so are the others.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from portal_modules.core.choices import Currency
from portal_modules.core.exceptions import Refusal
from portal_modules.core.importing.kinds import NEW, SAME, Load, Row
from portal_modules.core.importing.writing import insert_rows
from portal_modules.core.languages import filled
from portal_modules.customers.models import Customer

from . import exceptions
from .actions import Claim
from .actions.drafting import Reckoned, Sums, sums_of
from .cells import Customers, amount_of, day_of, number_of, short
from .choices import InvoiceState
from .days import billing_day, overdue_from
from .models import ClosedMonth, Instalment, Invoice, InvoiceLine

HEADER: Final = (
    "customer_tax_id",
    "customer_reference",
    "country",
    "issued_on",
    "due_on",
    "currency",
    "paid",
    "reference",
    "purchase_order",
    "period_from",
    "period_to",
)
NO_NUMBER = _("An invoice needs its number.")
NO_DUE_DATE = _("An invoice needs the day it is due on.")
NO_PRICE = _("A line needs its price.")
NO_CURRENCY = _("“%(text)s” is no currency that is known here.")
OTHER_ROW = _("Line %(line)s of the same invoice is refused.")
IS_DIFFERENT = _("There is an invoice with this number already, and it is different.")
PAID_TOO_MUCH = _("More is paid than the invoice is.")

_INVOICE = (
    "id",
    "company_id",
    "customer_id",
    "number",
    "state",
    "currency",
    "tax_country",
    "tax_id",
    "name_as_issued",
    "language",
    "issued_on",
    "due_on",
    "next_due_on",
    "overdue_from",
    "period_from",
    "period_to",
    "purchase_order",
    "reference",
    "subtotal",
    "tax_total",
    "withheld_total",
    "total",
    "paid_total",
    "is_imported",
)
_LINE = ("company_id", "customer_id", "invoice_id", *Reckoned._fields)
_CURRENCIES: Final = frozenset(Currency.values)
_PART = ("company_id", "customer_id", "invoice_id", "number", "due_on", "amount", "settled")


@dataclass(slots=True)
class _Read:
    """One invoice as its rows say it."""

    rows: list[Row]
    number: str
    customer: Customer
    currency: str
    issued_on: date
    due_on: date
    sums: Sums
    paid: Decimal
    facts: dict[str, Any] = field(default_factory=dict)


class InvoiceLoading:
    """One chunk of rows."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.company = load.company
        self.today = billing_day(load.company)
        self.closed = frozenset(ClosedMonth.objects.values_list("month", flat=True))
        self.customers = Customers(load.company, load.rows)
        self.overdue = lru_cache(maxsize=4000)(self._overdue)

    def run(self) -> None:
        """Read all, compare with what is there, write the rest."""
        groups = [
            list(rows) for _number, rows in groupby(self.load.rows, key=lambda row: row.get("number").strip())
        ]
        read = [found for rows in groups if (found := self._read(rows))]
        there = self._there({each.number for each in read})
        new: dict[str, _Read] = {}
        for each in read:
            if each.number in there:
                self._compare(each, there[each.number])
            elif each.number in new:
                _refuse(each.rows, IS_DIFFERENT)
            else:
                new[each.number] = each
                for row in each.rows:
                    row.outcome = NEW
        if self.load.writes:
            self._write(list(new.values()))

    # ---- reading ----------------------------------------------------------------------------------

    def _read(self, rows: list[Row]) -> _Read | None:
        """The invoice of some rows; None when one of them is refused, and then all of them are."""
        wrong = next((row for row in rows if row.is_refused), None)
        row = rows[0]
        claims = []
        try:
            if wrong is None:
                currency = self._currency(row)
                for row in rows:
                    claims.append(_claim(row, currency))
                row = rows[0]
                return self._invoice(rows, currency, claims)
        except Refusal as refusal:
            row.refuse(refusal.sentence)
            wrong = row
        assert wrong is not None  # something was refused
        _refuse([each for each in rows if each is not wrong], filled(OTHER_ROW, line=wrong.line))
        return None

    def _invoice(self, rows: list[Row], currency: str, claims: list[Claim]) -> _Read:
        row = rows[0]
        number = short(row.get("number").strip(), 40)
        if not number:
            raise Refusal(NO_NUMBER)
        customer = self.customers.of(row)
        if customer.archived_at:
            raise exceptions.CustomerArchived
        due_on = day_of(row.get("due_on"))
        if due_on is None:
            raise Refusal(NO_DUE_DATE)
        issued_on = day_of(row.get("issued_on")) or min(due_on, self.today)
        self._check_days(issued_on, due_on)
        sums = sums_of(claims, currency)
        if sums.total <= 0:
            raise exceptions.NothingClaimed
        paid = amount_of(row.get("paid"), currency)
        if paid > sums.total:
            raise Refusal(PAID_TOO_MUCH)
        first, last = day_of(row.get("period_from")), day_of(row.get("period_to"))
        if first and last and last < first:
            raise exceptions.PeriodOutOfOrder
        facts = {
            "reference": short(row.get("reference"), 120),
            "purchase_order": short(row.get("purchase_order"), 60),
            "period_from": first,
            "period_to": last,
        }
        return _Read(rows, number, customer, currency, issued_on, due_on, sums, paid, facts)

    def _check_days(self, issued_on: date, due_on: date) -> None:
        if issued_on > self.today:
            raise exceptions.DateInTheFuture
        if due_on < issued_on:
            raise exceptions.DueBeforeIssue
        if issued_on.replace(day=1) in self.closed:
            raise exceptions.MonthIsClosed

    def _currency(self, row: Row) -> str:
        currency = row.get("currency").upper() or self.company.currency
        if currency not in _CURRENCIES:
            raise Refusal(filled(NO_CURRENCY, text=currency[:20]))
        return currency

    # ---- what is there ----------------------------------------------------------------------------

    def _there(self, numbers: set[str]) -> dict[str, Invoice]:
        found = Invoice.objects.filter(number__in=numbers).prefetch_related("lines")
        return {invoice.number: invoice for invoice in found}

    def _compare(self, read: _Read, invoice: Invoice) -> None:
        """The same file twice changes nothing; an invoice that stands otherwise stays as it is."""
        said = (read.customer.pk, read.currency, read.issued_on, read.due_on, read.sums.total)
        held = (invoice.customer_id, invoice.currency, invoice.issued_on, invoice.due_on, invoice.total)
        lines = [(line.text, line.amount, line.tax_amount) for line in read.sums.lines]
        if said != held or lines != [
            (line.text, line.amount, line.tax_amount) for line in invoice.lines.all()
        ]:
            _refuse(read.rows, IS_DIFFERENT)
            return
        for row in read.rows:
            row.outcome = SAME

    # ---- writing ----------------------------------------------------------------------------------

    def _write(self, new: Sequence[_Read]) -> None:
        company = self.company.pk
        ids = [uuid.uuid4() for _each in new]
        insert_rows(Invoice, _INVOICE, [self._columns(pk, each) for pk, each in zip(ids, new, strict=True)])
        lines, parts = [], []
        for pk, each in zip(ids, new, strict=True):
            customer = each.customer.pk
            parts.append((company, customer, pk, 1, each.due_on, each.sums.total, each.paid))
            lines.extend([(company, customer, pk, *line) for line in each.sums.lines])
        insert_rows(InvoiceLine, _LINE, lines)
        insert_rows(Instalment, _PART, parts)

    def _columns(self, pk: uuid.UUID, read: _Read) -> tuple[Any, ...]:
        customer, sums = read.customer, read.sums
        is_open = read.paid < sums.total
        return (
            pk,
            self.company.pk,
            customer.pk,
            read.number,
            InvoiceState.ISSUED.value,
            read.currency,
            customer.country,
            customer.tax_id,
            customer.name,
            customer.language,
            read.issued_on,
            read.due_on,
            read.due_on if is_open else None,
            self.overdue(read.due_on) if is_open else None,
            read.facts["period_from"],
            read.facts["period_to"],
            read.facts["purchase_order"],
            read.facts["reference"],
            sums.subtotal,
            sums.tax_total,
            sums.withheld_total,
            sums.total,
            read.paid,
            True,
        )

    def _overdue(self, due_on: date) -> date:
        return overdue_from(due_on, self.company.country)


def _claim(row: Row, currency: str) -> Claim:
    if not row.get("unit_price"):
        raise Refusal(NO_PRICE)
    return Claim(
        short(row.get("text") or row.get("reference") or row.get("number"), 500),
        amount_of(row.get("unit_price"), currency),
        quantity=number_of(row.get("quantity"), "1"),
        unit=short(row.get("unit"), 20),
        tax_rate=number_of(row.get("tax_rate").rstrip("% "), "0"),
        withheld=amount_of(row.get("withheld"), currency),
    )


def _refuse(rows: Sequence[Row], why: Any) -> None:
    for row in rows:
        row.refuse(why)
