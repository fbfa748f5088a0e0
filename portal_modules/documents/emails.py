"""What is mailed about documents asked for. The document itself never is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.core.addresses import record_address, register_address
from portal_modules.notifications.mails import Button, Mail, Words, mails
from portal_modules.notifications.models import OutboxMessage

from .choices import RequestState, SentState
from .events import ACCEPTED, ASKED, DUE_SOON, REFUSED, SENT
from .models import DocumentRequest, SentDocument


def _words_of_asked(values: Mapping[str, Any]) -> Words:
    return Words(
        _("We need a document from you"),
        _("We need a document from you"),
        [values["why"], _("A photo from your phone is enough, if all can be read.")],
    )


@mails.for_event(ASKED, _words_of_asked)
def asked_for(message: OutboxMessage) -> Mail | None:
    """Which document, why, and until when; nothing if it has come or is not needed any more."""
    asked = _request(message)
    if asked is None or not asked.waits_for_customer:
        return None
    values = {**_values(asked), "why": asked.reason}
    return _words_of_asked(values).mail(
        facts=_facts(asked),
        button=_to_send(message, asked),
        reason=_reason(message),
        values=values,
    )


def _words_of_due(values: Mapping[str, Any]) -> Words:
    return Words(
        values["when"],
        values["when"],
        [_("We have not received “%(document)s” yet, and need it by %(day)s.") % values],
    )


@mails.for_event(DUE_SOON, _words_of_due)
def due_soon(message: OutboxMessage) -> Mail | None:
    """A reminder; nothing if it has come meanwhile."""
    asked = _request(message)
    if asked is None or not asked.waits_for_customer or asked.due_on is None:
        return None
    today = timezone.localdate(timezone=message.company.zone)
    is_today = asked.due_on <= today
    title = _("The document is due today") if is_today else _("We still need a document from you")
    values = {**_values(asked), "when": title}
    return _words_of_due(values).mail(
        facts=_facts(asked),
        button=_to_send(message, asked),
        reason=_reason(message),
        values=values,
    )


def _words_of_refused(values: Mapping[str, Any]) -> Words:
    return Words(
        _("Please send the document again"),
        _("Please send the document again"),
        [_("What you sent cannot be used:"), values["reason"]],
    )


@mails.for_event(REFUSED, _words_of_refused)
def refused(message: OutboxMessage) -> Mail | None:
    """Why it will not do; nothing if it was sent again meanwhile."""
    asked, sent = _request(message), _sent(message)
    if asked is None or sent is None or asked.state != RequestState.REFUSED:
        return None
    values = {**_values(asked), "reason": sent.answer}
    return _words_of_refused(values).mail(
        facts=_facts(asked),
        button=_to_send(message, asked),
        reason=_reason(message),
        values=values,
    )


def _words_of_accepted(_values: Mapping[str, Any]) -> Words:
    return Words(
        _("Your document was accepted"),
        _("Your document was accepted"),
        [_("We have checked it, and it is what we needed. There is nothing more to do.")],
    )


@mails.for_event(ACCEPTED, _words_of_accepted)
def accepted(message: OutboxMessage) -> Mail | None:
    """It is what was needed."""
    asked, sent = _request(message), _sent(message)
    if asked is None or sent is None or sent.state != SentState.ACCEPTED:
        return None
    values = _values(asked)
    return _words_of_accepted(values).mail(
        facts=[(_("Document"), asked.title)],
        button=Button(_("See the document"), _address(message, asked)),
        reason=_reason(message),
        values=values,
    )


@mails.for_event(SENT, about=gettext_lazy("A document has come, and waits to be checked"))
def to_check(message: OutboxMessage) -> Mail | None:
    """To whoever asked for it: it came."""
    asked, sent = _request(message), _sent(message)
    if asked is None or sent is None or sent.state != SentState.WAITING:
        return None
    return Mail(
        subject=_("A document has come, and waits to be checked"),
        title=_("A document has come, and waits to be checked"),
        paragraphs=[],
        facts=[(_("Document"), asked.title), (_("Customer"), asked.customer.name)],
        button=Button(_("Check it"), register_address(asked)),
        reason=_("You get this mail because you asked for this document."),
    )


def _request(message: OutboxMessage) -> DocumentRequest | None:
    rows = DocumentRequest.objects.select_related("customer")
    found: DocumentRequest | None = rows.filter(pk=message.payload["request_id"]).first()
    return found


def _sent(message: OutboxMessage) -> SentDocument | None:
    found: SentDocument | None = SentDocument.objects.filter(pk=message.payload["sent_id"]).first()
    return found


def _facts(asked: DocumentRequest) -> list[tuple[Any, Any]]:
    facts = [(_("Document"), asked.title)]
    if asked.due_on:
        facts.append((_("Needed until"), date_format(asked.due_on)))
    return facts


def _values(asked: DocumentRequest) -> dict[str, Any]:
    return {"document": asked.title, "day": date_format(asked.due_on) if asked.due_on else ""}


def _address(message: OutboxMessage, asked: DocumentRequest) -> str:
    return record_address(message.company, message.language, asked)


def _to_send(message: OutboxMessage, asked: DocumentRequest) -> Button:
    return Button(_("Send the document"), _address(message, asked))


def _reason(message: OutboxMessage) -> str:
    return _("You get this mail because %(company)s has this address on file for you.") % {
        "company": message.company.name
    }
