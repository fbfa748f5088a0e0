"""One's own account with a company: what it knows of oneself, and how it is protected."""

from __future__ import annotations

from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.doors import as_portal, has_second_factor
from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope

from ..adapter import onward
from ..models import LegalAcceptance

# Where somebody was going who was asked to set up a second factor first.
AFTER_FACTOR: Final = "accounts.after_factor"


@requires(Level.PASSWORD)
@require_safe
@as_portal
def account(request: Any) -> HttpResponse:
    """Everything about one's own login, with a way to each part."""
    user = request.user
    factors = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    with company_scope(request.company):
        accepted = list(
            LegalAcceptance.objects.filter(user=user)
            .select_related("text")
            .order_by("-accepted_at", "text__kind")
        )
    context = {
        "person": user,
        "language": PUBLIC_LANGUAGES.get(user.language, ""),
        "has_app": Authenticator.Type.TOTP in factors,
        "has_key": Authenticator.Type.WEBAUTHN in factors,
        "session_count": UserSession.objects.filter(user=user).count(),
        "accepted": [{"at": each.accepted_at, "text": each.text, "url": _url_of(each)} for each in accepted],
    }
    return render(request, "accounts/account.html", context)


def _url_of(acceptance: LegalAcceptance) -> str:
    return reverse(f"accounts:{acceptance.text.kind}_version", args=[acceptance.text.version])


@requires(Level.PASSWORD)
@require_safe
@as_portal
def more_proof(request: Any) -> HttpResponse:
    """A page asked for a second factor: who has one shows it, who has none is offered to set one up."""
    next_url = onward(request, request.GET.get("next"), default=reverse("my_home"))
    if request.access.level >= Level.SECOND_FACTOR:
        request.session.pop(AFTER_FACTOR, None)
        return HttpResponseRedirect(next_url)
    request.session[AFTER_FACTOR] = {"company": request.company.pk, "next": next_url}
    context = {"has_factor": has_second_factor(request.user), "next_url": next_url}
    return render(request, "accounts/more_proof.html", context)


def after_factor(request: Any) -> str:
    """The way on to where the person was going; empty when nobody was on the way anywhere."""
    kept = request.session.get(AFTER_FACTOR) or {}
    company = getattr(request, "company", None)
    if company is None or kept.get("company") != company.pk:
        return ""
    return f"{reverse('accounts:more_proof')}?{urlencode({'next': kept.get('next', '')})}"
