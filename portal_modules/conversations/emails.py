"""What is mailed about conversations: that there is something to read, and never what was said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.core.addresses import record_address, register_address
from portal_modules.core.exceptions import RegistryError
from portal_modules.core.records import records
from portal_modules.notifications.mails import Button, Mail, Words, mails
from portal_modules.notifications.models import OutboxMessage

from .events import CUSTOMER_WROTE, MESSAGE_WRITTEN
from .models import Thread


def _words_of_message(_values: Mapping[str, Any]) -> Words:
    return Words(
        _("We wrote to you"),
        _("There is a new message for you"),
        [_("You can read it in your area, and answer there.")],
    )


@mails.for_event(MESSAGE_WRITTEN, _words_of_message)
def message_written(message: OutboxMessage) -> Mail | None:
    """To the customer: we wrote."""
    _thread, record = _about(message)
    if record is None:
        return None
    values = {"about": record.record_title()}
    return _words_of_message(values).mail(
        facts=[(_("About"), record.record_title())],
        button=Button(
            _("Read the message"), f"{record_address(message.company, message.language, record)}#thread"
        ),
        reason=_("You get this mail because %(company)s has this address on file for you.")
        % {"company": message.company.name},
        values=values,
    )


@mails.for_event(CUSTOMER_WROTE, about=gettext_lazy("A customer wrote"))
def customer_wrote(message: OutboxMessage) -> Mail | None:
    """To whoever looks after the record: a customer waits for an answer."""
    thread, record = _about(message)
    if thread is None or record is None or not thread.waits_for_staff:
        return None
    return Mail(
        subject=_("A customer wrote"),
        title=_("A customer waits for an answer"),
        paragraphs=[],
        facts=[(_("Customer"), thread.customer.name), (_("About"), record.record_title())],
        button=Button(_("Read and answer"), f"{register_address(record)}#thread"),
        reason=_("You get this mail because you look after this customer at %(company)s.")
        % {"company": message.company.name},
    )


def _about(message: OutboxMessage) -> tuple[Thread | None, Any | None]:
    """The conversation, and what it is about."""
    threads = Thread.objects.select_related("customer")
    thread: Thread | None = threads.filter(pk=message.payload["thread_id"]).first()
    if thread is None:
        return None, None
    try:
        return thread, records.get(thread.record_type).objects.filter(pk=thread.record_id).first()
    except RegistryError:
        return thread, None
