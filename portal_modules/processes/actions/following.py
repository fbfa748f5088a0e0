"""Moving processes of several kinds on, each into the phase that comes next in its own kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db import transaction

from .. import exceptions
from ..choices import ProcessState
from ..models import Phase, PhaseEntry, Process
from .processes import check_move, move_to_phase

# The phase that comes after each, by its key; the last of a kind has none.
Following = Mapping[int, Phase]


def following_phases() -> Following:
    """What comes after each phase of every kind, in one statement."""
    phases = Phase.objects.select_related("kind").order_by("kind", "position", "pk")
    return {one.pk: other for one, other in pairwise(phases) if one.kind_id == other.kind_id}


def check_move_on(process: Process, following: Following, *, on: date) -> Phase:
    """The phase that it would enter; raises what stands in the way."""
    if process.state != ProcessState.OPEN:
        raise exceptions.ProcessNotOpen
    phase = following.get(process.phase_id)
    if phase is None:
        raise exceptions.InLastPhase
    check_move(process, phase, on=on)
    return phase


@transaction.atomic
def move_on(
    process: Process, following: Following, *, by: Any | None, on: date, seen_at: datetime
) -> Process:
    """Have it enter its next phase, unless somebody has moved it since it was looked at.

    "The next" is another phase each time, so pressing twice would move it twice.
    """
    locked = (
        Process.objects.select_for_update(no_key=True, of=("self",))
        .select_related("company", "kind")
        .get(pk=process.pk)
    )
    if PhaseEntry.objects.filter(process=locked, created_at__gt=seen_at).exists():
        raise exceptions.MovedMeanwhile
    return move_to_phase(locked, check_move_on(locked, following, on=on), by=by, on=on)
