"""Fiscal notes by mail: to the addresses that a customer has named for them, which need not be anybody's login."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.core.addresses import record_address
from portal_modules.core.amounts import money_shown
from portal_modules.core.events import events
from portal_modules.notifications.actions import is_telling_nobody, tell
from portal_modules.notifications.mails import Attachment, Button, Mail, mails
from portal_modules.notifications.models import OutboxMessage

from .choices import NoteState
from .days import billing_day
from .events import NOTE_TAKEN_IN
from .handing_out import XML
from .models import FiscalAddress, FiscalDocument
from .note_files import xml_of
from .printing import xml_name

# Of what was brought along from before nobody is told.
RECENT: Final = timedelta(days=90)


@events.receive(NOTE_TAKEN_IN)
def tell_of_the_note(company_id: int, customer_id: int, note_id: UUID) -> None:
    """Each of the customer's addresses for fiscal notes is told once."""
    note = FiscalDocument.objects.select_related("customer__company").get(pk=note_id)
    company = note.customer.company
    is_old = note.issued_on < billing_day(company) - RECENT
    if is_telling_nobody() or is_old or note.state != NoteState.AUTHORISED or note.customer.archived_at:
        return
    for address in FiscalAddress.objects.filter(customer=customer_id).values_list("email", flat=True):
        tell(
            NOTE_TAKEN_IN,
            company=company,
            language=note.customer.language or company.language,
            address=address,
            payload={"note_id": note_id},
            once=f"{note_id}:{address}",
        )


@mails.for_event(NOTE_TAKEN_IN, about=gettext_lazy("There is a new fiscal note"))
def note_taken_in(message: OutboxMessage) -> Mail | None:
    """Its number, value and link; the XML travels along, because who reads this may have no login."""
    note = FiscalDocument.objects.select_related("customer").filter(pk=message.payload["note_id"]).first()
    if note is None or note.state != NoteState.AUTHORISED:
        return None
    if not FiscalAddress.objects.filter(customer=note.customer_id, email=message.address).exists():
        return None
    values = {"number": f"{note.get_kind_display()} {note.record_number()}", "company": message.company.name}
    data = xml_of(note)
    return Mail(
        subject=_("Fiscal note %(number)s of %(company)s") % values,
        title=_("There is a new fiscal note"),
        paragraphs=[_("Its XML is attached. In the portal you find it with its print and its invoice.")],
        facts=[
            (_("Number"), values["number"]),
            (_("Amount"), money_shown(note.amount, note.currency)),
            (_("Issued on"), date_format(note.issued_on, "DATE_FORMAT")),
            (_("Customer"), note.customer.name),
            (_("Access key"), note.key_shown),
        ],
        button=Button(_("See the fiscal note"), record_address(message.company, message.language, note)),
        reason=_("You get this mail because %(customer)s has named this address for fiscal notes.")
        % {"customer": note.customer.name},
        attachments=[Attachment(xml_name(note), data, XML)] if data else (),
    )
