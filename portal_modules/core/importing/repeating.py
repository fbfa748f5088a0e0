"""Which lines of a table say again, or otherwise, what an earlier one has said.

It is found out once, when the table is first read, and kept beside the job in blocks: a chunk reads its own, so that
a table of a hundred thousand lines is not asked for all of them by each of its chunks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from portal_modules.core.models import Company, Job, JobItem

from .kinds import ImportKind, Row

LINES_IN_A_BLOCK: Final = 5000


@dataclass(slots=True)
class Repetitions:
    """By line: which of its parts (`ImportKind.parts`) were said before; and which line it contradicts."""

    again: dict[int, frozenset[int]] = field(default_factory=dict)
    otherwise: dict[int, int] = field(default_factory=dict)


def note_repetitions(
    job: Job, company: Company, kind: ImportKind, rows: Iterable[tuple[int, Mapping[str, str]]]
) -> None:
    """Find them in all rows of a table, and keep them."""
    first: dict[str, tuple[int, tuple[str, ...]]] = {}
    blocks: defaultdict[int, dict[str, dict[int, Any]]] = defaultdict(lambda: {"again": {}, "otherwise": {}})
    for line, values in rows:
        for number, part in enumerate(kind.parts(company, values)):
            if part is None:
                continue
            key, said = part
            before_line, before = first.setdefault(key, (line, said))
            if before_line == line:
                continue
            both = _together(before, said)
            if both is None:
                blocks[line // LINES_IN_A_BLOCK]["otherwise"][line] = before_line
            elif both == before:
                blocks[line // LINES_IN_A_BLOCK]["again"].setdefault(line, []).append(number)
            else:
                first[key] = (before_line, both)
    job.items.all().delete()
    JobItem.objects.bulk_create(
        JobItem(job=job, company_id=job.company_id, number=number, value=value)
        for number, value in sorted(blocks.items())
    )


def _together(before: tuple[str, ...], said: tuple[str, ...]) -> tuple[str, ...] | None:
    """What two lines say of the same; None where they contradict each other. What is empty contradicts nothing."""
    if before == said:
        return before
    pairs = list(zip(before, said, strict=True))
    if any(one and other and one != other for one, other in pairs):
        return None
    return tuple([one or other for one, other in pairs])


def repetitions_in(job: Job, rows: Sequence[Row]) -> Repetitions:
    """Those that some rows, which follow one another, are part of."""
    found = Repetitions()
    if not rows:
        return found
    first, last = (rows[at].line // LINES_IN_A_BLOCK for at in (0, -1))
    for value in job.items.filter(number__range=(first, last)).values_list("value", flat=True):
        found.again |= {int(line): frozenset(parts) for line, parts in value["again"].items()}
        found.otherwise |= {int(line): other for line, other in value["otherwise"].items()}
    return found
