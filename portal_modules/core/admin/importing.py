"""The pages of an import: which kind, the file, its columns, and, after the trial run, to do it."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal_modules.core.admin.exports import without_formula
from portal_modules.core.choices import JobState
from portal_modules.core.importing.exceptions import TableRefused
from portal_modules.core.importing.jobs import start_check, start_load
from portal_modules.core.importing.kinds import ImportKind, imports
from portal_modules.core.importing.storing import keep_table, remember_mapping
from portal_modules.core.jobs import do_at_once
from portal_modules.core.models import ImportFile, Job
from portal_modules.core.rights import may
from portal_modules.core.uploads import refused_uploads

AT_ONCE = 200  # so few rows are looked at and taken in while somebody waits
_RECENT = 10
_SAMPLES = 3


def kinds_for(user: Any) -> list[ImportKind]:
    """What this person may take in."""
    return [kind for kind in imports if may(user, kind.right)]


def _kind(request: Any, name: str) -> ImportKind:
    kind = imports.find(name)
    if kind is None:
        raise Http404
    if not may(request.user, kind.right):
        raise PermissionDenied
    return kind


def _table(request: Any, pk: UUID) -> tuple[ImportFile, ImportKind]:
    table = get_object_or_404(ImportFile.objects.select_related("check_job", "load_job"), pk=pk)
    return table, _kind(request, table.kind)


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        help_text=gettext_lazy(
            "CSV or XLSX with the names of the columns in its first row; at most 200,000 rows as CSV, 50,000 as XLSX."
        ),
    )


class ColumnsForm(forms.Form):
    """Which column of the file is which of ours."""

    def __init__(self, *args: Any, table: ImportFile, kind: ImportKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        choices = [("", _("Not in the file"))]
        choices += [(str(at), _heading(table, at)) for at, name in enumerate(table.headings) if name]
        for column in kind.columns:
            at = table.mapping.get(column.name)
            wanted = kind.wanted(column.name)
            self.fields[f"column_{column.name}"] = forms.ChoiceField(
                label=str(column.label),
                choices=choices,
                required=False,
                initial="" if at is None else str(at),
                help_text=format_html("<strong>{}</strong> {}", wanted, column.help)
                if wanted
                else str(column.help),
            )
        if kind.can_tell:
            self.fields["tells"] = forms.BooleanField(
                label=_("Tell customers of what is new"),
                required=False,
                initial=table.tells,
                help_text=_(
                    "Usually not: what is imported happened long ago, and nobody wants a thousand mails."
                ),
            )

    def clean(self) -> dict[str, Any]:
        """No column twice, and those that are needed."""
        data = super().clean() or self.cleaned_data
        mapping = self.mapping()
        names = {at: name for name, at in mapping.items()}
        for name, at in mapping.items():
            if names[at] != name:
                self.add_error(
                    f"column_{name}", _("This column of the file is chosen for another one already.")
                )
        for needed in self.kind.needs:
            if not needed & mapping.keys():
                for one in needed:
                    self.add_error(f"column_{one}", _("Choose the column of the file that this is."))
                labels = ", ".join(self.kind.labels(needed))
                said = (
                    _("One of these is needed: %(names)s.")
                    if len(needed) > 1
                    else _("This is needed: %(names)s.")
                )
                self.add_error(None, said % {"names": labels})
        return data

    def mapping(self) -> dict[str, int]:
        """The position in the file of each column that is in it."""
        found = {column.name: self.cleaned_data.get(f"column_{column.name}") for column in self.kind.columns}
        return {name: int(at) for name, at in found.items() if at}


def _heading(table: ImportFile, at: int) -> str:
    """The name of a column and what stands in its first rows."""
    seen = [cells[at] for cells in table.sample[:_SAMPLES] if cells[at]]
    examples = ", ".join(text[:24] for text in seen)
    return f"{table.headings[at]} ({examples})" if examples else str(table.headings[at])


@require_safe
def import_list(request: Any) -> HttpResponse:
    """What can be taken in, and what was."""
    kinds = kinds_for(request.user)
    recent = ImportFile.objects.filter(kind__in=[kind.name for kind in kinds], load_job__isnull=False)
    tables = recent.select_related("load_job")[:_RECENT]
    return render(request, "core/admin/imports.html", {"kinds": kinds, "tables": tables})


@require_http_methods(["GET", "HEAD", "POST"])
def import_upload(request: Any, name: str) -> HttpResponse:
    """Bring a file."""
    kind = _kind(request, name)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        for refusal in refused_uploads(request):
            form.add_error("file", str(refusal))
        if form.is_valid():
            table = _kept(kind, form, request.user)
            if table:
                return redirect("core_import_columns", table.pk)
    status = 422 if form.errors else 200
    columns = [(column, kind.wanted(column.name)) for column in kind.columns]
    context = {"kind": kind, "form": form, "columns": columns}
    return render(request, "core/admin/import_upload.html", context, status=status)


def _kept(kind: ImportKind, form: UploadForm, by: Any) -> ImportFile | None:
    upload: UploadedFile = form.cleaned_data["file"]
    try:
        return keep_table(kind, upload, by=by)
    except TableRefused as refusal:
        form.add_error("file", str(refusal))
        return None


@require_safe
def import_template(request: Any, name: str) -> HttpResponse:
    """An empty table with the right headings and some examples."""
    kind = _kind(request, name)
    text = StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";")
    writer.writerow([str(column.label) for column in kind.columns])
    for number in range(max(len(column.examples) for column in kind.columns)):
        cells = [
            str(column.examples[number]) if number < len(column.examples) else "" for column in kind.columns
        ]
        writer.writerow(map(without_formula, cells))
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    file_name = f"{kind.label}.csv"
    response.headers["Content-Disposition"] = content_disposition_header(True, file_name) or "attachment"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: Any, pk: UUID) -> HttpResponse:
    """Say which column is which, and have the table looked at."""
    table, kind = _table(request, pk)
    form = ColumnsForm(request.POST if request.method == "POST" else None, table=table, kind=kind)
    if request.method == "POST" and form.is_valid():
        table.mapping, table.tells = form.mapping(), bool(form.cleaned_data.get("tells"))
        table.check_job = start_check(table, by=request.user)
        table.save(update_fields=["mapping", "tells", "check_job"])
        remember_mapping(table)
        return _to_job(table, table.check_job)
    context = {"table": table, "kind": kind, "form": form, "unused": _unused(table)}
    return render(request, "core/admin/import_columns.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def import_confirm(request: Any, pk: UUID) -> HttpResponse:
    """After the trial run: the sums, and the button."""
    table, kind = _table(request, pk)
    job = table.check_job
    if job is None or job.state != JobState.DONE:
        return redirect("core_job", job.pk) if job else redirect("core_import_columns", table.pk)
    if request.method == "POST":
        # A second press does not import twice, and a second import of the same changes nothing anyway.
        if table.load_job is None or not table.load_job.is_open:
            table.load_job = start_load(
                table, by=request.user, all_or_nothing="all_or_nothing" in request.POST
            )
            table.save(update_fields=["load_job"])
        return _to_job(table, table.load_job)
    return render(request, "core/admin/import_confirm.html", {"table": table, "kind": kind, "job": job})


def _to_job(table: ImportFile, job: Job) -> HttpResponse:
    if table.row_count <= AT_ONCE:
        do_at_once(job)
    return redirect("core_job", job.pk)


def _unused(table: ImportFile) -> list[str]:
    """Columns of the file that were not understood."""
    used = set(table.mapping.values())
    return [name for at, name in enumerate(table.headings) if name and at not in used]
