"""Two years of work of the law office: many matters at once, made by rule and written in bulk.

They come from a random source with a seed, so they are the same on every machine. Nobody is told of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from portal_modules.core.demo import by_language
from portal_modules.core.models import Company
from portal_modules.customers.models import Customer

from ..choices import ProcessState
from ..models import Notice, Phase, PhaseEntry, Process, ProcessKind
from .facts import OfficeFacts

# How many of each kind: closed, open, given up. With those that are told one by one they make 140.
_COUNTS: Mapping[str, tuple[int, int, int]] = {
    "residence": (30, 10, 1),
    "transcription": (24, 6, 1),
    "children": (12, 8, 0),
    "grandchildren": (4, 8, 1),
    "marriage": (2, 3, 0),
}
_TWO_YEARS = 730
_REGISTERED_FROM = "filing"
_NOTICES = ("received", "names", "apostille", "filed", "numbered", "enquiries", "booked", "accepted")


@dataclass(frozen=True, slots=True)
class _Course:
    """When a matter entered each of its phases so far, and when it ended, if it did."""

    days: Sequence[date]
    ended_on: date | None
    state: ProcessState


def load_past(
    company: Company,
    office: OfficeFacts,
    kinds: Mapping[str, tuple[ProcessKind, list[Phase]]],
    numbers: Any,
    today: date,
    rng: Random,
    staff: Any,
) -> None:
    """Write them; `numbers` gives one lookup number after the other."""
    customers = list(Customer.objects.active().order_by("pk"))
    processes, entries, notices = [], [], []
    for key, counts in _COUNTS.items():
        kind, phases = kinds[key]
        steps = office.kinds[key].steps
        states = (ProcessState.CLOSED, ProcessState.OPEN, ProcessState.CANCELLED)
        for state, count in zip(states, counts, strict=True):
            for _each in range(count):
                course = _course(steps, state, today, rng)
                process = Process(
                    company=company,
                    customer=rng.choice(customers),
                    kind=kind,
                    phase=phases[len(course.days) - 1],
                    lookup_number=next(numbers),
                    registry_number=_registry_number(steps, course, rng),
                    state=course.state,
                    person_in_charge=staff,
                    opened_on=course.days[0],
                    phase_since=course.days[-1],
                    closed_on=course.ended_on,
                )
                processes.append(process)
                entries += _entries(process, phases, course)
                notices += _notices(company, office, process, steps, course, rng)
    Process.objects.bulk_create(processes)
    PhaseEntry.objects.bulk_create(entries)
    Notice.objects.bulk_create(notices)


def _course(steps: Sequence[tuple[str, int, int]], state: ProcessState, today: date, rng: Random) -> _Course:
    """A way through the phases that ends within the two years, or is on its way today."""
    lengths = [
        max(1, round(rng.triangular(low * 0.7, high * 1.25, (low + high) / 2))) for _k, low, high in steps
    ]
    if state == ProcessState.CLOSED:
        span = sum(lengths)
        start = today - timedelta(days=rng.randint(span + 3, max(span + 4, _TWO_YEARS)))
        days = [start + timedelta(days=sum(lengths[:place])) for place in range(len(steps))]
        return _Course(days, start + timedelta(days=span), state)
    place = rng.randrange(len(steps)) if state == ProcessState.OPEN else rng.randrange(2)
    here = max(1, round(steps[place][2] * rng.uniform(0.1, 0.95)))
    start = today - timedelta(days=here + sum(lengths[:place]))
    days = [start + timedelta(days=sum(lengths[:each])) for each in range(place + 1)]
    ended = today - timedelta(days=rng.randint(0, here - 1)) if state == ProcessState.CANCELLED else None
    return _Course(days, ended, state)


def _registry_number(steps: Sequence[tuple[str, int, int]], course: _Course, rng: Random) -> str:
    for (key, _low, _high), day in zip(steps, course.days, strict=False):
        if key == _REGISTERED_FROM:
            return f"{rng.randint(10_000, 89_999)}/{day.year}"
    return ""


def _entries(process: Process, phases: Sequence[Phase], course: _Course) -> list[PhaseEntry]:
    return [
        PhaseEntry(
            company_id=process.company_id,
            customer_id=process.customer_id,
            process=process,
            phase=phase,
            entered_on=day,
        )
        for phase, day in zip(phases, course.days, strict=False)
    ]


def _notices(
    company: Company,
    office: OfficeFacts,
    process: Process,
    steps: Sequence[tuple[str, int, int]],
    course: _Course,
    rng: Random,
) -> list[Notice]:
    """What the office usually writes in the phases that it came to, up to three."""
    reached = {key: day for (key, _low, _high), day in zip(steps, course.days, strict=False)}
    possible = [key for key in _NOTICES if key in office.notices and office.notices[key].phase in reached]
    found = []
    for key in sorted(rng.sample(possible, min(len(possible), rng.randint(0, 3))), key=_NOTICES.index):
        facts = office.notices[key]
        day = reached[facts.phase] + timedelta(days=facts.days)
        at = datetime.combine(day, time(rng.randint(9, 16), rng.choice((5, 20, 35, 50))), company.zone)
        if at < timezone.now():
            found.append(
                Notice(
                    company=company,
                    customer_id=process.customer_id,
                    process=process,
                    is_marked=facts.is_marked,
                    published_at=at,
                    **by_language("title", facts.title),
                    **by_language("body", facts.body),
                )
            )
    return found
