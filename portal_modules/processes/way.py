"""The way of a process: its phases, where it stands, what comes next and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max

from .choices import ProcessState
from .models import Phase, PhaseEntry, Process


@dataclass(frozen=True, slots=True)
class PhaseWords:
    """A phase of the kind, in the reader's language."""

    id: int
    name: str
    description: str
    customer_action: str
    usual_days_min: int | None
    usual_days_max: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One phase in the stepper; `state` is done, current or coming."""

    name: str
    description: str
    state: str
    entered_on: date | None


@dataclass(frozen=True, slots=True)
class Way:
    """All steps, and the words of the one that the process is in.

    `expected` has the days `from` and `until` between which the phase usually ends, and whether it is
    `overdue`; it is None where nobody knows.
    """

    kind: str
    phase: str
    customer_action: str
    next_step: str
    steps: list[Step]
    phase_number: int
    expected: dict[str, Any] | None

    @property
    def phase_count(self) -> int:
        """How many there are."""
        return len(self.steps)


def way_of(process: Process, today: date) -> Way:
    """The way of a process that was read whole, with two queries however long it was."""
    columns = ("id", "name", "description", "customer_action", "usual_days_min", "usual_days_max")
    phases = Phase.objects.filter(kind_id=process.kind_id).order_by("position", "id").values(*columns)
    entries = PhaseEntry.objects.filter(process=process).order_by().values_list("phase_id")
    return build_way(
        kind=process.kind.name,
        phases=[PhaseWords(**phase) for phase in phases],
        phase=process.phase_id,
        since=process.phase_since,
        state=process.state,
        entered=dict(entries.annotate(Max("entered_on"))),
        today=today,
    )


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
    )


def _expected(phase: PhaseWords, since: date, today: date) -> dict[str, Any] | None:
    if phase.usual_days_max is None:
        return None
    until = since + timedelta(days=phase.usual_days_max)
    return {
        "from": since + timedelta(days=phase.usual_days_min or 0),
        "until": until,
        "overdue": until < today,
    }
