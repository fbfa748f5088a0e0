"""Looking at a table and loading it, as long work."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal_modules.core.exceptions import Refusal
from portal_modules.core.jobs import Chunk, JobKind, Text, jobs, start_job
from portal_modules.core.languages import filled
from portal_modules.core.models import ImportFile, Job

from .kinds import CHANGED, NEW, SAME, UNDONE, ImportKind, Load, Row, imports
from .repeating import note_repetitions, repetitions_in
from .storing import read_rows

_CONTRADICTS = gettext_lazy("Line %(line)s says something else of the same: one of them is wrong.")
_WHAT = 3  # so many cells tell whoever reads the report which line it is


def start_check(table: ImportFile, *, by: Any) -> Job:
    """Have a table looked at: all is counted and nothing written."""
    return _start(CheckTable.name, table, by)


def start_load(table: ImportFile, *, by: Any, all_or_nothing: bool = False) -> Job:
    """Have a table taken in: all rows that are right or, with `all_or_nothing`, none where one is refused."""
    return _start(LoadTable.name, table, by, all_or_nothing=all_or_nothing)


def _start(name: str, table: ImportFile, by: Any, **more: Any) -> Job:
    kind = imports.find(table.kind)
    if kind is None:
        raise Refusal
    parameters = {
        "table": str(table.pk),
        "kind": table.kind,
        "file": table.name,
        "mapping": table.mapping,
        "tells": table.tells,
        **more,
    }
    return start_job(name, by=by, right=kind.right, total=table.row_count, parameters=parameters)


class _TableJob(JobKind):
    """What both have in common: they read on where the last chunk stopped."""

    writes: ClassVar[bool]
    words: ClassVar[Text]

    def size_of_chunk(self, job: Job) -> int:
        """As the kind of table says; all of it at once where it is all or nothing."""
        if job.parameters.get("all_or_nothing"):
            return max(1, job.total)
        kind = imports.find(job.parameters["kind"])
        return kind.chunk_size if kind else self.chunk_size

    def title(self, job: Job) -> str:
        """With the name of the file."""
        return f"{self.words} · {job.parameters['file']}"

    def work(self, chunk: Chunk) -> None:
        """Read the rows of a chunk, and have the kind load them."""
        table = ImportFile.objects.select_related("company").filter(pk=chunk.parameters["table"]).first()
        kind = imports.find(table.kind) if table else None
        if table is None or kind is None:
            raise Refusal(gettext_lazy("The file is not there any more."))
        try:
            with _nothing_collected(), transaction.atomic():
                for part in _in_steps(chunk, kind):
                    self._count(chunk, self._loaded(part, table, kind))
                if chunk.parameters.get("all_or_nothing") and chunk.has_refused:
                    raise _NothingTaken
        except _NothingTaken:
            chunk.take_back(UNDONE)

    def _loaded(self, chunk: Chunk, table: ImportFile, kind: ImportKind) -> list[Row]:
        mapping = chunk.parameters["mapping"]
        with table.rows_file.open("rb") as file:
            if chunk.start == 0:
                note_repetitions(chunk.job, table.company, kind, read_rows(file, mapping))
                file.seek(0)
            else:
                file.seek(chunk.job.bookmark["byte"])
            rows = _rows_of(chunk, kind, file, mapping)
        found = repetitions_in(chunk.job, rows)
        for row in rows:
            if other := found.otherwise.get(row.line):
                row.refuse(filled(_CONTRADICTS, line=other))
        load = Load(
            table.company, rows, chunk.by, self.writes, bool(chunk.parameters.get("tells")), found.again
        )
        with transaction.atomic():
            kind.load(load)
        return rows

    def _count(self, chunk: Chunk, rows: list[Row]) -> None:
        for row in rows:
            if row.is_refused:
                what = " · ".join([cell for cell in row.values.values() if cell][:_WHAT])
                chunk.refuse(row.reason, what=what, line=row.line)
        for outcome, many in Counter(row.outcome or SAME for row in rows if not row.is_refused).items():
            chunk.done(many)
            chunk.count(outcome, many)


class _NothingTaken(Exception):  # noqa: N818 (it is no error)
    """Thrown where a row was refused and all were asked for, so that nothing stays."""


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Rows live until their chunk ends: looking for garbage among them took a fifth of the time of an import."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _in_steps(chunk: Chunk, kind: ImportKind) -> Iterator[Chunk]:
    """A chunk that is all of a table, in pieces that fit into the memory; any other as it is."""
    for start in range(chunk.start, chunk.stop, kind.chunk_size):
        yield Chunk(chunk.job, start, min(start + kind.chunk_size, chunk.stop))


def _rows_of(chunk: Chunk, kind: ImportKind, file: Any, mapping: Mapping[str, int]) -> list[Row]:
    """The rows of a chunk, and those after them that belong to the last: the next chunk begins behind these."""
    bookmark = chunk.job.bookmark
    ahead = int(bookmark.get("ahead", 0)) if chunk.start else 0
    size = chunk.stop - chunk.start
    most = max(0, size - ahead)
    rows = [Row(line, values) for line, values in read_rows(file, mapping, most=most)]
    after = file.tell()
    more = 0
    if kind.together and rows:
        for line, values in read_rows(file, mapping):
            if not values.get(kind.together) or values[kind.together] != rows[-1].get(kind.together):
                break
            rows.append(Row(line, values))
            after, more = file.tell(), more + 1
    bookmark["byte"], bookmark["ahead"] = after, max(0, ahead - size) + more
    return rows


@jobs.kind
class CheckTable(_TableJob):
    """The dry run."""

    name = "core.check_table"
    label = gettext_lazy("Look at a file")
    words = gettext_lazy("Trial run, nothing is written")
    writes = False
    count_labels: ClassVar[Mapping[str, Text]] = {
        NEW: gettext_lazy("Will be new"),
        CHANGED: gettext_lazy("Will change"),
        SAME: gettext_lazy("Already as in the file"),
    }

    def links(self, job: Job) -> list[tuple[Text, str]]:
        """On to the import, or back to the columns."""
        table = job.parameters["table"]
        return [
            (gettext_lazy("Go on to the import"), reverse("core_import_confirm", args=[table])),
            (gettext_lazy("Back to the columns"), reverse("core_import_columns", args=[table])),
        ]


@jobs.kind
class LoadTable(_TableJob):
    """The import."""

    name = "core.load_table"
    label = gettext_lazy("Import")
    words = gettext_lazy("Import")
    writes = True
    count_labels: ClassVar[Mapping[str, Text]] = {
        NEW: pgettext_lazy("rows", "New"),
        CHANGED: gettext_lazy("Changed"),
        SAME: gettext_lazy("Already as in the file"),
        UNDONE: gettext_lazy("Right, but not taken in because others were refused"),
    }

    def links(self, job: Job) -> list[tuple[Text, str]]:
        """To the register, and to another file."""
        table = ImportFile.objects.filter(pk=job.parameters["table"]).first()
        kind = imports.find(table.kind) if table else None
        if kind is None:
            return []
        return [
            (gettext_lazy("See them in the list"), reverse(kind.register)),
            (gettext_lazy("Import another file"), reverse("core_import_upload", args=[kind.name])),
        ]
