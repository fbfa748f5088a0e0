"""What the bell shows: entries with the words of their event and of the record that they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from portal_modules.core.access import Access
from portal_modules.core.companies import CompanyCard
from portal_modules.core.compiled import compiled
from portal_modules.core.modules import Text, modules
from portal_modules.core.records import records

from .models import BellEntry
from .querysets import BellQuerySet

MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Ring:
    """One entry as it is read: what happened, and to which record."""

    entry: BellEntry
    label: Text
    record: Any | None


def entries_of(access: Access, card: CompanyCard) -> BellQuerySet:
    """What it rang for to whoever is looking, of the modules that are on."""
    found: BellQuerySet = BellEntry.objects.visible_to(access).about(_events(card))
    return found


def _events(card: CompanyCard) -> tuple[str, ...]:
    on = (module for module in modules if module.label in card.modules)
    return tuple(notice.event for module in on for notice in module.notices)


@compiled
def _unread(access: Access, events: tuple[str, ...]) -> QuerySet[Any, Any]:
    found: BellQuerySet = BellEntry.objects.visible_to(access).about(events)
    return found.unread().order_by().values_list("pk")[:MOST_COUNTED]


def how_many_unread(access: Access, card: CompanyCard) -> str:
    """The number at the bell, "" for none; counting stops at a hundred."""
    number = len(_unread(access, _events(card)))
    if number >= MOST_COUNTED:
        return f"{MOST_COUNTED - 1}+"
    return str(number or "")


def rings(entries: Iterable[BellEntry], access: Access) -> list[Ring]:
    """The entries in words; one statement for each kind of record. What is no longer visible is left out."""
    entries = list(entries)
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for entry in entries:
        if entry.record_id:
            wanted[entry.record_type].add(entry.record_id)
    found = {
        (kind, record.pk): record
        for kind, ids in wanted.items()
        for record in records.titled(kind, access).filter(pk__in=ids)
    }
    return [
        Ring(
            entry,
            modules.notice(entry.event).at_bell(entry.payload),
            found.get((entry.record_type, entry.record_id)),
        )
        for entry in entries
        if entry.record_id is None or (entry.record_type, entry.record_id) in found
    ]
