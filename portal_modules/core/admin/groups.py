"""Groups of sister companies, which only the platform's administrator makes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal_modules.core.actions import dissolve_group, keep_group
from portal_modules.core.exceptions import Refusal
from portal_modules.core.models import Company, CompanyGroup
from portal_modules.core.scope import platform_scope


class GroupForm(forms.Form):
    """A name, and the companies that are sisters."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    companies = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Companies"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Whoever has shown one of them, by a mail or a password, that an address is theirs is known to all of them, "
            "and sees there what is theirs. Customers see the companies beside each other."
        ),
    )

    def __init__(self, *args: Any, group: CompanyGroup | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._group = group
        free = Q(group=None) | Q(group=group) if group else Q(group=None)
        companies: Any = self.fields["companies"]
        companies.choices = list(
            Company.objects.filter(free, closed_at=None).order_by("name").values_list("pk", "name")
        )

    def clean_name(self) -> str:
        """No two groups have one name."""
        name: str = self.cleaned_data["name"]
        others = (
            CompanyGroup.objects.exclude(pk=self._group.pk) if self._group else CompanyGroup.objects.all()
        )
        if others.filter(name=name).exists():
            raise ValidationError(_("There is a group of this name already."))
        return name


def _platform_only(request: Any) -> None:
    if not request.user.is_superuser:
        raise PermissionDenied


@require_safe
def group_list(request: Any) -> HttpResponse:
    """All groups, each with its companies."""
    _platform_only(request)
    with platform_scope():
        groups = [
            (group, [company.name for company in group.companies.all()])
            for group in CompanyGroup.objects.order_by("name").prefetch_related("companies")
        ]
    return render(request, "core/admin/groups.html", {"groups": groups})


@require_http_methods(["GET", "HEAD", "POST"])
def group_edit(request: Any, pk: int | None = None) -> HttpResponse:
    """A new group, or one that is there."""
    _platform_only(request)
    with platform_scope():
        group = CompanyGroup.objects.filter(pk=pk).first() if pk else None
        if pk and group is None:
            raise Http404
        form = _form(request, group)
        is_valid = form.is_valid()
    if request.method == "POST" and is_valid:
        try:
            keep_group(
                form.cleaned_data["name"], form.cleaned_data["companies"], group=group, by=request.user
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The group is kept."))
            return redirect("core_groups")
    status = 422 if form.errors else 200
    return render(request, "core/admin/group.html", {"form": form, "group": group}, status=status)


@require_POST
def group_dissolve(request: Any, pk: int) -> HttpResponse:
    """Its companies are strangers to each other again."""
    _platform_only(request)
    with platform_scope():
        group = CompanyGroup.objects.filter(pk=pk).first()
    if group is None:
        raise Http404
    dissolve_group(group, by=request.user)
    messages.success(request, _("The companies of this group are strangers to each other again."))
    return redirect("core_groups")


def _form(request: Any, group: CompanyGroup | None) -> GroupForm:
    sent = request.POST if request.method == "POST" else None
    if group is None:
        return GroupForm(sent)
    chosen = list(group.companies.values_list("pk", flat=True))
    return GroupForm(sent, group=group, initial={"name": group.name, "companies": chosen})
