"""The customer's own order number on an invoice, without which some of them cannot pay it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from portal_modules.core.actions import log
from portal_modules.core.events import events

from .. import exceptions
from ..choices import InvoiceState
from ..events import ORDER_WRITTEN
from ..models import Invoice


@transaction.atomic
def write_order(invoice: Invoice, *, by: Any | None, order: str) -> Invoice:
    """Write the customer's order number onto an invoice, or take it off it."""
    invoice = Invoice.objects.select_for_update(no_key=True).get(pk=invoice.pk)
    if invoice.state != InvoiceState.ISSUED:
        raise exceptions.NotIssued
    order = " ".join(order.split())[:60]
    if order == invoice.purchase_order:
        return invoice
    invoice.purchase_order = order
    invoice.save(update_fields=["purchase_order"])
    log("billing.write_order", invoice, by=by)
    events.announce(
        ORDER_WRITTEN,
        company_id=invoice.company_id,
        customer_id=invoice.customer_id,
        invoice_id=invoice.pk,
    )
    return invoice
