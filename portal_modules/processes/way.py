"""The way of a process: its phases, where it stands, what comes next and when.

Read as plain rows, in the reader's language, from the columns that a number opens too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max
from modeltranslation.utils import get_language, resolution_order

from portal_modules.core.languages import PUBLIC_LANGUAGES

from .choices import ProcessState
from .models import Phase, PhaseEntry

Row = dict[str, Any]

_KIND_NAMES = {language: f"kind__name_{language}" for language in PUBLIC_LANGUAGES}


@dataclass(frozen=True, slots=True)
class Standing:
    """What has to be known of a process to tell its way."""

    process: UUID
    kind: int
    phase: int
    phase_since: date
    state: str


@dataclass(frozen=True, slots=True)
class Step:
    """One phase in the stepper; `state` is done, current or coming."""

    name: str
    description: str
    state: str
    entered_on: date | None


@dataclass(frozen=True, slots=True)
class Way:
    """All steps, and the words of the one that the process is in."""

    kind: str
    phase: str
    description: str
    customer_action: str
    next_step: str
    steps: list[Step]
    phase_number: int
    expected: dict[str, Any] | None

    @property
    def phase_count(self) -> int:
        """How many there are."""
        return len(self.steps)


def way_of(standing: Standing, today: date) -> Way:
    """Two queries, however long the way was."""
    phases = _phases(standing.kind)
    place = next(place for place, phase in enumerate(phases) if phase["id"] == standing.phase)
    entered = _entered(standing.process)
    is_open = standing.state == ProcessState.OPEN
    steps = [
        Step(
            name=phase["name"],
            description=phase["description"],
            state=_state(number, place, standing.state),
            entered_on=_day(phase["id"], number, place, standing, entered),
        )
        for number, phase in enumerate(phases)
    ]
    current = phases[place]
    return Way(
        kind=_kind_name(current),
        phase=current["name"],
        description=current["description"],
        customer_action=current["customer_action"] if is_open else "",
        next_step=phases[place + 1]["name"] if is_open and place + 1 < len(phases) else "",
        steps=steps,
        phase_number=place + 1,
        expected=_expected(current, standing, today) if is_open else None,
    )


def _phases(kind: int) -> list[Row]:
    columns = ("id", "name", "description", "customer_action", "usual_days_min", "usual_days_max")
    phases = Phase.objects.filter(kind_id=kind).order_by("position", "id")
    return list(phases.values(*columns, *_KIND_NAMES.values()))


def _kind_name(phase: Row) -> str:
    """Chosen here: the translation of fields does not reach across a relation."""
    names = (phase[_KIND_NAMES[language]] for language in resolution_order(get_language()))
    return next((name for name in names if name), "")


def _entered(process: UUID) -> dict[int, date]:
    """The last day on which each phase was entered."""
    entries = PhaseEntry.objects.filter(process_id=process).order_by()
    return dict(entries.values_list("phase_id").annotate(Max("entered_on")))


def _state(number: int, place: int, state: str) -> str:
    if number < place or (number == place and state == ProcessState.CLOSED):
        return "done"
    return "current" if number == place else "coming"


def _day(phase: int, number: int, place: int, standing: Standing, entered: dict[int, date]) -> date | None:
    """A phase that is still to come has no day, though the process may have been in it and gone back."""
    if number == place:
        return standing.phase_since
    return entered.get(phase) if number < place else None


def _expected(phase: Row, standing: Standing, today: date) -> dict[str, Any] | None:
    """The days between which the phase usually ends; None where nobody knows."""
    low, high = phase["usual_days_min"] or 0, phase["usual_days_max"]
    if high is None:
        return None
    until = standing.phase_since + timedelta(days=high)
    return {"from": standing.phase_since + timedelta(days=low), "until": until, "overdue": until < today}
