"""Taking in fiscal notes: one XML file, several, or a ZIP of many, with a report of what was not taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal_modules.core.exceptions import Refusal
from portal_modules.core.rights import may

from ..actions import take_in_note
from ..models import FiscalDocument
from ..papers.exceptions import FiscalFileRefused
from ..papers.fiscal_zip import xml_files
from ..papers.safe_xml import LARGEST

RIGHT = "billing.edit"
MOST_AT_ONCE: Final = 2000
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


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file."""

    name: str
    outcome: str
    note: FiscalDocument | None = None
    reason: str = ""


class _NothingTaken(Exception):  # noqa: N818 (it is no error)
    """Thrown where one was refused and all were asked for, so that nothing stays."""


@require_http_methods(["GET", "HEAD", "POST"])
def take_notes(request: Any) -> HttpResponse:
    """Choose a file, and see what came of it."""
    if not may(request.user, RIGHT):
        raise PermissionDenied
    form = TakeForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "billing/staff/take.html", {"form": TakeForm()})
    if not form.is_valid():
        return render(request, "billing/staff/take.html", {"form": form}, status=422)
    taken: list[Taken] = []
    undone = False
    try:
        with transaction.atomic():
            taken = _taken(form.cleaned_data["file"], request.user)
            if form.cleaned_data["all_or_nothing"] and any(each.reason for each in taken):
                raise _NothingTaken
    except _NothingTaken:
        undone = True
    except FiscalFileRefused as refusal:
        form.add_error("file", str(refusal))
        return render(request, "billing/staff/take.html", {"form": form}, status=422)
    context = {
        "form": TakeForm(),
        "taken": sorted(taken, key=lambda each: not each.reason)[:500],
        "counts": Counter(each.outcome for each in taken),
        "number": len(taken),
        "refused": sum(1 for each in taken if each.reason),
        "undone": undone,
    }
    return render(request, "billing/staff/take.html", context)


def _taken(file: Any, by: Any) -> list[Taken]:
    found = []
    for number, (name, data, refused) in enumerate(_files(file), 1):
        if number > MOST_AT_ONCE:
            raise FiscalFileRefused(_("This ZIP holds too many files. Please send it in parts."))
        found.append(Taken(name, "", reason=refused) if refused else _one(name, data, by))
    if not found:
        raise FiscalFileRefused(_("There is no XML file in it."))
    return found


def _files(file: Any) -> Iterator[tuple[str, bytes, str]]:
    begin = file.read(len(_ZIP))
    file.seek(0)
    if begin == _ZIP:
        stream: IO[bytes] = file.file
        for part in xml_files(stream):
            yield part.name, part.data, str(part.refusal) if part.refusal else ""
    elif file.size > LARGEST:
        yield file.name, b"", _("An XML file may have at most 1 MB.")
    else:
        yield file.name, file.read(), ""


def _one(name: str, data: bytes, by: Any) -> Taken:
    try:
        with transaction.atomic():
            note = take_in_note(data, by=by)
    except Refusal as refusal:
        return Taken(name, "", reason=str(refusal))
    return Taken(name, _("taken in"), note)
