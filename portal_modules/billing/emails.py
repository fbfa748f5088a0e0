"""What is mailed about invoices: the number, what is open, and where it is paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal_modules.core.addresses import whole_address
from portal_modules.core.amounts import money_shown
from portal_modules.core.companies import card_of_company
from portal_modules.notifications.mails import Button, Mail, Words, mails
from portal_modules.notifications.models import OutboxMessage

from .choices import InvoiceState
from .events import ISSUED
from .links import public_address
from .models import Invoice


def _words_of_issued(values: Mapping[str, Any]) -> Words:
    return Words(
        _("Invoice %(number)s") % values,
        _("There is a new invoice for you"),
        [_("You can read it, download it and see how to pay it on its page.")],
    )


@mails.for_event(ISSUED, _words_of_issued)
def issued(message: OutboxMessage) -> Mail | None:
    """A new invoice: how much, until when, and the page where it is read and paid."""
    invoice = Invoice.objects.filter(pk=message.payload["invoice_id"]).first()
    if invoice is None or invoice.state != InvoiceState.ISSUED:
        return None
    values = values_of(invoice)
    inside = whole_address(message.company, message.language, "billing:invoice", invoice.pk)
    page = public_address(invoice.pk, card_of_company(message.company), message.language)
    return _words_of_issued(values).mail(
        facts=[
            (_("Number"), values["number"]),
            (_("Amount"), values["amount"]),
            (_("Due on"), values["due"]),
            (_("In the portal"), inside),
        ],
        button=Button(_("Pay here"), page) if page else Button(_("See the invoice"), inside),
        reason=_("You get this mail because %(company)s has this address on file for you.")
        % {"company": message.company.name},
        values=values,
    )


def values_of(invoice: Invoice) -> dict[str, str]:
    """What stands in the gaps of a text about an invoice, in the language in force."""
    due_on = invoice.next_due_on or invoice.due_on
    return {
        "number": invoice.number_shown,
        "amount": money_shown(invoice.open_amount, invoice.currency),
        "due": date_format(due_on, "DATE_FORMAT") if due_on else "",
    }
