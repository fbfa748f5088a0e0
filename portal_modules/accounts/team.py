"""The team of the company: who works here and as what, whom one invites, and how well their logins are kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Now
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from portal_modules.core.actions import change_staff_role, end_staff
from portal_modules.core.admin.setup import for_managers
from portal_modules.core.admin.verbs import log_as_wagtail_does
from portal_modules.core.choices import ASSIGNABLE_ROLES, StaffRole
from portal_modules.core.exceptions import Refusal
from portal_modules.core.identity import normalize_email
from portal_modules.core.models import StaffMembership
from portal_modules.core.modules import modules

from .actions import end_invitation, invite_staff
from .models import Invitation

_ROLES = [(role.value, role.label) for role in ASSIGNABLE_ROLES]
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class InviteForm(forms.Form):
    """An address, a name, and what the person is to be here."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160, required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=_ROLES, initial=StaffRole.OPERATOR, widget=forms.RadioSelect
    )

    def clean_email(self) -> str:
        """As addresses are compared, and of nobody who works here already."""
        email = normalize_email(self.cleaned_data["email"])
        if _current().filter(user__email=email).exclude(role=StaffRole.PLATFORM).exists():
            raise ValidationError(_("This person works here already. Change the role in the list."))
        return email


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: Any) -> HttpResponse:
    """All who work here and all who are invited, and the form to invite somebody."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            invite_staff(
                request.company,
                data["email"],
                role=data["role"],
                name=data["name"],
                language=request.company.language,
                by=request.user,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            log_as_wagtail_does(
                request.company,
                "invite-staff",
                gettext_lazy("Somebody was invited to the team"),
                request.user,
            )
            said = _("A mail with a link is on its way to %(address)s.") % {"address": data["email"]}
            messages.success(request, said)
            return redirect("accounts_team")
    return _page(request, form)


@for_managers
@require_POST
def change_role(request: Any, pk: int) -> HttpResponse:
    """Another role for somebody who works here."""
    membership = get_object_or_404(_current(), pk=pk)
    role = request.POST.get("role")
    if role not in dict(_ROLES):
        raise Http404
    try:
        change_staff_role(membership, StaffRole(role), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        log_as_wagtail_does(membership, "change-role", gettext_lazy("Role changed"), request.user)
        words = {"name": membership.user, "role": StaffRole(role).label}
        messages.success(request, _("%(name)s is %(role)s now.") % words)
    return redirect("accounts_team")


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def end_work(request: Any, pk: int) -> HttpResponse:
    """Ask, and then end somebody's work here."""
    membership = get_object_or_404(_current().exclude(role=StaffRole.PLATFORM), pk=pk)
    if request.method != "POST":
        return render(request, "accounts/staff/end_work.html", {"member": membership, "tab": "team"})
    try:
        end_staff(membership, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        log_as_wagtail_does(membership, "end-work", gettext_lazy("Work here ended"), request.user)
        said = _("%(name)s does not work here any more, from this moment.") % {"name": membership.user}
        messages.success(request, said)
    return redirect("accounts_team")


@for_managers
@require_POST
def invitation(request: Any, pk: UUID, verb: str) -> HttpResponse:
    """Send an invitation once more, or take it back."""
    found = get_object_or_404(Invitation.objects.open().for_staff(), pk=pk)
    try:
        match verb:
            case "again":
                invite_staff(
                    request.company,
                    found.email,
                    role=found.staff_role,
                    language=request.company.language,
                    by=request.user,
                )
                said = _("A mail with a link is on its way to %(address)s.")
            case "take-back":
                end_invitation(found, by=request.user)
                said = _("The invitation of %(address)s opens nothing any more.")
            case _other:
                raise Http404
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said % {"address": found.email})
    return redirect("accounts_team")


def _current() -> Any:
    rows = StaffMembership.objects.filter(Q(until=None) | Q(until__gt=Now()))
    return rows.select_related("user").order_by("user__name", "pk")


def _page(request: Any, form: InviteForm) -> HttpResponse:
    members = list(_current())
    users = [member.user_id for member in members]
    protected = set(
        Authenticator.objects.filter(user__in=users, type__in=_FACTORS).values_list("user", flat=True)
    )
    now = timezone.now()
    invited = Invitation.objects.open().for_staff().select_related("message", "asked_by")
    context = {
        "members": [(member, member.user_id in protected) for member in members],
        "invited": [(each, each.state(now)) for each in invited],
        "roles": _ROLES,
        "platform": StaffRole.PLATFORM,
        "rights": _rights(),
        "form": form,
        "tab": "team",
    }
    return render(request, "accounts/staff/team.html", context, status=422 if form.is_bound else 200)


def _rights() -> list[tuple[Any, list[Any]]]:
    """What each role may do, in the words of the modules."""
    return [
        (role.label, [right.label for module in modules for right in module.rights if role in right.roles])
        for role in ASSIGNABLE_ROLES
    ]
