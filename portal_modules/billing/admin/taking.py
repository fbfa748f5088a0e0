"""Taking in fiscal notes: one XML file, or a ZIP of many, as a job with a report of what was not taken."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal_modules.core.jobs import do_at_once, start_job
from portal_modules.core.models import Job
from portal_modules.core.rights import may

from ..jobs import NOTES_JOB
from ..papers.exceptions import FiscalFileRefused
from ..papers.fiscal_zip import how_many_files
from ..papers.safe_xml import LARGEST

RIGHT = "billing.edit"
LARGEST_ZIP: Final = 100 * 1024 * 1024
AT_ONCE: Final = 20  # files that somebody waits for
_ZIP: Final = b"PK"


class TakeForm(forms.Form):
    """One file: XML or a ZIP of XML files."""

    file = forms.FileField(
        label=gettext_lazy("XML file, or a ZIP with many"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,.zip"}),
    )
    all_or_nothing = forms.BooleanField(
        label=gettext_lazy("Take in nothing if one of them is refused"), required=False
    )

    number, is_zip = 1, False

    def clean_file(self) -> Any:
        """A ZIP is told by its content; how many files it names is all that is looked at here."""
        file = self.cleaned_data["file"]
        self.is_zip = file.read(len(_ZIP)) == _ZIP
        file.seek(0)
        if self.is_zip and file.size > LARGEST_ZIP:
            raise forms.ValidationError(_("A ZIP may have at most 100 MB. Please send it in parts."))
        if not self.is_zip and file.size > LARGEST:
            raise forms.ValidationError(_("An XML file may have at most 1 MB."))
        try:
            self.number = how_many_files(file) if self.is_zip else 1
        except FiscalFileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        file.seek(0)
        if not self.number:
            raise forms.ValidationError(_("There is no XML file in it."))
        return file


@require_http_methods(["GET", "HEAD", "POST"])
def take_notes(request: Any) -> HttpResponse:
    """Choose a file, and go on to what comes of it."""
    if not may(request.user, RIGHT):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "billing/staff/take.html", {"form": TakeForm()})
    form = TakeForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "billing/staff/take.html", {"form": form}, status=422)
    job = _start(form, request.user)
    if form.number <= AT_ONCE:
        do_at_once(job)
    return redirect("core_job", job.pk)


def _start(form: TakeForm, by: Any) -> Job:
    """The job with its file, which goes with it later."""
    file = form.cleaned_data["file"]
    parameters = {"is_zip": form.is_zip, "all_or_nothing": form.cleaned_data["all_or_nothing"]}
    job = start_job(NOTES_JOB, by=by, total=form.number, parameters=parameters)
    job.file_name = PurePath(file.name).name[:140]
    job.file.save("notes", File(file.file), save=False)
    job.save(update_fields=["file", "file_name"])
    return job
