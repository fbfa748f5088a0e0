"""What a share link may show of a record: its facts, and the parts that its sender ticks.

A module's parts are a file `record_parts` beside its manifest (`core/rooms.py`), with one list:

    PARTS = (SharedPart("facts", _("Where it stands"), show, records=frozenset({"visits.visit"})),)

Parts are shown behind the visitor's walls: a table that they read opens itself with `core.walls.open_to_links`. A
record whose module says nothing of its facts shows what every record answers, read as its sender would read it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Access
from portal_modules.core.amounts import money_shown
from portal_modules.core.modules import modules
from portal_modules.core.records import PortalRecord, records
from portal_modules.core.rooms import room_of
from portal_modules.core.templatetags.days import day as written_day

FACTS: Final = "facts"


@dataclass(frozen=True, slots=True)
class Shared:
    """What is looked at through a link: one record, by its type and id, and the access that the link gives.

    `facts` are what every record answers: labels and values.
    """

    record_type: str
    record_id: UUID
    access: Access
    facts: tuple[tuple[str, Any], ...] = ()


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
    if record_type.partition(".")[0] not in on or not can_be_shared(record_type):
        return []
    found = [
        part
        for label, part in _all_parts()
        if label in on and (part.records is None or record_type in part.records)
    ]
    if has_plain_facts(record_type):
        found.append(SharedPart(FACTS, _("Facts"), _plain_facts, order=10))
    return sorted(found, key=lambda part: part.order)


def can_be_shared(record_type: str) -> bool:
    """Is it a kind of record at all?"""
    return any(record.record_type() == record_type for record in records)


def has_plain_facts(record_type: str) -> bool:
    """Has its module said nothing of its facts?"""
    own = (part for _module, part in _all_parts() if part.name == FACTS)
    return not any(record_type in (part.records or ()) for part in own)


def facts_of(record: PortalRecord) -> tuple[tuple[str, Any], ...]:
    """What every record answers, for whoever may read it: labels and values, in the language in force."""
    amount, day = record.record_amount(), record.record_date()
    found: list[tuple[Any, Any]] = [
        (_("Number"), record.record_number()),
        (_("State"), record.record_state()),
    ]
    if day is not None:
        found.append((_("Date"), written_day(day)))
    if amount is not None:
        found.append((_("Amount"), money_shown(*amount)))
    return tuple((str(label), value) for label, value in found)


def _plain_facts(request: Any, shared: Shared) -> SafeString:
    context = {"facts": shared.facts, "wide": True}
    return SafeString(render_to_string("components/facts.html", context))


@cache
def _all_parts() -> tuple[tuple[str, SharedPart], ...]:
    rooms = ((module.label, room_of(module.name, "record_parts")) for module in modules)
    return tuple((label, part) for label, room in rooms if room for part in room.PARTS)
