"""Who is told of what was said, and which changes stand in a thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal_modules.core.access import ActorKind
from portal_modules.core.choices import StaffRole
from portal_modules.core.events import events
from portal_modules.core.exceptions import RegistryError
from portal_modules.core.models import Company, StaffMembership
from portal_modules.core.records import records
from portal_modules.core.rights import rights_of
from portal_modules.documents.events import ACCEPTED, ASKED, REFUSED, SENT
from portal_modules.documents.models import DocumentRequest, SentDocument
from portal_modules.notifications.actions import tell, tell_customer

from .actions import note_change
from .choices import CUSTOMERS_SIDE
from .events import CUSTOMER_WROTE, MESSAGE_WRITTEN
from .models import Message, Thread


@events.receive(MESSAGE_WRITTEN)
def tell_the_other_side(company_id: int, customer_id: int, thread_id: UUID, message_id: int) -> None:
    """The customer's people, or those of the staff who look after the record."""
    message = Message.objects.select_related("thread__customer__company").get(pk=message_id)
    thread = message.thread
    record = _record(thread.record_type, thread.record_id)
    payload = {"thread_id": thread_id, "message_id": message_id}
    if message.actor_kind not in CUSTOMERS_SIDE:
        tell_customer(
            MESSAGE_WRITTEN,
            customer=thread.customer,
            payload=payload,
            record=record,
            once=str(message_id),
        )
        return
    company = thread.customer.company
    for person in _who_answers(thread, record):
        tell(
            CUSTOMER_WROTE,
            company=company,
            language=person.language or company.language,
            address=person.email,
            payload=payload,
            once=f"{message_id}:{person.pk}",
        )


@events.receive(ASKED)
def note_what_is_asked(company_id: int, customer_id: int, request_id: UUID) -> None:
    """Beside what the document is needed for."""
    asked = _asked(request_id)
    _note(asked, ActorKind.STAFF, asked.asked_at, lambda words: _("We asked for: %(document)s") % words)


@events.receive(SENT)
def note_what_was_sent(company_id: int, customer_id: int, request_id: UUID, sent_id: int) -> None:
    """Beside what the document is needed for."""
    sent = SentDocument.objects.get(pk=sent_id)
    _note(_asked(request_id), ActorKind.CONTACT, sent.sent_at, lambda words: _("Sent: %(document)s") % words)


@events.receive(ACCEPTED)
def note_what_was_accepted(company_id: int, customer_id: int, request_id: UUID, sent_id: int) -> None:
    """Beside what the document is needed for."""
    asked = _asked(request_id)
    _note(asked, ActorKind.STAFF, asked.decided_at, lambda words: _("Accepted: %(document)s") % words)


@events.receive(REFUSED)
def note_what_was_refused(company_id: int, customer_id: int, request_id: UUID, sent_id: int) -> None:
    """Beside what the document is needed for."""
    asked = _asked(request_id)
    _note(asked, ActorKind.STAFF, asked.decided_at, lambda words: _("To be sent again: %(document)s") % words)


def _asked(request_id: UUID) -> DocumentRequest:
    found: DocumentRequest = DocumentRequest.objects.select_related("customer__company").get(pk=request_id)
    return found


def _note(
    asked: DocumentRequest, actor: ActorKind, at: datetime | None, say: Callable[[dict[str, str]], str]
) -> None:
    """The change, in each language of the company, beside the record that the document is for."""
    record = _record(asked.about_type, asked.about_id)
    if record is None:
        return
    company: Company = asked.customer.company
    words = {}
    for language in company.languages:
        with translation.override(company.spoken(language)):
            words[language] = say({"document": str(asked.title)})
    note_change(record, words=words, by=None, actor=actor, author_name="", at=at)


def _record(record_type: str, pk: UUID | None) -> Any | None:
    try:
        return records.get(record_type).objects.filter(pk=pk).first()
    except RegistryError:
        return None


def _who_answers(thread: Thread, record: Any | None) -> Iterable[Any]:
    """The person in charge and the followers among the staff; where there are none, the managers."""
    may_answer = [role for role in StaffRole if "conversations.edit" in rights_of(role)]
    now = timezone.now()
    working = StaffMembership.objects.filter(Q(until=None) | Q(until__gt=now), role__in=may_answer)
    wanted = list(thread.followers.values_list("user", flat=True))
    if in_charge := getattr(record, "person_in_charge_id", None):
        wanted.append(in_charge)
    found = set(working.filter(user__in=wanted).values_list("user", flat=True))
    if not found:
        found = set(working.filter(role=StaffRole.MANAGER).values_list("user", flat=True))
    return get_user_model().objects.filter(pk__in=found, is_active=True).order_by("pk")
