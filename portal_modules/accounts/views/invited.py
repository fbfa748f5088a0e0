"""Where the link of an invitation leads: who asks, a password, and in.

Opening it changes nothing but that somebody looked: scanners of mail open links and send no form.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib.auth.signals import user_login_failed
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal_modules.core.access import Level
from portal_modules.core.doors import as_portal
from portal_modules.core.errors import too_many
from portal_modules.core.exceptions import Refusal
from portal_modules.core.identity import throttle_identity
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope
from portal_modules.core.throttle import client_address
from portal_modules.users.models import User

from ..actions import (
    accept_invitation,
    find_invitation,
    login_of,
    note_opened,
    open_invitation,
    recognise,
)
from ..agreeing import current_versions, texts_of
from ..forms.doors import KnownPasswordForm, NewPasswordForm
from ..help_channels import whom_to_ask
from ..models import Invitation
from ..throttles import LINK_ADDRESS, SIGN_IN
from .sign_in import let_in

_INVITED: Final = "accounts.invited"


@requires(Level.ANONYMOUS)
@require_safe
def invited_link(request: Any, token: str) -> HttpResponse:
    """The token leaves the address at once, and no page that follows shows it."""
    where = client_address(request)
    if seconds := LINK_ADDRESS.wait(where):
        return too_many(request, seconds=seconds)
    with company_scope(request.company):
        invitation = find_invitation(token)
    if invitation is None:
        LINK_ADDRESS.hit(where)
        _forget(request)
    else:
        kept = request.session.get(_INVITED, {})
        request.session[_INVITED] = {
            **kept,
            str(request.company.pk): [str(invitation.pk), invitation.round],
        }
    return HttpResponseRedirect(reverse("accounts:invited"))


@requires(Level.ANONYMOUS)
@sensitive_post_parameters("password", "password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
@as_portal
def invited(request: Any) -> HttpResponse:
    """Who asks them in; a password typed twice, or the one that they have; then in."""
    invitation = _invitation_here(request)
    if invitation is None:
        return _dead(request)
    form, has_login = _form(request, invitation)
    if request.method != "POST":
        if request.method == "GET":
            with company_scope(request.company):
                note_opened(invitation)
        return _page(request, invitation, form, has_login=has_login)
    if not form.is_valid():
        return _page(request, invitation, form, has_login=has_login)
    if has_login and (refused := _prove(request, invitation, form)):
        return refused
    try:
        with company_scope(request.company):
            user = accept_invitation(
                invitation,
                password=None if has_login else form.cleaned_data["password1"],
                texts=texts_of(form.texts),
                language=request.public_language,
            )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, invitation, form, has_login=has_login)
    _forget(request)
    if invitation.is_for_staff:
        return HttpResponseRedirect(reverse("accounts:invited_done"))
    return let_in(request, user, reverse("my_home"))


@requires(Level.ANONYMOUS)
@require_safe
def done(request: Any) -> HttpResponse:
    """Whoever is to work here signs in at the back office, which asks for all that they have set up."""
    return render(request, "accounts/invited_done.html")


def _prove(request: Any, invitation: Invitation, form: KnownPasswordForm) -> HttpResponse | None:
    """None when it is their password; counted like any sign-in."""
    where, who = client_address(request), throttle_identity(invitation.email)
    if seconds := SIGN_IN.begin((who, where), where):
        return too_many(request, seconds=seconds)
    # That they may come in is what the invitation says.
    user = recognise(invitation.email, form.cleaned_data["password"], admits=lambda _user: True)
    if user is None:
        SIGN_IN.failed(where)
        user_login_failed.send(sender=__name__, credentials={"email": who}, request=request)
        form.refuse()
        return _page(request, invitation, form, has_login=True)
    SIGN_IN.succeeded((who, where))
    return None


def _invitation_here(request: Any) -> Invitation | None:
    kept = request.session.get(_INVITED, {}).get(str(request.company.pk))
    if not kept:
        return None
    with company_scope(request.company):
        return open_invitation(UUID(kept[0]), kept[1])


def _forget(request: Any) -> None:
    kept = request.session.get(_INVITED, {})
    if kept.pop(str(request.company.pk), None):
        request.session[_INVITED] = kept


def _form(request: Any, invitation: Invitation) -> tuple[Any, bool]:
    """The form, and whether the person keeps a password that they have."""
    texts = [] if invitation.is_for_staff else current_versions(request.card)
    sent = request.POST if request.method == "POST" else None
    with company_scope(request.company):
        user = login_of(invitation.email)
    if user is not None and user.has_usable_password():
        return KnownPasswordForm(sent, texts=texts), True
    person = user or User(email=invitation.email, name=invitation.name)
    return NewPasswordForm(sent, user=person, texts=texts), False


def _page(request: Any, invitation: Invitation, form: Any, *, has_login: bool) -> HttpResponse:
    context = {
        "form": form,
        "invitation": invitation,
        "has_login": has_login,
        "help_channels": whom_to_ask(request),
    }
    return render(request, "accounts/invited.html", context, status=422 if form.is_bound else 200)


def _dead(request: Any) -> HttpResponse:
    context = {"is_dead": True, "help_channels": whom_to_ask(request)}
    return render(request, "accounts/invited.html", context, status=404)
