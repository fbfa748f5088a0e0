"""What makes less of an invoice be owed: payments and credits go to its parts, the first that is due first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from portal_modules.core.compiled import compiled

from .. import exceptions
from ..choices import InvoiceState
from ..days import overdue_from
from ..models import Instalment, Invoice

Shares = Mapping[int, Decimal]
_NOTHING = Decimal(0)

_WRITE_PARTS: Final = """
update billing_instalment part set settled = told.settled
  from unnest(%s::bigint[], %s::numeric[]) as told (id, settled) where part.id = told.id
"""
_WRITE_INVOICES: Final = """
update billing_invoice invoice
   set paid_total = told.paid, next_due_on = told.next_due_on, overdue_from = told.overdue_from
  from unnest(%s::uuid[], %s::numeric[], %s::date[], %s::date[]) as told (id, paid, next_due_on, overdue_from)
 where invoice.id = told.id
"""


def parts_of(invoice: Invoice) -> list[Instalment]:
    """The instalments of an invoice, locked, the first first. The invoice has to be locked before."""
    return _parts((invoice.pk,))


@compiled
def _parts(invoices: tuple[UUID, ...]) -> QuerySet[Instalment]:
    rows = Instalment.objects.select_for_update(no_key=True).filter(invoice_id__in=invoices)
    return rows.order_by("invoice_id", "number")


def shares_of(parts: Sequence[Instalment], amount: Decimal) -> dict[int, Decimal]:
    """What an amount settles of each part, by its key: the first that is open first. Below zero, the last first.

    Raises `MoreThanOpen` where the parts do not take all of it.
    """
    shares = {}
    left = amount
    for part in parts if amount > 0 else reversed(parts):
        share = min(left, part.amount - part.settled) if amount > 0 else max(left, -part.settled)
        if share:
            shares[part.pk] = share
            left -= share
    if left:
        raise exceptions.MoreThanOpen
    return shares


def settle(
    invoice: Invoice,
    *,
    paid: Decimal = _NOTHING,
    credited: Decimal = _NOTHING,
    shares: Shares | None = None,
    parts: Sequence[Instalment] | None = None,
) -> Invoice:
    """Take an amount off what is owed, or put it back where it is negative. The row has to be locked.

    `shares` says what of it goes to which part, by its key; `parts` are those of `parts_of`, where they are known.
    It writes no payment and no credit: whoever calls it does. Raises `MoreThanOpen` and `NotIssued`.
    """
    parts = parts_of(invoice) if parts is None else parts
    for part in _take_off(invoice, parts, paid, credited, shares):
        part.save(update_fields=["settled"])
    invoice.save(update_fields=["paid_total", "credited_total", "next_due_on", "overdue_from"])
    return invoice


def settle_paid(paid: Iterable[tuple[Invoice, Decimal]]) -> dict[UUID, dict[int, Decimal]]:
    """Take off what was paid of many invoices that are locked, each named once, with few statements.

    It answers what of it goes to which part of each, the first that is due first. Raises as `settle` does.
    """
    amounts = dict(paid)
    parts: dict[UUID, list[Instalment]] = defaultdict(list)
    for part in _parts(tuple(invoice.pk for invoice in amounts)) if amounts else ():
        parts[part.invoice_id].append(part)
    shares = {invoice.pk: shares_of(parts[invoice.pk], amount) for invoice, amount in amounts.items()}
    changed: list[Instalment] = []
    for invoice, amount in amounts.items():
        changed += _take_off(invoice, parts[invoice.pk], amount, _NOTHING, shares[invoice.pk])
    rows = [(each.pk, each.paid_total, each.next_due_on, each.overdue_from) for each in amounts]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE_PARTS, [[each.pk for each in changed], [each.settled for each in changed]])
        cursor.execute(_WRITE_INVOICES, [list(column) for column in zip(*rows, strict=True)] or [[]] * 4)
    return shares


def _take_off(
    invoice: Invoice,
    parts: Sequence[Instalment],
    paid: Decimal,
    credited: Decimal,
    shares: Shares | None,
) -> list[Instalment]:
    """Change an invoice and its parts, and write nothing; the parts that have changed."""
    if invoice.state != InvoiceState.ISSUED:
        raise exceptions.NotIssued
    invoice.paid_total += paid
    invoice.credited_total += credited
    if invoice.open_now < 0 or invoice.paid_total < 0 or invoice.credited_total < 0:
        raise exceptions.MoreThanOpen
    if shares is None:
        shares = shares_of(parts, paid + credited)
    changed = []
    for part in parts:
        if share := shares.get(part.pk):
            part.settled += share
            if not 0 <= part.settled <= part.amount:
                raise exceptions.MoreThanOpen
            changed.append(part)
    next_due_on = next((part.due_on for part in parts if part.settled < part.amount), None)
    invoice.next_due_on = next_due_on
    country = invoice.company.country
    invoice.overdue_from = overdue_from(next_due_on, country) if next_due_on else None
    return changed
