"""Verbs of conversations. The company's staff scope has to be in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal_modules.core.access import ActorKind
from portal_modules.core.actions import log
from portal_modules.core.compiled import compiled
from portal_modules.core.events import events
from portal_modules.core.models import Company
from portal_modules.core.records import PortalRecord
from portal_modules.core.uploads import MOST_FILES, TooManyFiles
from portal_modules.documents.actions import store_file
from portal_modules.documents.choices import Visibility

from . import exceptions
from .choices import CUSTOMERS_SIDE, SAID, MessageKind
from .events import MESSAGE_WRITTEN
from .models import Follower, Message, MessageFile, Thread

_LONGEST = 20_000


@transaction.atomic
def write_message(
    record: PortalRecord,
    *,
    body: str,
    files: Sequence[UploadedFile | File[bytes]] = (),
    by: Any | None,
    actor: ActorKind,
    author_name: str,
    kind: MessageKind = MessageKind.MESSAGE,
    at: datetime | None = None,
) -> Message:
    """Say something in the thread of a record, in plain text, with up to ten files.

    A message of the customer makes the thread wait for the staff; an answer of the staff ends that. A note
    is the staff's own, and so are its files. `at` is for what was said elsewhere, earlier.
    """
    at = at or timezone.now()
    body = body.replace("\r\n", "\n").replace("\x00", "").strip()
    if not body and not files:
        raise exceptions.NothingSaid
    if len(body) > _LONGEST:
        raise exceptions.MessageTooLong
    if len(files) > MOST_FILES:
        raise TooManyFiles
    thread = _locked_thread(record)
    message = _add(thread, kind, actor, by, author_name, body=body, created_at=at)
    visibility = Visibility.STAFF if kind == MessageKind.NOTE else Visibility.BOTH
    for each in files:
        document = store_file(
            record, each, by=by, actor=actor, author_name=author_name, visibility=visibility
        )
        MessageFile.objects.create(
            message=message,
            document=document,
            customer_id=thread.customer_id,
            company_id=thread.company_id,
        )
    if kind in SAID:
        thread.last_message_at = message.created_at
        thread.waits_for_staff = actor in CUSTOMERS_SIDE
        thread.save(update_fields=["last_message_at", "waits_for_staff"])
    if by is not None:
        _follow(thread, by, at)
    log("conversations.write", thread, by=by, message=message.pk, kind=str(kind), files=len(files))
    if kind in SAID:
        events.announce(
            MESSAGE_WRITTEN,
            company_id=thread.company_id,
            customer_id=thread.customer_id,
            thread_id=thread.pk,
            message_id=message.pk,
        )
    return message


@transaction.atomic
def note_change(
    record: PortalRecord,
    *,
    words: Mapping[str, str],
    by: Any | None,
    actor: ActorKind,
    author_name: str,
    at: datetime | None = None,
) -> Message:
    """Leave a change of state in the thread, in words for each public language (`{"pt": "…"}`). It is told nobody."""
    thread, details = _locked_thread(record), {"words": dict(words)}
    at = at or timezone.now()
    return _add(thread, MessageKind.STATE, actor, by, author_name, details=details, created_at=at)


@transaction.atomic
def note_changes(company: Company, said: Sequence[tuple[Any, Mapping[str, str]]]) -> None:
    """The same for what the system changed of many records of one kind: each with its words."""
    threads = _locked_threads(company, [record for record, _words in said])
    Message.objects.bulk_create(
        Message(
            thread=threads[record.pk],
            customer_id=threads[record.pk].customer_id,
            company_id=company.pk,
            kind=MessageKind.STATE,
            actor_kind=ActorKind.SYSTEM,
            details={"words": dict(words)},
        )
        for record, words in said
    )


def mark_read(record: PortalRecord, *, by: Any) -> None:
    """Somebody has seen what was said so far."""
    thread = Thread.objects.of_record(record).first()
    if thread is not None:
        _follow(thread, by, timezone.now())


@transaction.atomic
def settle(record: PortalRecord, *, by: Any | None) -> None:
    """Nothing has to be answered: the last message needs none."""
    thread = Thread.objects.of_record(record).filter(waits_for_staff=True).select_for_update().first()
    if thread is not None:
        thread.waits_for_staff = False
        thread.save(update_fields=["waits_for_staff"])
        log("conversations.settle", thread, by=by)


def _locked_thread(record: Any) -> Thread:
    """The thread of a record, made where there is none; others who write to it wait."""
    thread, _is_new = Thread.objects.select_for_update(no_key=True).get_or_create(
        record_type=record.record_type(),
        record_id=record.pk,
        company_id=record.company_id,
        defaults={"customer_id": record.customer_id},
    )
    found: Thread = thread
    return found


def _locked_threads(company: Company, records: Sequence[Any]) -> dict[UUID, Thread]:
    """The threads of records, by the keys of these; locked in the order of their own keys."""
    wanted = {record.pk: record for record in records}
    kind, keys = records[0].record_type(), tuple(sorted(wanted))
    found = {thread.record_id: thread for thread in _threads(kind, keys)}
    if missing := wanted.keys() - found.keys():
        Thread.objects.bulk_create(
            [
                Thread(company=company, customer_id=wanted[pk].customer_id, record_type=kind, record_id=pk)
                for pk in missing
            ],
            ignore_conflicts=True,
        )
        found = {thread.record_id: thread for thread in _threads(kind, keys)}
    return found


@compiled
def _threads(kind: str, records: tuple[UUID, ...]) -> QuerySet[Thread]:
    rows = Thread.objects.filter(record_type=kind, record_id__in=records).order_by("pk")
    return rows.select_for_update(no_key=True)


def _add(
    thread: Thread, kind: MessageKind, actor: ActorKind, by: Any | None, author_name: str, **fields: Any
) -> Message:
    message: Message = Message.objects.create(
        thread=thread,
        customer_id=thread.customer_id,
        company_id=thread.company_id,
        kind=kind,
        actor_kind=actor,
        author=by,
        author_name=author_name[:160],
        **fields,
    )
    return message


def _follow(thread: Thread, user: Any, until: datetime) -> None:
    """Whoever writes or looks follows, and has read what is there."""
    Follower.objects.update_or_create(
        thread=thread,
        user=user,
        defaults={"read_until": until},
        create_defaults={
            "read_until": until,
            "customer_id": thread.customer_id,
            "company_id": thread.company_id,
        },
    )
