"""Long work of billing: packs for accountants, and fiscal notes out of files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal_modules.core.companies import card_in_scope
from portal_modules.core.jobs import Chunk, JobKind, Text, jobs
from portal_modules.core.models import Job

from .actions import finish_pack, take_in_note
from .actions.packs import PACK_JOB
from .models import AccountantPack
from .packing import draw_paper, write_pack
from .papers.fiscal_parts import notes_in
from .papers.fiscal_zip import ZippedFile, xml_files
from .papers.safe_xml import LARGEST

NOTES_JOB: Final = "billing.take_notes"


@jobs.kind
class MakePack(JobKind):
    """An accountant's pack: its papers are drawn one by one, and at the end put into one ZIP."""

    name = PACK_JOB
    label = _("Pack for an accountant")
    right = "billing.view"
    chunk_size = 10

    def title(self, job: Job) -> str:
        """Whose it is."""
        pack = _pack(job)
        return f"{self.label} · {pack.customer.name}" if pack else str(self.label)

    def work(self, chunk: Chunk) -> None:
        """Draw some; nobody waits for a pack that is gone."""
        if _pack(chunk.job) is None:
            return
        card = card_in_scope()
        for item in chunk.items:
            kind, pk = item.value
            with chunk.trying(what=pk):
                draw_paper(kind, UUID(pk), card)

    def finish(self, job: Job) -> None:
        """Put them together, and tell who waits."""
        pack = _pack(job)
        if pack is not None and pack.made_at is None:
            write_pack(pack, card_in_scope())
            finish_pack(pack)


@jobs.kind
class TakeNotes(JobKind):
    """Fiscal notes out of one XML file, or of a ZIP of many; a step is a file."""

    name = NOTES_JOB
    label = _("Take in fiscal notes")
    right = "billing.edit"
    chunk_size = 50
    count_labels: ClassVar[Mapping[str, Text]] = {
        "notes": _("Fiscal notes"),
        "undone": _("Right, but not taken in because others were refused"),
    }

    def title(self, job: Job) -> str:
        """With the name of the file."""
        return f"{self.label} · {job.file_name}"

    def size_of_chunk(self, job: Job) -> int:
        """All of them at once where it is all or nothing."""
        return max(1, job.total) if job.parameters.get("all_or_nothing") else self.chunk_size

    def links(self, job: Job) -> list[tuple[Text, str]]:
        """To the notes, and to the next file."""
        return [
            (_("See them in the list"), reverse("billing_fiscaldocument_modeladmin_index")),
            (_("Take in another file"), reverse("billing_take_notes")),
        ]

    def work(self, chunk: Chunk) -> None:
        """Each file by itself, and each note of it."""
        try:
            with transaction.atomic():
                for line, file in enumerate(_files_of(chunk), start=chunk.start + 1):
                    _take_in(chunk, line, file)
                if chunk.parameters.get("all_or_nothing") and chunk.has_refused:
                    raise _NothingTaken
        except _NothingTaken:
            chunk.take_back("undone")


class _NothingTaken(Exception):  # noqa: N818 (it is no error)
    """Thrown where one was refused and all were asked for, so that nothing stays."""


def _files_of(chunk: Chunk) -> Iterator[ZippedFile]:
    with chunk.job.file.open("rb") as file:
        if chunk.parameters.get("is_zip"):
            yield from xml_files(file, chunk.start, chunk.stop)
        else:
            yield ZippedFile(chunk.job.file_name, file.read(LARGEST + 1))


def _take_in(chunk: Chunk, line: int, file: ZippedFile) -> None:
    if file.refusal is not None:
        chunk.refuse(file.refusal.sentence, what=file.name, line=line)
        return
    with chunk.trying(what=file.name, line=line):
        notes = notes_in(file.data)
        for note in notes:
            take_in_note(note, by=chunk.by)
        chunk.count("notes", len(notes))


def _pack(job: Job) -> AccountantPack | None:
    rows: Any = AccountantPack.objects.select_related("customer__company")
    found: AccountantPack | None = rows.filter(pk=job.parameters.get("pack")).first()
    return found
