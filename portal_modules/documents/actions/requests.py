"""Asking customers for documents: asked, sent, accepted or refused, and reminded of.

Each verb locks the asked and returns it as it is afterwards; a refusal leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from portal_modules.core.access import ActorKind
from portal_modules.core.actions import log
from portal_modules.core.companies import card_in_scope
from portal_modules.core.events import events
from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.records import PortalRecord
from portal_modules.core.sequences import next_number
from portal_modules.core.uploads import MOST_FILES
from portal_modules.customers.models import Customer
from portal_modules.notifications.actions import tell_customer

from .. import exceptions
from ..choices import TRANSITIONS, RequestState, SentState
from ..events import ACCEPTED, ASKED, DUE_SOON, REFUSED, SENT, WITHDRAWN
from ..models import DocumentRequest, SentDocument, SentFile
from .files import store_file

LONGEST_REMINDER = 30
_SERIES = "documents.request"
_LONGEST_TITLE = 160
_LONGEST_TEXT = 2_000


@transaction.atomic
def ask_for_document(
    customer: Customer,
    *,
    title: Mapping[str, str],
    reason: Mapping[str, str],
    due_on: date | None,
    example: Mapping[str, str] | None = None,
    record: PortalRecord | None = None,
    example_file: UploadedFile | File[bytes] | None = None,
    by: Any | None,
    at: datetime | None = None,
) -> DocumentRequest:
    """Ask a customer for a document, in plain text by public language (`{"pt": "…"}`).

    `record` is what it is needed for, such as a process of the same customer. `example` says what the
    document looks like, and `example_file` shows one. `at` is for what was asked earlier, elsewhere.
    """
    at = at or timezone.now()
    customer = Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    if customer.archived_at:
        raise exceptions.CustomerArchived
    row: Any = record
    if row is not None and row.customer_id != customer.pk:
        raise exceptions.RecordOfAnotherCustomer
    if due_on is not None and due_on < timezone.localdate(at, customer.company.zone):
        raise exceptions.DueInThePast
    words = _words("title", title, _LONGEST_TITLE)
    if not words:
        raise exceptions.TitleMissing
    asked = DocumentRequest(
        company_id=customer.company_id,
        customer=customer,
        about_type=record.record_type() if record is not None else "",
        about_id=row.pk if row is not None else None,
        due_on=due_on,
        asked_by=by,
        asked_at=at,
        **words,
        **_words("reason", reason, _LONGEST_TEXT),
        **_words("example", example or {}, _LONGEST_TEXT),
    )
    if example_file is not None:
        asked.example_file = store_file(
            asked, example_file, by=by, actor=ActorKind.STAFF, author_name=str(by or "")
        )
    asked.number = next_number(customer.company, _SERIES)
    asked.save(force_insert=True)
    log("documents.ask", asked, by=by, due_on=due_on and due_on.isoformat())
    events.announce(ASKED, **_ids(asked))
    return asked


@transaction.atomic
def send_document(
    asked: DocumentRequest,
    *,
    files: Sequence[UploadedFile | File[bytes]],
    by: Any | None,
    actor: ActorKind,
    author_name: str,
    at: datetime | None = None,
) -> SentDocument:
    """Send what was asked for. It may be sent again after a refusal."""
    asked = _entering(asked, RequestState.SENT)
    if not files:
        raise exceptions.NothingSent
    if len(files) > MOST_FILES:
        raise exceptions.TooManyFiles
    sent = SentDocument.objects.create(
        request=asked,
        customer_id=asked.customer_id,
        company_id=asked.company_id,
        actor_kind=actor,
        author=by,
        author_name=author_name[:160],
        sent_at=at or timezone.now(),
    )
    for each in files:
        document = store_file(asked, each, by=by, actor=actor, author_name=author_name)
        SentFile.objects.create(
            sent=sent, document=document, customer_id=asked.customer_id, company_id=asked.company_id
        )
    asked.save(update_fields=["state"])
    log("documents.send", asked, by=by, sent=sent.pk, files=len(files))
    events.announce(SENT, **_ids(asked), sent_id=sent.pk)
    return sent


@transaction.atomic
def accept_document(asked: DocumentRequest, *, by: Any | None, at: datetime | None = None) -> DocumentRequest:
    """What was sent is what was needed."""
    asked = _entering(asked, RequestState.ACCEPTED)
    sent = _decide(asked, SentState.ACCEPTED, "", by, at)
    log("documents.accept", asked, by=by, sent=sent.pk)
    events.announce(ACCEPTED, **_ids(asked), sent_id=sent.pk)
    return asked


@transaction.atomic
def refuse_document(
    asked: DocumentRequest, *, reason: str, by: Any | None, at: datetime | None = None
) -> DocumentRequest:
    """What was sent will not do; the customer reads the reason and sends it again.

    One that was accepted may be refused, too, when somebody notices later.
    """
    reason = reason.strip()
    if not reason:
        raise exceptions.ReasonMissing
    if len(reason) > _LONGEST_TEXT:
        raise exceptions.TextTooLong
    asked = _entering(asked, RequestState.REFUSED)
    sent = _decide(asked, SentState.REFUSED, reason, by, at)
    log("documents.refuse", asked, by=by, sent=sent.pk)
    events.announce(REFUSED, **_ids(asked), sent_id=sent.pk)
    return asked


@transaction.atomic
def withdraw_request(asked: DocumentRequest, *, by: Any | None) -> DocumentRequest:
    """It is not needed any more."""
    asked = _entering(asked, RequestState.WITHDRAWN)
    asked.decided_at = timezone.now()
    asked.save(update_fields=["state", "decided_at"])
    log("documents.withdraw", asked, by=by)
    events.announce(WITHDRAWN, **_ids(asked))
    return asked


def remind_of_document(asked: DocumentRequest, *, on: date) -> bool:
    """Remind the customer some days before a document is due, and on the day itself; False where there is no reason to.

    How many days is the setting `documents.remind_days`. It may be called again and again: each reminder is
    sent once. Whoever was asked only today is not reminded.
    """
    asked = DocumentRequest.objects.select_related("customer__company").get(pk=asked.pk)
    days = card_in_scope().setting("documents.remind_days", *asked.customer.setting_levels)
    if not asked.waits_for_customer or asked.due_on not in (on, on + timedelta(days=days)):
        return False
    if timezone.localdate(asked.asked_at, asked.customer.company.zone) >= on:
        return False
    tell_customer(
        DUE_SOON,
        customer=asked.customer,
        payload={"request_id": asked.pk},
        record=asked,
        once=f"{asked.pk}:{asked.due_on}:{on}",
    )
    return True


def _entering(asked: DocumentRequest, state: RequestState) -> DocumentRequest:
    """The asked, locked, with the state that it is about to have."""
    locked: DocumentRequest = DocumentRequest.objects.select_for_update(no_key=True).get(pk=asked.pk)
    if state not in TRANSITIONS[RequestState(locked.state)]:
        raise exceptions.RequestNotOpen
    locked.state = state
    return locked


def _decide(
    asked: DocumentRequest, state: SentState, answer: str, by: Any | None, at: datetime | None
) -> SentDocument:
    """Answer what was sent last."""
    sent: SentDocument = SentDocument.objects.filter(request=asked).order_by("-sent_at", "-pk")[0]
    sent.state, sent.answer, sent.decided_by = state, answer, by
    sent.decided_at = asked.decided_at = at or timezone.now()
    sent.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    asked.save(update_fields=["state", "decided_at"])
    return sent


def _words(field: str, texts: Mapping[str, str], longest: int) -> dict[str, str]:
    """The columns of each language that has a text: `title_pt` and so on."""
    found = {language: text.strip() for language, text in texts.items() if text.strip()}
    if any(language not in PUBLIC_LANGUAGES or len(text) > longest for language, text in found.items()):
        raise exceptions.TextTooLong
    return {f"{field}_{language}": text for language, text in found.items()}


def _ids(asked: DocumentRequest) -> dict[str, Any]:
    return {"company_id": asked.company_id, "customer_id": asked.customer_id, "request_id": asked.pk}
