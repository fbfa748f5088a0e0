"""The customer's team: its owners see who has access, invite, change and remove.

Whoever owns no customer finds nothing here.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal_modules.core.access import Level
from portal_modules.core.errors import too_many
from portal_modules.core.exceptions import Refusal
from portal_modules.core.proof import requires
from portal_modules.core.redirects import SeeOther
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer, Membership

from ..actions import (
    change_access,
    grant_of,
    invite_again,
    invite_colleague,
    remove_colleague,
    take_invitation_back,
)
from ..colleagues import (
    last_day,
    member_of,
    open_invitation_of,
    owned_customers,
    sites_of,
    team_of,
)
from ..forms.colleagues import ColleagueForm, GrantForm
from ..fresh import typed_fields, with_fresh_proof
from ..models import Invitation
from ..throttles import COLLEAGUES

MOST_TEAMS = 50


@requires(Level.PASSWORD)
@require_safe
def team(request: Any) -> HttpResponse:
    """Everybody who has access to a customer that one owns; of several the one that the address names, or the first."""
    owned = list(owned_customers(request.access)[:MOST_TEAMS])
    if not owned:
        raise Http404
    named = request.GET.get("customer", "")
    shown = next((customer for customer in owned if str(customer.uuid) == named), owned[0])
    context = {
        "team": team_of(request.company, shown, request.user.pk),
        "tabs": [
            {"label": customer.name, "url": _team_url(customer), "current": customer == shown}
            for customer in owned
        ],
    }
    return render(request, "accounts/team/list.html", context)


@requires(Level.PASSWORD)
@require_http_methods(["GET", "HEAD", "POST"])
@with_fresh_proof
def invite(request: Any, pk: UUID) -> HttpResponse:
    """Somebody new: they get a link, and nobody gets their password."""
    customer = _owned(request, pk)
    form = ColleagueForm(_sent(request), sites=sites_of(customer), initial=typed_fields(request))
    if request.method == "POST" and form.is_valid():
        if COLLEAGUES.hit(customer.pk) > COLLEAGUES.attempts:
            return too_many(request, seconds=max(1, COLLEAGUES.wait(customer.pk)))
        data = form.cleaned_data
        try:
            with company_scope(request.company):
                invite_colleague(
                    customer,
                    name=data["name"],
                    email=data["email"],
                    grant=form.grant(),
                    language=request.public_language,
                    by=request.user,
                )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("A mail with a link is on its way to %(address)s.") % {"address": data["email"]}
            )
            return SeeOther(_team_url(customer))
    return _form_page(request, form, customer, None)


@requires(Level.PASSWORD)
@require_http_methods(["GET", "HEAD", "POST"])
@with_fresh_proof
def change(request: Any, pk: UUID, uuid: UUID) -> HttpResponse:
    """Other roles, sites, or another last day for somebody who has access."""
    customer, member = _member(request, pk, uuid)
    initial = typed_fields(request) or _initial(member)
    form = GrantForm(_sent(request), sites=sites_of(customer), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with company_scope(request.company):
                change_access(member, grant=form.grant(), by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("What %(name)s may do is changed, from this moment.") % {"name": _name(member)}
            )
            return SeeOther(_team_url(customer))
    return _form_page(request, form, customer, member)


@requires(Level.PASSWORD)
@require_http_methods(["GET", "HEAD", "POST"])
@with_fresh_proof
def remove(request: Any, pk: UUID, uuid: UUID) -> HttpResponse:
    """Ask, and then end somebody's access."""
    customer, member = _member(request, pk, uuid)
    context = {
        "customer": customer,
        "team_url": _team_url(customer),
        "name": _name(member),
        "is_you": member.user_id == request.user.pk,
        "refusal": "",
    }
    if request.method != "POST":
        return render(request, "accounts/team/remove.html", context)
    try:
        with company_scope(request.company):
            remove_colleague(member, by=request.user)
    except Refusal as refusal:
        return render(request, "accounts/team/remove.html", {**context, "refusal": str(refusal)}, status=422)
    messages.success(request, _("%(name)s has no access any more, from this moment.") % context)
    return SeeOther(reverse("my_home") if context["is_you"] else _team_url(customer))


@requires(Level.PASSWORD)
@require_POST
@with_fresh_proof
def again(request: Any, pk: UUID) -> HttpResponse:
    """Send the link of an invitation once more."""
    found = _invitation(request, pk)
    card: Any = found.contact
    if COLLEAGUES.hit(card.customer_id) > COLLEAGUES.attempts:
        return too_many(request, seconds=max(1, COLLEAGUES.wait(card.customer_id)))
    said = _("A mail with a link is on its way to %(address)s.") % {"address": found.email}
    return _done(request, card.customer, lambda: invite_again(found, by=request.user), said)


@requires(Level.PASSWORD)
@require_POST
def take_back(request: Any, pk: UUID) -> HttpResponse:
    """An invitation opens nothing any more."""
    found = _invitation(request, pk)
    card: Any = found.contact
    said = _("The invitation of %(address)s opens nothing any more.") % {"address": found.email}
    return _done(request, card.customer, lambda: take_invitation_back(found, by=request.user), said)


def _done(request: Any, customer: Customer, act: Any, said: str) -> HttpResponse:
    try:
        with company_scope(request.company):
            act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return SeeOther(_team_url(customer))


def _team_url(customer: Customer) -> str:
    return f"{reverse('accounts:my_team')}?{urlencode({'customer': customer.uuid})}"


def _owned(request: Any, pk: UUID) -> Customer:
    found = owned_customers(request.access).filter(uuid=pk).first()
    if found is None:
        raise Http404
    return found


def _member(request: Any, pk: UUID, person: UUID) -> tuple[Customer, Membership]:
    customer = _owned(request, pk)
    member = member_of(customer, person)
    if member is None:
        raise Http404
    return customer, member


def _invitation(request: Any, pk: UUID) -> Invitation:
    found = open_invitation_of(request.company, owned_customers(request.access), pk)
    if found is None:
        raise Http404
    return found


def _name(member: Membership) -> str:
    return member.contact.name if member.contact else str(member.user)


def _sent(request: Any) -> Any:
    return request.POST if request.method == "POST" else None


def _initial(member: Membership) -> dict[str, Any]:
    grant, last = grant_of(member), last_day(member.until)
    return {"roles": grant.roles, "sites": grant.sites, "last_day": last.date() if last else None}


def _form_page(request: Any, form: Any, customer: Customer, member: Membership | None) -> HttpResponse:
    context = {
        "form": form,
        "customer": customer,
        "name": _name(member) if member else "",
        "team_url": _team_url(customer),
        "trail": [{"label": _("People with access"), "url": _team_url(customer)}],
    }
    return render(request, "accounts/team/form.html", context, status=422 if form.errors else 200)
