"""Invitations in the back office: many at once, what became of them, and reminding the rest."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal_modules.customers.models import CustomerGroup

from .actions.waves import begin_wave, remind_wave
from .invitations import invitation_list, needs_right
from .inviting_many import MOST, PATIENCE, counted, first_of, meant, to_invite, to_remind
from .models import Invitation, InvitationWave

_WHOM = [
    ("all", gettext_lazy("Everybody who has no access yet")),
    ("new", gettext_lazy("Those that were written down or imported within the last day")),
    ("group", gettext_lazy("Those of one group of customers")),
    ("suppliers", gettext_lazy("Those of suppliers")),
]


class WaveForm(forms.Form):
    """Whom the wave is for, and a name by which it is found again."""

    name = forms.CharField(label=gettext_lazy("Name of the wave"), max_length=120)
    whom = forms.ChoiceField(
        label=gettext_lazy("Whom"), choices=_WHOM, initial="all", widget=forms.RadioSelect
    )
    group = forms.ModelChoiceField(label=gettext_lazy("Group"), queryset=None, required=False)  # type: ignore[var-annotated]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group: Any = self.fields["group"]
        group.queryset = CustomerGroup.objects.all()

    def clean(self) -> dict[str, Any]:
        """A group is named where one is meant."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("whom") == "group" and not data.get("group"):
            self.add_error("group", _("Choose the group."))
        return data

    def rows(self) -> QuerySet[Any]:
        """The contacts that are meant."""
        data = self.cleaned_data
        return meant(
            group=data["group"] if data["whom"] == "group" else None,
            sells=data["whom"] == "suppliers",
            is_new=data["whom"] == "new",
        )


@require_safe
def wave(request: Any, pk: UUID) -> HttpResponse:
    """One wave: how many were sent, opened, came in, came back."""
    needs_right(request)
    found = get_object_or_404(InvitationWave.objects.select_related("asked_by"), pk=pk)
    rows = Invitation.objects.filter(wave=found)
    more = {"wave": found, "to_remind": len(to_remind(found)), "patience": PATIENCE.days}
    return invitation_list(request, rows, more)


@require_http_methods(["GET", "HEAD", "POST"])
def invite_many(request: Any) -> HttpResponse:
    """Whom; then the count and who cannot, and why; then the wave begins."""
    needs_right(request)
    form = WaveForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "most": MOST}
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "accounts/staff/invite_many.html", context, status=422 if form.is_bound else 200
        )
    rows = form.rows()
    if "begin" not in request.POST:
        choice = counted(rows)
        context |= {"choice": choice, "now": min(choice.can, MOST), "first": first_of(rows)}
        return render(request, "accounts/staff/invite_many.html", context)
    contacts = to_invite(rows)
    if not contacts:
        form.add_error(None, _("There is nobody left to invite."))
        return render(request, "accounts/staff/invite_many.html", context, status=422)
    begun = begin_wave(request.company, form.cleaned_data["name"], contacts, by=request.user)
    messages.success(request, _said(len(contacts)))
    return redirect("accounts_wave", begun.pk)


@require_POST
def remind(request: Any, pk: UUID) -> HttpResponse:
    """The link once more, to those of a wave who have done nothing yet."""
    needs_right(request)
    found = get_object_or_404(InvitationWave, pk=pk)
    contacts = to_remind(found)
    if contacts:
        remind_wave(found, contacts, by=request.user)
        messages.success(request, _said(len(contacts)))
    else:
        messages.warning(request, _("There is nobody to remind now."))
    return redirect("accounts_wave", found.pk)


def _said(number: int) -> str:
    return ngettext(
        "%(number)s invitation is going out.", "%(number)s invitations are going out.", number
    ) % {"number": number}
