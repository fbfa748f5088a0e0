"""The history beside a record: who did what when, and what each field said before and after.

Two books are read together. The triggers write every change of a row; the actions write what was meant by it.
What happened in one transaction bears one time, and is told as one thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from portal_modules.core.admin.columns import NOTHING
from portal_modules.core.models import LogEntry

MOST = 200
LONGEST = 300
_OWN = ("id", "uuid", "company")


@dataclass(frozen=True, slots=True)
class Change:
    """What one field said before, and after."""

    label: str
    before: str
    after: str


@dataclass(slots=True)
class Moment:
    """What somebody did at one time."""

    at: datetime
    who: str = ""
    is_first: bool = False
    words: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def history_of(row: models.Model, words: Mapping[str, str | Promise]) -> list[Moment]:
    """The moments of a row, the last one first. `words` tell the row's actions: `{"processes.open": _("Opened")}`.

    An action that has no words there is told by what it changed.
    """
    moments: dict[datetime, Moment] = {}
    people = _Names()
    for before, event in _pairs(row):
        moment = moments.setdefault(event.pgh_created_at, Moment(event.pgh_created_at))
        people.note(moment, event)
        moment.is_first = moment.is_first or before is None
        if before is not None:
            moment.changes += _changes(before, event)
    for entry in LogEntry.objects.filter(model=row._meta.label_lower, object_id=str(row.pk))[:MOST]:
        moment = moments.setdefault(entry.at, Moment(entry.at))
        moment.who = entry.actor_name or moment.who
        if (label := words.get(entry.action)) and str(label) not in moment.words:
            moment.words.append(str(label))
    people.fill(moments.values())
    for moment in moments.values():
        if moment.is_first and not moment.words:
            moment.words.append(_("Written down"))
    told = [moment for moment in moments.values() if moment.words or moment.changes]
    return sorted(told, key=lambda moment: moment.at, reverse=True)


def _pairs(row: Any) -> Iterator[tuple[Any | None, Any]]:
    """Each version with the one before it, oldest first; the oldest that is read has none to compare with."""
    events = getattr(row, "events", None)
    if events is None:
        return
    found = list(events.select_related("pgh_context").order_by("-pgh_created_at", "-pgh_id")[: MOST + 1])
    before = None if len(found) <= MOST else found.pop()
    for event in reversed(found):
        if before is not None or event.pgh_label == "insert":
            yield before, event
        before = event


def _changes(before: Any, after: Any) -> Iterator[Change]:
    for column in after._meta.concrete_fields:
        if column.name.startswith("pgh_") or column.name in _OWN:
            continue
        was, is_now = getattr(before, column.attname), getattr(after, column.attname)
        if was != is_now:
            yield Change(
                str(capfirst(str(column.verbose_name))), _in_words(column, was), _in_words(column, is_now)
            )


def _in_words(column: Any, value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if column.is_relation:
        target = column.related_model._default_manager.filter(pk=value).first()
        return str(target) if target is not None else _("no longer there")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or NOTHING
    return Truncator(str(value)).chars(LONGEST)


class _Names:
    """Who acted, as the history's context has it: an id, of which the names of colleagues can be read."""

    def __init__(self) -> None:
        self.wanted: list[tuple[Moment, int]] = []

    def note(self, moment: Moment, event: Any) -> None:
        """Remember whose name this moment needs."""
        context = event.pgh_context
        if context is not None and (person := context.metadata.get("user")):
            self.wanted.append((moment, person))

    def fill(self, moments: Iterable[Moment]) -> None:
        """Write them where no action has written who it was."""
        missing = [(moment, person) for moment, person in self.wanted if not moment.who]
        names = get_user_model()._default_manager.in_bulk({person for _moment, person in missing})
        for moment, person in missing:
            moment.who = str(names[person]) if person in names else _("somebody outside")
        for moment in moments:
            moment.who = moment.who or _("the system")
