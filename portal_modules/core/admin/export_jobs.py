"""Exports of more rows than somebody wants to wait for: a job, whose file is fetched from its page."""

from __future__ import annotations

import tempfile
from typing import Any

from django.core.files import File
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from portal_modules.core.admin.exports import EXPORT_JOB, file_name, write
from portal_modules.core.admin.index import RegisterIndexView
from portal_modules.core.admin.registers import registers
from portal_modules.core.companies import card_of_company
from portal_modules.core.exceptions import Refusal
from portal_modules.core.jobs import Chunk, JobKind, Text, jobs
from portal_modules.core.models import Job, StaffMembership


@jobs.kind
class ExportRows(JobKind):
    """The rows of a register as a file: one step, because a file is whole or not there."""

    name = EXPORT_JOB
    label = gettext_lazy("Export")

    def title(self, job: Job) -> str:
        """What is exported, and as what."""
        register = _register(job)
        if register is None:
            return str(self.label)
        return f"{self.label} · {capfirst(register.opts.verbose_name_plural)} · {job.parameters['format'].upper()}"

    def links(self, job: Job) -> list[tuple[Text, str]]:
        """Back to the list."""
        register = _register(job)
        if register is None:
            return []
        query = job.parameters.get("query") or "all=1"
        return [
            (str(capfirst(register.opts.verbose_name_plural)), f"{register.url_helper.index_url}?{query}")
        ]

    def work(self, chunk: Chunk) -> None:
        """Write it, for somebody who may still see the rows."""
        job = chunk.job
        register, person = _register(job), _still_staff(chunk.by)
        if register is None or person is None or not register.permission_helper.user_can_list(person):
            raise Refusal(_("This cannot be done any more."))
        view: RegisterIndexView = register.index_view_class.of_query(
            register, person, job.parameters["query"]
        )
        with tempfile.TemporaryFile() as file:
            chunk.done(write(view.export_columns(), view.queryset, file, job.parameters["format"]))
            file.seek(0)
            job.file.save("rows", File(file), save=False)
        job.file_name = file_name(view, job.parameters["format"])


def _register(job: Job) -> Any | None:
    """The register of a job. A worker has not met the registers before."""
    hooks.search_for_hooks()
    return registers.get(job.parameters.get("register", ""))


def _still_staff(person: Any | None) -> Any | None:
    """Whoever started it, with the role that they have now."""
    place = StaffMembership.objects.filter(user=person).select_related("company").first() if person else None
    if person is None or place is None:
        return None
    person.staff_role, person.staff_modules = place.role, card_of_company(place.company).modules
    return person
