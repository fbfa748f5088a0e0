"""A thread as its page shows it: lines with their files, in a reader's language, with "You" where it is you."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import get_language

from portal_modules.core.access import Access
from portal_modules.core.compiled import compiled
from portal_modules.core.languages import PUBLIC_LANGUAGES, public_language
from portal_modules.core.records import PortalRecord
from portal_modules.documents.models import Document

from .choices import CUSTOMERS_SIDE, MessageKind
from .models import Follower, Message, MessageFile

SHOWN = 50
_OF_FILE = ("id", "company_id", "name", "content_type", "size")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a thread."""

    kind: str
    author: str
    at: datetime
    text: str
    is_mine: bool
    is_note: bool
    is_customers: bool
    files: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ShownThread:
    """The last lines, oldest first; `earlier` names the line before which there are more."""

    entries: list[Entry]
    unread: int
    earlier: UUID | None


def thread_for(record: PortalRecord, access: Access, before: str = "") -> ShownThread:
    """What somebody of the customer's sees: two statements, however much was said, and one where no line has files."""
    row: Any = record
    said = _customers_lines(access, record.record_type(), row.pk, _uuid(before))
    lines, earlier = _last_of(said)
    with_files = tuple(line.pk for line in lines if line.has_files)
    files = _customers_files(access, with_files) if with_files else []
    return _shown(lines, earlier, files, access.user_id, counts_staff=True)


def thread_for_staff(record: PortalRecord, user_id: int, before: str = "") -> ShownThread:
    """What the staff sees: the notes, too."""
    lines, earlier = _last_of(_lines(Message.objects.of_record(record), user_id, _uuid(before)))
    files = MessageFile.objects.filter(document__in=Document.objects.kept())
    return _shown(lines, earlier, _beside(files, [line.pk for line in lines]), user_id, counts_staff=False)


def thread_for_link(record_type: str, record_id: UUID, access: Access) -> list[Entry]:
    """The last lines, oldest first, for whoever holds a link to the record; with files where those were ticked, too."""
    said = Message.objects.shared(access).of(record_type, record_id).order_by("-created_at", "-pk")
    lines = said.only("kind", "actor_kind", "author_name", "body", "details", "created_at", "author_id")
    shown = list(reversed(lines[:SHOWN]))
    # The walls give whoever holds a link these columns alone.
    names = {
        row.pk: row for row in Document.objects.shared(access).of(record_type, record_id).only(*_OF_FILE)
    }
    beside: dict[int, list[Any]] = defaultdict(list)
    rows = MessageFile.objects.filter(message__in=[line.pk for line in shown], document__in=list(names))
    for message, document in rows.order_by("pk").values_list("message", "document") if names else ():
        found = names[document]
        url = reverse("accounts:shared_file", args=[found.pk])
        beside[message].append({"name": found.name, "url": url, "detail": found.detail})
    return [_entry(line, beside[line.pk], None) for line in shown]


@compiled
def _customers_lines(
    access: Access, record_type: str, record_id: UUID, before: UUID | None
) -> QuerySet[Message]:
    return _lines(Message.objects.visible_to(access).of(record_type, record_id), access.user_id, before)


@compiled
def _customers_files(access: Access, messages: tuple[int, ...]) -> QuerySet[MessageFile]:
    files = MessageFile.objects.visible_to(access)
    return _beside(files.filter(document__in=Document.objects.visible_to(access)), messages)


def _lines(messages: QuerySet[Message], user_id: int | None, before: UUID | None) -> QuerySet[Message]:
    """The last lines of a thread, newest first, with `looked`: until when this person has read it; and `has_files`."""
    looked = Follower.objects.filter(thread=OuterRef("thread"), user_id=user_id).values("read_until")[:1]
    files = MessageFile.objects.filter(message=OuterRef("pk"))
    wanted = messages.order_by("-created_at", "-pk").annotate(
        looked=Subquery(looked), has_files=Exists(files)
    )
    if before:
        wanted = wanted.filter(created_at__lt=Subquery(messages.filter(uuid=before).values("created_at")[:1]))
    return wanted[: SHOWN + 1]


def _beside(files: QuerySet[MessageFile], messages: Iterable[int]) -> QuerySet[MessageFile]:
    return files.filter(message__in=messages).select_related("document").order_by("pk")


def _last_of(said: Iterable[Message]) -> tuple[list[Any], UUID | None]:
    """As many lines as are shown, oldest first, and the one before which there are more."""
    lines: list[Any] = list(said)
    shown = lines[:SHOWN][::-1]
    return shown, shown[0].uuid if len(lines) > SHOWN else None


def _shown(
    lines: list[Any],
    earlier: UUID | None,
    files: Iterable[MessageFile],
    user_id: int | None,
    *,
    counts_staff: bool,
) -> ShownThread:
    beside: dict[int, list[Document]] = defaultdict(list)
    for row in files:
        beside[row.message_id].append(row.document)
    return ShownThread(
        entries=[_entry(line, beside[line.pk], user_id) for line in lines],
        unread=sum(_is_new(line, user_id, counts_staff) for line in lines),
        earlier=earlier,
    )


def _is_new(line: Any, user_id: int | None, counts_staff: bool) -> bool:
    """Did the other side say it since this person looked?"""
    from_customer = line.actor_kind in CUSTOMERS_SIDE
    said = line.kind in (MessageKind.MESSAGE, MessageKind.FILE)
    other_side = said and from_customer is not counts_staff and line.author_id != user_id
    return other_side and (line.looked is None or line.created_at > line.looked)


def _entry(line: Any, files: list[Any], user_id: int | None) -> Entry:
    return Entry(
        kind="event" if line.kind == MessageKind.STATE else "message",
        author=line.author_name,
        at=line.created_at,
        text=_words(line),
        is_mine=user_id is not None and line.author_id == user_id,
        is_note=line.kind == MessageKind.NOTE,
        is_customers=line.actor_kind in CUSTOMERS_SIDE,
        files=files,
    )


def _words(line: Any) -> str:
    """The text; of a change, that of the reader's language, or the first there is."""
    words = line.details.get("words") if isinstance(line.details, dict) else None
    if not isinstance(words, dict) or not words:
        return str(line.body)
    language = public_language(get_language())
    order = (language, *PUBLIC_LANGUAGES)
    return next((str(words[code]) for code in order if words.get(code)), str(line.body))


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
