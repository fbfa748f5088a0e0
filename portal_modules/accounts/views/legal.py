"""Terms and privacy: read by everybody, accepted by who signs in."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal_modules.core.access import Level
from portal_modules.core.doors import as_portal
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope

from ..actions import accept_texts
from ..adapter import onward, remember_acceptance, waiting_to_agree
from ..agreeing import current_versions, owed_versions, texts_of, versions
from ..choices import LegalKind
from ..forms.doors import AgreeForm
from ..models import LegalText


@requires(Level.ANONYMOUS)
@require_safe
def terms(request: Any, number: int | None = None) -> HttpResponse:
    """The terms of use that hold, or an earlier version."""
    return _text_page(request, LegalKind.TERMS, number)


@requires(Level.ANONYMOUS)
@require_safe
def privacy(request: Any, number: int | None = None) -> HttpResponse:
    """The privacy notice that holds, or an earlier version."""
    return _text_page(request, LegalKind.PRIVACY, number)


def _text_page(request: Any, kind: LegalKind, number: int | None) -> HttpResponse:
    known = [version for version in versions(request.card) if version.kind == kind]
    shown = next((version for version in known if number in (None, version.number)), None)
    if shown is None:
        raise Http404
    text = get_object_or_404(LegalText.objects.published(), pk=shown.pk)
    context = {
        "text": text,
        "version": shown,
        "is_current": shown == known[0],
        "current_url": reverse(f"accounts:{kind}"),
        "others": [version for version in known if version != shown],
    }
    return render(request, "accounts/legal.html", context)


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@as_portal
def agree(request: Any) -> HttpResponse:
    """What is new since somebody was here last, before they go on."""
    next_url = onward(
        request, request.POST.get("next") or request.GET.get("next"), default=reverse("my_home")
    )
    user = waiting_to_agree(request)
    if user is None:
        return HttpResponseRedirect(next_url)
    owed = owed_versions(request.card, user)
    form = AgreeForm(request.POST if request.method == "POST" else None, texts=owed)
    if request.method != "POST" or not form.is_valid():
        return _agree_page(request, form, next_url)
    with company_scope(request.company):
        accept_texts(user, texts_of(owed), language=request.public_language)
    request.user = user
    remember_acceptance(request, user)
    UserSession.objects.create_from_request(request)  # under the identifier that the session has now
    return HttpResponseRedirect(next_url)


def _agree_page(request: Any, form: AgreeForm, next_url: str) -> HttpResponse:
    shown = {text.pk: text for text in texts_of(form.texts)}
    current = current_versions(request.card)
    context = {
        "form": form,
        "texts": [
            {"version": version, "changes": shown[version.pk].changes}
            for version in current
            if version.pk in shown
        ],
        "next_url": next_url,
        "sign_out_url": reverse("accounts:sign_out"),
    }
    return render(request, "accounts/agree.html", context, status=422 if form.is_bound else 200)
