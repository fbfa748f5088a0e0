"""Long work of payments: taking in the lines of a bank file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal_modules.core.exceptions import Refusal
from portal_modules.core.jobs import Chunk, JobKind, Text, jobs
from portal_modules.core.models import Job

from .actions.bank import READ_FILE, keep_lines, match_lines, statement_of
from .models import BankFile


@jobs.kind
class ReadBankFile(JobKind):
    """Each line once, whichever file it comes with; at the end what each may be for is proposed."""

    name = READ_FILE
    label = _("Bank file")
    right = "payments.edit"
    chunk_size = 5000
    count_labels: ClassVar[Mapping[str, Text]] = {
        "new": pgettext_lazy("rows", "New"),
        "known": _("Came with another file"),
    }

    def title(self, job: Job) -> str:
        """With the name of the file."""
        file = _file(job)
        return f"{self.label} · {file.name}" if file else str(self.label)

    def links(self, job: Job) -> list[tuple[Text, str]]:
        """To its lines."""
        return [
            (
                _("See its lines"),
                reverse("payments_bankfile_modeladmin_inspect", args=[job.parameters["file"]]),
            )
        ]

    def work(self, chunk: Chunk) -> None:
        """Some of the lines."""
        file = _file(chunk.job)
        if file is None:
            raise Refusal(_("The file is not there any more."))
        lines = statement_of(file).lines[chunk.start : chunk.stop]
        new = keep_lines(file, lines)
        chunk.count("new", new)
        chunk.count("known", len(lines) - new)
        chunk.done(len(lines))

    def finish(self, job: Job) -> None:
        """Lay them beside what is open."""
        file = _file(job)
        if file is not None:
            match_lines(file.lines.all())


def _file(job: Job) -> BankFile | None:
    found: BankFile | None = BankFile.objects.filter(pk=job.parameters["file"]).first()
    return found
