"""What makes less of an invoice be owed: payments and credits go to its parts, the first that is due first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from portal_modules.core.compiled import compiled

from .. import exceptions
from ..choices import InvoiceState
from ..days import overdue_from
from ..models import Instalment, Invoice

Shares = Mapping[int, Decimal]
_NOTHING = Decimal(0)


def parts_of(invoice: Invoice) -> list[Instalment]:
    """The instalments of an invoice, locked, the first first. The invoice has to be locked before."""
    return _parts(invoice.pk)


@compiled
def _parts(invoice: UUID) -> QuerySet[Instalment]:
    rows = Instalment.objects.select_for_update(no_key=True).filter(invoice_id=invoice)
    return rows.order_by("number")


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
    if invoice.state != InvoiceState.ISSUED:
        raise exceptions.NotIssued
    invoice.paid_total += paid
    invoice.credited_total += credited
    if invoice.open_now < 0 or invoice.paid_total < 0 or invoice.credited_total < 0:
        raise exceptions.MoreThanOpen
    parts = parts_of(invoice) if parts is None else parts
    if shares is None:
        shares = shares_of(parts, paid + credited)
    for part in parts:
        if share := shares.get(part.pk):
            part.settled += share
            if not 0 <= part.settled <= part.amount:
                raise exceptions.MoreThanOpen
            part.save(update_fields=["settled"])
    next_due_on = next((part.due_on for part in parts if part.settled < part.amount), None)
    invoice.next_due_on = next_due_on
    country = invoice.company.country
    invoice.overdue_from = overdue_from(next_due_on, country) if next_due_on else None
    invoice.save(update_fields=["paid_total", "credited_total", "next_due_on", "overdue_from"])
    return invoice
