"""Reminders by mail, in the words that the company has written for each step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from portal_modules.core.addresses import record_address
from portal_modules.core.companies import card_of_company
from portal_modules.core.events import events
from portal_modules.notifications.actions import tell_customer
from portal_modules.notifications.mails import Button, Mail, mails
from portal_modules.notifications.models import OutboxMessage

from .days import billing_day
from .emails import values_of
from .events import REMINDED
from .links import public_address
from .models import Invoice, Reminder

_GAP = re.compile(r"\{([a-z_]+)\}")


@events.receive(REMINDED)
def remind_the_customer(company_id: int, customer_id: int, invoice_id: UUID, reminder_id: int) -> None:
    """Each of the customer's people, in their language."""
    invoice = Invoice.objects.select_related("customer__company").get(pk=invoice_id)
    tell_customer(
        REMINDED,
        customer=invoice.customer,
        payload={"invoice_id": invoice_id, "reminder_id": reminder_id},
        record=invoice,
        once=f"reminder:{reminder_id}",
    )


@mails.for_event(REMINDED)
def reminded(message: OutboxMessage) -> Mail | None:
    """The words of the step with the direct link; nothing where it was paid or stopped meanwhile."""
    invoice = (
        Invoice.objects.select_related("customer", "company").filter(pk=message.payload["invoice_id"]).first()
    )
    reminder = Reminder.objects.select_related("step").filter(pk=message.payload["reminder_id"]).first()
    if invoice is None or reminder is None or invoice.open_now <= 0 or invoice.at_agency or invoice.disputed:
        return None
    step, language = reminder.step, message.language
    link = public_address(invoice.pk, card_of_company(message.company), language)
    link = link or record_address(message.company, language, invoice)
    days = (billing_day(message.company) - reminder.due_on).days
    values = {
        **values_of(invoice),
        "customer_name": invoice.customer.name,
        "days": str(abs(days)),
        "link": link,
    }
    subject = with_gaps(getattr(step, f"subject_{language}") or step.subject, values)
    body = with_gaps(getattr(step, f"body_{language}") or step.body, values)
    return Mail(
        subject=subject,
        title=subject,
        paragraphs=[part.strip() for part in re.split(r"\n\s*\n", body) if part.strip()],
        facts=[
            (_("Number"), values["number"]),
            (_("Open amount"), values["amount"]),
            (_("Due on"), values["due"]),
        ],
        button=Button(_("See and pay"), link),
        reason=_("You get this mail because %(company)s has this address on file for you.")
        % {"company": message.company.name},
        values={name: values[name] for name in ("number", "amount", "due")},
    )


def with_gaps(text: str, values: Mapping[str, str]) -> str:
    """The text with its gaps filled. It is no template: what stands in braces and is not known stays."""
    return _GAP.sub(lambda gap: values.get(gap[1], gap[0]), text)
