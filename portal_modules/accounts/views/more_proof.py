"""A page asked for more proof: given in place, and then back to what was being done."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib.auth.signals import user_login_failed
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portal_modules.core.access import ActorKind, Level
from portal_modules.core.doors import as_portal, has_second_factor
from portal_modules.core.errors import too_many
from portal_modules.core.factors import customers_lack_factor
from portal_modules.core.identity import throttle_identity
from portal_modules.core.interrupted import forget_interrupted, interrupted
from portal_modules.core.proof import requires
from portal_modules.core.redirects import SeeOther
from portal_modules.core.throttle import client_address

from ..actions import recognise
from ..adapter import onward
from ..doors import doors
from ..forms.doors import KnownPasswordForm
from ..help_channels import whom_to_ask
from ..masks import mask
from ..throttles import SIGN_IN
from . import proving, reset
from .sign_in import let_in

# Where somebody was going who was asked to set up a second factor first.
AFTER_FACTOR: Final = "accounts.after_factor"


@requires(Level.REGISTERED)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@as_portal
def more_proof(request: Any) -> HttpResponse:
    """What is asked depends on what is there: a password, a code to choose one with, or a second factor."""
    next_url = _next(request)
    if request.access.level >= _needed(request):
        request.session.pop(AFTER_FACTOR, None)
        return HttpResponseRedirect(next_url)
    if request.access.level >= Level.PASSWORD:
        return _second_factor(request, next_url)
    if request.access.actor == ActorKind.ACCESS_CODE:
        return _not_by_code(request, next_url)
    form = KnownPasswordForm(request.POST if request.method == "POST" else None, texts=())
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, next_url)
    return _take_password(request, form, next_url)


@requires(Level.REGISTERED)
@require_POST
@as_portal
def choose_password(request: Any) -> HttpResponse:
    """Who came by a link has a code mailed to the registered address, and chooses a password with it."""
    if request.access.actor == ActorKind.ACCESS_CODE:
        return HttpResponseRedirect(reverse("accounts:more_proof"))
    return proving.send_first(request, reset.FLOW, request.user.email, _next(request))


@requires(Level.REGISTERED)
@require_http_methods(["GET", "HEAD"])
def resume(request: Any) -> HttpResponse:
    """What was typed before, ready to be sent with one button."""
    kept = interrupted(request)
    if kept is None:
        return HttpResponseRedirect(reverse("my_home"))
    if request.access.level < kept.level:
        return HttpResponseRedirect(f"{reverse('accounts:more_proof')}?{urlencode({'next': request.path})}")
    context = {"kept": kept, "said": [value for _name, value in kept.fields if _is_said(value)]}
    return render(request, "accounts/resume.html", context)


@requires(Level.REGISTERED)
@require_POST
def give_up(request: Any) -> HttpResponse:
    """What was typed is thrown away."""
    forget_interrupted(request)
    return SeeOther(reverse("my_home"))


def after_factor(request: Any) -> str:
    """The way on to where the person was going; empty when nobody was on the way anywhere."""
    kept = request.session.get(AFTER_FACTOR) or {}
    company = getattr(request, "company", None)
    if company is None or kept.get("company") != company.pk:
        return ""
    return f"{reverse('accounts:more_proof')}?{urlencode({'next': kept.get('next', '')})}"


def _next(request: Any) -> str:
    wanted = request.POST.get("next") or request.GET.get("next")
    return onward(request, wanted, default=reverse("my_home"))


def _needed(request: Any) -> Level:
    """What the page that was asked for needs; one more than there is, where it does not say."""
    kept = interrupted(request)
    if kept is not None and _next(request).partition("?")[0] == reverse("accounts:resume"):
        return kept.level
    return Level.PASSWORD if request.access.level < Level.PASSWORD else Level.SECOND_FACTOR


def _second_factor(request: Any, next_url: str) -> HttpResponse:
    request.session[AFTER_FACTOR] = {"company": request.company.pk, "next": next_url}
    context = {
        "has_factor": has_second_factor(request.user),
        "is_required": customers_lack_factor(request.card, request.access),
        "next_url": next_url,
    }
    return render(request, "accounts/more_proof.html", context)


def _not_by_code(request: Any, next_url: str) -> HttpResponse:
    own = [door for door in doors.open_in(request.card) if door.reaches >= Level.PASSWORD]
    context = {"own_doors": own, "next_url": next_url, "help_channels": whom_to_ask(request)}
    return render(request, "accounts/more_proof_code.html", context)


def _page(request: Any, form: KnownPasswordForm, next_url: str) -> HttpResponse:
    context = {
        "form": form,
        "next_url": next_url,
        "has_password": request.user.has_usable_password(),
        "email": request.user.email,
        "masked": mask(request.user.email),
        "has_kept": interrupted(request) is not None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/more_proof_password.html", context, status=status)


def _take_password(request: Any, form: KnownPasswordForm, next_url: str) -> HttpResponse:
    """Counted like any sign-in."""
    where, who = client_address(request), throttle_identity(request.user.email)
    if seconds := SIGN_IN.begin((who, where), where):
        return too_many(request, seconds=seconds)
    user = recognise(request.user.email, form.cleaned_data["password"], admits=lambda _user: True)
    if user is None:
        SIGN_IN.failed(where)
        user_login_failed.send(sender=__name__, credentials={"email": who}, request=request)
        form.refuse()
        return _page(request, form, next_url)
    SIGN_IN.succeeded((who, where))
    return let_in(request, user, next_url)


def _is_said(value: str) -> bool:
    """Is it something that a person typed, rather than the id of a row or a tick?"""
    if len(value.strip()) < 2 or value in {"on", "true", "false"}:
        return False
    try:
        UUID(value)
    except ValueError:
        return not value.isdigit()
    return False
