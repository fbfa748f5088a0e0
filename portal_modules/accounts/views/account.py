"""One's own account with a company: what it knows of oneself, and how it is protected."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.doors import as_portal
from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope

from ..models import LegalAcceptance


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
