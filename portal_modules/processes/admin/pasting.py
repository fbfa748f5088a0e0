"""The page where numbers are pasted: what would happen with each, and then to do it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from portal_modules.core.jobs import do_at_once, start_job
from portal_modules.core.rights import may

from ..actions import following_phases
from ..pasted import MOST_LINES, PastedLine, find_processes, read_lines
from .bulk import PhaseField, day_field, phases_to_choose

RIGHT = "processes.edit"
AT_ONCE = 20
_SHOWN = 500


class PasteForm(forms.Form):
    """Numbers, one a line, and the phase of those that do not name one."""

    numbers = forms.CharField(
        label=_("Numbers"),
        max_length=400_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocapitalize": "characters"}),
        help_text=_(
            "One a line: the number at the registry or the number for the lookup. A line may name its own "
            "phase after a semicolon or a tab, as two columns copied from a spreadsheet do."
        ),
    )
    phase = PhaseField(
        label=_("Phase"),
        queryset=None,
        required=False,
        empty_label=_("As each line says"),
        help_text=_("For the lines that do not name one."),
    )
    to_next = forms.BooleanField(
        label=_("To their next phase"),
        required=False,
        help_text=_("Lines that do not name a phase go to the one that comes next in their own kind."),
    )
    on = day_field(_("Since"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["phase"]
        field.queryset = phases_to_choose()

    def clean_to_next(self) -> bool:
        """One phase for all of them, or each the next one of its own."""
        to_next = bool(self.cleaned_data["to_next"])
        if to_next and self.cleaned_data.get("phase"):
            raise forms.ValidationError(_("Choose one phase for all of them, or their next phase."))
        return to_next

    def clean_numbers(self) -> str:
        """Some, and not too many."""
        lines = read_lines(self.cleaned_data["numbers"])
        if not lines:
            raise forms.ValidationError(_("Paste at least one number."))
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                _("At most %(most)s numbers can be moved at once."), params={"most": MOST_LINES}
            )
        return str(self.cleaned_data["numbers"])

    def lines(self) -> list[PastedLine]:
        """Each line with what it means."""
        lines = read_lines(self.cleaned_data["numbers"])
        data = self.cleaned_data
        find_processes(
            lines, data["phase"], on=data["on"], following=following_phases() if data["to_next"] else None
        )
        return lines


@require_http_methods(["GET", "HEAD", "POST"])
def paste_numbers(request: Any) -> HttpResponse:
    """Paste, look at what would happen, do it."""
    if not may(request.user, RIGHT):
        raise PermissionDenied
    form = PasteForm(request.POST or None)
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "processes/staff/paste.html", {"form": form}, status=status)
    lines = form.lines()
    good = [line for line in lines if not line.fault]
    if request.POST.get("step") == "do" and good and request.POST.get("good") == str(len(good)):
        return _start(request, form, lines)
    context = {
        "form": form,
        "lines": lines[:_SHOWN],
        "number": len(lines),
        "good": len(good),
        "reasons": Counter(str(line.fault) for line in lines if line.fault).most_common(),
        "has_changed": request.POST.get("step") == "do",
    }
    return render(request, "processes/staff/paste.html", context)


def _start(request: Any, form: PasteForm, lines: list[PastedLine]) -> HttpResponse:
    items = [
        (line.line, line.number, line.process.pk, line.phase.pk)
        for line in lines
        if not line.fault and line.process and line.phase
    ]
    on = form.cleaned_data["on"].isoformat()
    job = start_job("processes.move_pasted", by=request.user, parameters={"on": on}, items=items)
    if len(items) <= AT_ONCE:
        do_at_once(job)
    return redirect("core_job", job.pk)
