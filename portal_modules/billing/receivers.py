"""What the customer's people are told of billing."""

from __future__ import annotations

from uuid import UUID

from portal_modules.core.actions import log
from portal_modules.core.events import events
from portal_modules.notifications.actions import tell_customer
from portal_modules.notifications.events import MESSAGE_SENT
from portal_modules.notifications.models import OutboxMessage

from . import copy_emails as copy_emails  # it writes the mails of second copies
from . import note_emails as note_emails  # it tells of fiscal notes
from . import pack_emails as pack_emails  # it tells that a pack is there
from . import reminder_emails as reminder_emails  # it reminds
from .events import ISSUED
from .models import Invoice


@events.receive(MESSAGE_SENT)
def note_the_mail(message_id: UUID, company_id: int) -> None:
    """In the history of the invoice that it is about."""
    message = OutboxMessage.objects.get(pk=message_id)
    invoice_id = message.payload.get("invoice_id")
    invoice = Invoice.objects.filter(pk=invoice_id).first() if isinstance(invoice_id, str) else None
    if invoice is not None:
        log("billing.deliver", invoice, by=None, message=str(message_id))


@events.receive(ISSUED)
def tell_of_the_invoice(company_id: int, customer_id: int, invoice_id: UUID) -> None:
    """There is a new one, each in their language."""
    invoice = Invoice.objects.select_related("customer__company").get(pk=invoice_id)
    tell_customer(
        ISSUED,
        customer=invoice.customer,
        payload={"invoice_id": invoice_id},
        record=invoice,
        once=str(invoice_id),
    )
