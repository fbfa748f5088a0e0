"""What makes less of an invoice be owed: payments and credits go to its parts, the first that is due first."""

from __future__ import annotations

from decimal import Decimal

from .. import exceptions
from ..choices import InvoiceState
from ..days import overdue_from
from ..models import Invoice


def settle(invoice: Invoice, *, paid: Decimal = Decimal(0), credited: Decimal = Decimal(0)) -> Invoice:
    """Take an amount off what is owed, or put it back where it is negative. The row has to be locked.

    It writes no payment and no credit: whoever calls it does. Raises `MoreThanOpen` and `NotIssued`.
    """
    if invoice.state != InvoiceState.ISSUED:
        raise exceptions.NotIssued
    invoice.paid_total += paid
    invoice.credited_total += credited
    if invoice.open_now < 0 or invoice.paid_total < 0 or invoice.credited_total < 0:
        raise exceptions.MoreThanOpen
    left = invoice.paid_total + invoice.credited_total
    next_due_on = None
    for part in invoice.instalments.select_for_update(no_key=True).order_by("number"):
        settled = min(left, part.amount)
        left -= settled
        if next_due_on is None and settled < part.amount:
            next_due_on = part.due_on
        if settled != part.settled:
            part.settled = settled
            part.save(update_fields=["settled"])
    invoice.next_due_on = next_due_on
    country = invoice.company.country
    invoice.overdue_from = overdue_from(next_due_on, country) if next_due_on else None
    invoice.save(update_fields=["paid_total", "credited_total", "next_due_on", "overdue_from"])
    return invoice
