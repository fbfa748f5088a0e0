"""The mail of a second copy: the paper travels with it, drawn when the mail leaves."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.core.companies import card_of_company
from portal_modules.notifications.mails import Attachment, Mail, mails
from portal_modules.notifications.models import OutboxMessage

from .actions import why_no_copy
from .choices import CopyKind
from .days import billing_day
from .events import COPY_ASKED
from .handing_out import PDF, XML
from .models import FiscalDocument, Invoice, SecondCopy
from .note_files import print_of, xml_of
from .owing import owed_on, policy_in_scope
from .papers.exceptions import FiscalFileRefused
from .printing import invoice_pdf, xml_name
from .slips import slip_pdf


@mails.for_event(COPY_ASKED, about=gettext_lazy("Here is your second copy"))
def copy_asked(message: OutboxMessage) -> Mail | None:
    """An invoice, a boleto or a fiscal note, to whom it was asked for; nothing once it is not handed out any more."""
    beside = ("invoice", "slip__invoice", "slip__bank_account", "note", "customer")
    copy = SecondCopy.objects.select_related(*beside).filter(pk=message.payload["copy_id"]).first()
    if copy is None:
        return None
    of = copy.invoice or copy.slip or copy.note
    if of is None or why_no_copy(of, billing_day(message.company)):
        return None
    title, attachments = _paper(copy, message)
    return Mail(
        subject=f"{title} · {message.company.name}",
        title=_("Here is your second copy"),
        paragraphs=[_("You find it attached to this mail.")],
        facts=[(_("What"), title), (_("Customer"), copy.customer.name)],
        reason=_("You get this mail because %(name)s asked us to send it to you.")
        % {"name": copy.asked_by_name or copy.customer.name},
        attachments=attachments,
    )


def _paper(copy: SecondCopy, message: OutboxMessage) -> tuple[str, list[Attachment]]:
    card = card_of_company(message.company)
    match copy.kind:
        case CopyKind.INVOICE if copy.invoice is not None:
            invoice = Invoice.objects.select_related("customer", "company", "bank_account").get(
                pk=copy.invoice_id
            )
            title = _("Invoice %(number)s") % {"number": invoice.number_shown}
            return title, [Attachment(f"{title}.pdf", invoice_pdf(invoice, card), PDF)]
        case CopyKind.SLIP if copy.slip is not None:
            invoice, policy = copy.slip.invoice, policy_in_scope()
            owed = None
            if copy.pays_on and copy.pays_on > copy.slip.due_on:
                country = message.company.country
                owed = owed_on(invoice, invoice.instalments.all(), policy, copy.pays_on, country)
            title = _("Boleto %(number)s") % {"number": invoice.number_shown}
            return title, [Attachment(f"{title}.pdf", slip_pdf(copy.slip, card, policy, owed), PDF)]
    assert copy.note is not None  # by constraint
    return str(copy.note), _files(copy.note)


def _files(note: FiscalDocument) -> list[Attachment]:
    name = xml_name(note)
    found = []
    if data := xml_of(note):
        found.append(Attachment(name, data, XML))
    try:
        pdf = print_of(note)
    except FiscalFileRefused:
        pdf = None
    if pdf:
        found.append(Attachment(f"{name.removesuffix('.xml')}.pdf", pdf, PDF))
    return found
