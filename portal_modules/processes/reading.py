"""What a page shows of a process, in one statement: for somebody with a number, and for the customer.

It is the page that most people look at, and the ORM would take longer than the database. The walls hold as
for every query: the visitor's role reads these columns of the process that the number opened, and no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import Final
from uuid import UUID

from modeltranslation.utils import get_language, resolution_order

from portal_modules.core.compiled import MOST_FORMS, Asked
from portal_modules.core.prepared import read_often

from .numbers import number_shown
from .way import PhaseWords, Way, build_way

MOST_NOTICES = 30
_NOTHING: Final = ("select 1 where false", ())

_SQL = """
select p.lookup_number, p.state, p.opened_on, p.closed_on, p.phase_id, p.phase_since,
       (select {kind_name} from processes_processkind k where k.id = p.kind_id),
       (select json_agg(json_build_array(f.id, {name}, {description}, {customer_action},
                                         f.usual_days_min, f.usual_days_max, d.closed_count, d.median_days,
                                         d.high_days, d.median_left, d.high_left) order by f.position, f.id)
          from processes_phase f left join processes_phaseduration d on d.phase_id = f.id
         where f.kind_id = p.kind_id),
       (select json_agg(json_build_array(e.phase_id, e.day))
          from (select phase_id, max(entered_on) as day from processes_phaseentry
                 where process_id = p.id group by phase_id) e),
       (select json_agg(json_build_array(n.title, n.body, n.published_at))
          from (select {title} as title, {body} as body, published_at from processes_notice m
                 where process_id = p.id{only_marked} and published_at is not null
                 order by published_at desc, id desc limit {most}) n){beside}
  from processes_process p
 where p.id = %s
"""


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice, in the reader's language."""

    title: str
    body: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class ShownProcess:
    """Where a process stands, and what the office wrote: of nobody, and without anything that is the customer's."""

    number: str
    state: str
    opened_on: date
    closed_on: date | None
    way: Way
    notices: list[ShownNotice]
    has_beside: list[bool]


def read_process(records: Sequence[UUID], today: date) -> ShownProcess | None:
    """The process that a number has opened; None when the number has opened nothing, or not any more."""
    return _read(records[0], today, only_marked=True) if records else None


def read_own_process(record: UUID, today: date, beside: Sequence[Asked] = ()) -> ShownProcess | None:
    """A process that was found in the customer's scope, with all its notices.

    `beside` are questions about what may stand beside it; `has_beside` tells of each whether a row answers it.
    """
    return _read(record, today, only_marked=False, beside=beside)


def read_shared_process(record: UUID, today: date, *, with_notices: bool) -> ShownProcess | None:
    """A process that a share link has opened; its notices where the sender ticked them."""
    found = _read(record, today, only_marked=not with_notices)
    return found if found is None or with_notices else replace(found, notices=[])


def _read(
    record: UUID, today: date, *, only_marked: bool, beside: Sequence[Asked] = ()
) -> ShownProcess | None:
    asked = [question.keys() or _NOTHING for question in beside]
    statement = _statement(get_language(), only_marked, tuple(sql for sql, _values in asked))
    rows = read_often(statement, [*chain.from_iterable(values for _sql, values in asked), record])
    if not rows:
        return None
    number, state, opened_on, closed_on, phase, since, kind, phases, entered, notices, *has_beside = rows[0]
    return ShownProcess(
        number=number_shown(number),
        state=state,
        opened_on=opened_on,
        closed_on=closed_on,
        way=build_way(
            kind=kind,
            phases=[PhaseWords(*each) for each in phases],
            phase=phase,
            since=since,
            state=state,
            entered={each: date.fromisoformat(day) for each, day in entered or ()},
            today=today,
        ),
        notices=[ShownNotice(title, body, datetime.fromisoformat(at)) for title, body, at in notices or ()],
        has_beside=has_beside,
    )


@lru_cache(maxsize=MOST_FORMS)
def _statement(language: str, only_marked: bool, beside: tuple[str, ...]) -> str:
    return _SQL.format(
        beside="".join(f", exists({sql})" for sql in beside),
        only_marked=" and is_marked" if only_marked else "",
        kind_name=_in_language("k.name", language),
        name=_in_language("f.name", language),
        description=_in_language("f.description", language),
        customer_action=_in_language("f.customer_action", language),
        title=_in_language("m.title", language),
        body=_in_language("m.body", language),
        most=MOST_NOTICES,
    )


def _in_language(column: str, language: str) -> str:
    """The text of the reader's language, else of the next that has one, as modeltranslation chooses it."""
    columns = (f"nullif({column}_{each}, '')" for each in resolution_order(language))
    return f"coalesce({', '.join(columns)}, '')"
