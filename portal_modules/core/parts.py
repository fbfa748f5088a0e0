"""What a share link may show of a record: its facts, and the parts that its sender ticks.

A module's parts are a file `record_parts` beside its manifest (`core/rooms.py`), with one list:

    PARTS = (SharedPart("facts", _("Where it stands"), show, records=frozenset({"visits.visit"})),)

A record can be shared once somebody has said what its facts are. Parts are shown behind the visitor's walls: a
table that they read opens itself with `core.walls.open_to_links`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from portal_modules.core.access import Access
from portal_modules.core.modules import modules
from portal_modules.core.rooms import room_of

FACTS: Final = "facts"


@dataclass(frozen=True, slots=True)
class Shared:
    """What is looked at through a link: one record, by its type and id, and the access that the link gives."""

    record_type: str
    record_id: UUID
    access: Access


Show = Callable[[Any, Shared], SafeString]
HandOut = Callable[[Shared, UUID], HttpResponseBase | None]


@dataclass(frozen=True, slots=True)
class SharedPart:
    """One part of records: `records` names the types that have it, None is all.

    `show` makes its HTML, empty where there is nothing; `hand_out` gives one of its files.
    """

    name: str
    label: str | Promise
    show: Show
    records: frozenset[str] | None = None
    hand_out: HandOut | None = None
    order: int = 100


def parts_of(record_type: str, on: frozenset[str]) -> list[SharedPart]:
    """The parts of a type of records in a company with these modules; none where it cannot be shared."""
    if record_type.partition(".")[0] not in on:
        return []
    found = [
        part
        for label, part in _all_parts()
        if label in on and (part.records is None or record_type in part.records)
    ]
    return sorted(found, key=lambda part: part.order) if any(part.name == FACTS for part in found) else []


def can_be_shared(record_type: str) -> bool:
    """Has anybody said what the facts of such a record are?"""
    return any(part.name == FACTS and record_type in (part.records or ()) for _label, part in _all_parts())


@cache
def _all_parts() -> tuple[tuple[str, SharedPart], ...]:
    rooms = ((module.label, room_of(module.name, "record_parts")) for module in modules)
    return tuple((label, part) for label, room in rooms if room for part in room.PARTS)
