"""The way of a process: its phases, where it stands, what comes next and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .choices import ProcessState

# From so many closed cases on, what they took is said instead of the usual days.
ENOUGH_CASES = 20


@dataclass(frozen=True, slots=True)
class PhaseWords:
    """A phase of the kind, in the reader's language."""

    id: int
    name: str
    description: str
    customer_action: str
    usual_days_min: int | None
    usual_days_max: int | None
    closed_count: int | None = None
    median_days: int | None = None
    high_days: int | None = None
    median_left: int | None = None
    high_left: int | None = None

    @property
    def is_measured(self) -> bool:
        """Have enough cases been closed to say how long it takes?"""
        return (self.closed_count or 0) >= ENOUGH_CASES

    def days(self) -> tuple[int, int] | None:
        """How long the phase takes: measured, else the usual days; None where nobody knows."""
        if self.is_measured:
            return self.median_days or 0, self.high_days or 0
        if self.usual_days_max is None:
            return None
        return self.usual_days_min or 0, self.usual_days_max


@dataclass(frozen=True, slots=True)
class Step:
    """One phase in the stepper; `state` is done, current or coming."""

    name: str
    description: str
    state: str
    entered_on: date | None


@dataclass(frozen=True, slots=True)
class Expected:
    """The days between which something is likely to end.

    `cases` is the number of closed ones that tell; 0 where these are the usual days of the office.
    """

    begin: date
    until: date
    cases: int
    overdue: bool = False

    @property
    def basis(self) -> str:
        """What it stands on, in words."""
        if not self.cases:
            return _("usual time")
        return ngettext("from %(count)s closed case", "from %(count)s closed cases", self.cases) % {
            "count": self.cases
        }


@dataclass(frozen=True, slots=True)
class Way:
    """All steps, and the words of the one that the process is in.

    `expected` is when the phase ends, `finish` when all of it does; None where nobody knows.
    """

    kind: str
    phase: str
    customer_action: str
    next_step: str
    steps: list[Step]
    phase_number: int
    expected: Expected | None
    finish: Expected | None = None

    def without_times(self) -> Way:
        """The same, silent about when anything ends."""
        return replace(self, expected=None, finish=None)

    @property
    def phase_count(self) -> int:
        """How many there are."""
        return len(self.steps)


def build_way(
    *,
    kind: str,
    phases: Sequence[PhaseWords],
    phase: int,
    since: date,
    state: str,
    entered: Mapping[int, date],
    today: date,
) -> Way:
    """`phases` in their order, `phase` the one it is in `since` that day, `entered` the last day in each."""
    place = next(place for place, each in enumerate(phases) if each.id == phase)
    is_open = state == ProcessState.OPEN
    current, later = phases[place], phases[place + 1 :]
    done = [Step(each.name, each.description, "done", entered.get(each.id)) for each in phases[:place]]
    here = Step(
        current.name, current.description, "done" if state == ProcessState.CLOSED else "current", since
    )
    # A phase that was left backwards is still to come: its day is of the past.
    coming = [Step(each.name, each.description, "coming", None) for each in later]
    return Way(
        kind=kind,
        phase=current.name,
        customer_action=current.customer_action if is_open else "",
        next_step=later[0].name if is_open and later else "",
        steps=[*done, here, *coming],
        phase_number=place + 1,
        expected=_expected(current, since, today) if is_open else None,
        finish=_finish(current, later, since, today) if is_open else None,
    )


def _expected(phase: PhaseWords, since: date, today: date) -> Expected | None:
    days = phase.days()
    if days is None:
        return None
    until = since + timedelta(days=days[1])
    cases = (phase.closed_count or 0) if phase.is_measured else 0
    return Expected(since + timedelta(days=days[0]), until, cases, overdue=until < today)


def _finish(phase: PhaseWords, later: Sequence[PhaseWords], since: date, today: date) -> Expected | None:
    """When all is done: as in the cases that came through this phase, else by the days of what is left.

    Nothing is said where it should be over already: the phase says that it takes longer.
    """
    days, cases = [each.days() for each in (phase, *later)], 0
    if phase.is_measured:
        least, most, cases = phase.median_left or 0, phase.high_left or 0, phase.closed_count or 0
    elif later and all(days):
        least, most = (sum(each[place] for each in days if each) for place in (0, 1))
    else:
        return None
    until = since + timedelta(days=most)
    return None if until <= today else Expected(max(since + timedelta(days=least), today), until, cases)
