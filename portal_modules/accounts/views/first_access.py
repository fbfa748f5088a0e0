"""The first access: a tax id with the address that is on file for it, and a mail whose link begins.

The link may be old, because it opens nothing but a page that mails a code of ten minutes.
"""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal_modules.core.access import Level
from portal_modules.core.doors import as_portal
from portal_modules.core.errors import too_many
from portal_modules.core.identity import throttle_identity
from portal_modules.core.proof import requires
from portal_modules.core.redirects import SeeOther
from portal_modules.core.scope import company_scope
from portal_modules.core.throttle import client_address

from .. import asked
from ..actions import ask_for_proof, find_by_link, open_first_access
from ..adapter import onward
from ..choices import ProofPurpose
from ..doors import BY_FIRST_ACCESS, BY_TAX_ID_PASSWORD, REGISTERING, door_context, through
from ..forms.tax_ids import FirstAccessForm
from ..masks import is_registered
from ..tax_ids import customer_of
from ..throttles import ASK, ASK_ADDRESS, ASK_EMAIL, LINK_ADDRESS, TAX_ID, wait_at_door
from . import proving, register

PURPOSE: Final = ProofPurpose.FIRST
_HERE: Final = (BY_FIRST_ACCESS, BY_TAX_ID_PASSWORD)


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@through(*_HERE)
def first(request: Any) -> HttpResponse:
    """The number and the address. Whatever they are, the answer and the work are the same."""
    if not request.card.is_on(REGISTERING):
        raise Http404
    if request.access.level >= Level.REGISTERED:
        return HttpResponseRedirect(reverse("my_home"))
    sent = request.POST if request.method == "POST" else None
    form = FirstAccessForm(sent, country=request.company.country)
    if sent is None or not form.is_valid():
        wanted = onward(request, request.GET.get("next"), default="")
        context = {"form": form, "next_url": wanted, **door_context(request, _HERE[0])}
        context["sign_in_url"] = reverse("accounts:sign_in")
        return render(request, "accounts/first.html", context, status=422 if form.is_bound else 200)
    typed, email, where = form.cleaned_data["tax_id"], form.cleaned_data["email"], client_address(request)
    who = throttle_identity(email)
    limits = (
        ASK_ADDRESS.counting(where),
        TAX_ID.counting(typed.identity, where),
        ASK.counting(who, where),
        ASK_EMAIL.counting(who),
    )
    if seconds := wait_at_door(request.company.pk, where, *limits):
        return too_many(request, seconds=seconds)
    with company_scope(request.company):
        customer = customer_of(typed)
        fits = is_registered(customer, email)
        ask_for_proof(
            request.company,
            purpose=PURPOSE,
            email=email,
            language=request.public_language,
            customer=customer if fits else None,
        )
    request.session[_SENT] = {**request.session.get(_SENT, {}), str(request.company.pk): email}
    return SeeOther(reverse("accounts:first_sent"))


_SENT: Final = "accounts.first_sent"


@requires(Level.ANONYMOUS)
@require_safe
@through(*_HERE)
def first_sent(request: Any) -> HttpResponse:
    """What to look for."""
    email = request.session.get(_SENT, {}).get(str(request.company.pk))
    if not email:
        return HttpResponseRedirect(reverse("accounts:first"))
    context = {"sent_to": email, "start_url": reverse("accounts:first"), **door_context(request, _HERE[0])}
    return render(request, "accounts/first_sent.html", context)


@requires(Level.ANONYMOUS)
@require_safe
@through(*_HERE)
def first_link(request: Any, token: str) -> HttpResponse:
    """Where the link of the mail leads: the token leaves the address at once."""
    where = client_address(request)
    if seconds := LINK_ADDRESS.wait(where):
        return too_many(request, seconds=seconds)
    with company_scope(request.company):
        proof = find_by_link(token, purpose=PURPOSE)
    if proof is None:
        LINK_ADDRESS.hit(where)
        asked.forget_link(request, PURPOSE)
    else:
        asked.keep_link(request, PURPOSE, proof.pk)
    return SeeOther(reverse("accounts:first_opened"))


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@through(*_HERE)
@as_portal
def first_opened(request: Any) -> HttpResponse:
    """One button: it mails a code to the address, and goes on as registering does."""
    pk = asked.kept_link(request, PURPOSE)
    with company_scope(request.company):
        proof = open_first_access(pk) if pk else None
    if proof is None:
        context = {"is_dead": True, "start_url": reverse("accounts:first"), **door_context(request, _HERE[0])}
        return render(request, "accounts/first_link.html", context, status=404)
    if request.method != "POST":
        return render(request, "accounts/first_link.html", {"email": proof.email})
    return proving.send_first(request, register.FLOW, proof.email)
