"""Numbers that somebody pastes, each perhaps with a phase: which processes they are, and what stands in the way."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models.functions import Upper
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal
from portal_modules.core.languages import PUBLIC_LANGUAGES

from .actions import Following, check_move
from .exceptions import InLastPhase
from .models import Phase, Process
from .numbers import readings

MOST_LINES = 2000
_LONGEST_LINE = 300
# A table copied from a spreadsheet has tabs; what is typed has one of the others.
_SEPARATOR = re.compile(r"[;\t,|]")

NOT_FOUND = _("No process has this number.")
SEVERAL = _("Several processes have this number. Take the number for the lookup, which only one has.")
TWICE = _("It stands in the list already.")
NO_PHASE = _("No phase is chosen for it.")
UNKNOWN_PHASE = _("This kind of process has no phase of this name.")
TOO_LONG = _("This line is too long.")

Text = str | Promise


@dataclass(slots=True)
class PastedLine:
    """One line: what was written, and what it means."""

    line: int
    number: str
    phase_name: str = ""
    process: Process | None = None
    phase: Phase | None = None
    fault: Text = ""


def read_lines(text: str) -> list[PastedLine]:
    """The lines that are not empty, at most one more than may be."""
    found = []
    for position, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        number, _separator, phase = _parted(line.strip())
        found.append(PastedLine(position, number, phase, fault=TOO_LONG if len(line) > _LONGEST_LINE else ""))
        if len(found) > MOST_LINES:
            break
    return found


def _parted(line: str) -> tuple[str, str, str]:
    place = _SEPARATOR.search(line)
    if place is None:
        return line.strip(" \"'"), "", ""
    return line[: place.start()].strip(" \"'"), place[0], line[place.end() :].strip(" \"';,\t|")


def find_processes(
    lines: Sequence[PastedLine], phase: Phase | None, *, on: date, following: Following | None = None
) -> None:
    """Say for each line which process it is, into which phase, and why not.

    `phase` is for lines without one, or what is `following` in the kind of each.
    """
    by_number = _by_number(line.number for line in lines if not line.fault)
    phases = _phases_by_name()
    seen: Counter[UUID] = Counter()
    for line in lines:
        if line.fault:
            continue
        found = by_number.get(_key(line.number), [])
        if len(found) != 1:
            line.fault = SEVERAL if found else NOT_FOUND
            continue
        line.process = found[0]
        seen[line.process.pk] += 1
        if seen[line.process.pk] > 1:
            line.fault = TWICE
            continue
        if line.phase_name:
            line.phase = phases.get((line.process.kind_id, _key(line.phase_name)))
        else:
            line.phase = following.get(line.process.phase_id) if following is not None else phase
        is_at_its_end = following is not None and not line.phase_name and line.phase is None
        line.fault = InLastPhase.sentence if is_at_its_end else _fault_of(line, on)


def _fault_of(line: PastedLine, on: date) -> Text:
    if line.phase is None or line.process is None:
        return UNKNOWN_PHASE if line.phase_name else NO_PHASE
    try:
        check_move(line.process, line.phase, on=on)
    except Refusal as refusal:
        return refusal.sentence
    return ""


def _by_number(numbers: Iterable[str]) -> dict[str, list[Process]]:
    """The processes of each number as it was written: by the lookup's number, else by the registry's."""
    written = {_key(number): number for number in numbers if number}
    meant = {reading: key for key, number in written.items() for reading in readings(number)}
    processes = Process.objects.select_related("company", "kind", "phase", "customer")
    found: dict[str, list[Process]] = defaultdict(list)
    for process in processes.filter(lookup_number__in=meant):
        found[meant[process.lookup_number]].append(process)
    rest = [key for key in written if key not in found]
    named = processes.annotate(_number=Upper("registry_number")).filter(_number__in=rest)
    for process in named:
        found[_key(process.registry_number)].append(process)
    return found


def _phases_by_name() -> dict[tuple[int, str], Phase]:
    """Each phase by its name in any language."""
    found: dict[tuple[int, str], Phase] = {}
    for phase in Phase.objects.order_by("-position", "-pk"):
        for code in PUBLIC_LANGUAGES:
            if name := getattr(phase, f"name_{code}"):
                found[phase.kind_id, _key(name)] = phase
    return found


def _key(text: str) -> str:
    return " ".join(text.split()).upper()
