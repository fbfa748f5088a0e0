"""The door by tax id and link: a number, one of its addresses, and the link of a mail. No password anywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal_modules.core.access import Level
from portal_modules.core.doors import LINK, as_portal
from portal_modules.core.errors import too_many
from portal_modules.core.exceptions import Refusal
from portal_modules.core.identity import throttle_identity
from portal_modules.core.proof import requires
from portal_modules.core.redirects import SeeOther
from portal_modules.core.scope import company_scope
from portal_modules.core.throttle import client_address

from .. import asked
from ..actions import ask_for_proof, enter_by_link, find_by_link, prove_by_link
from ..adapter import onward
from ..choices import ProofPurpose
from ..doors import BY_TAX_ID_LINK, door_context, through
from ..forms.tax_ids import OTHER, ChooseAddressForm, TaxIdForm
from ..masks import Offered, is_registered, offered_to, stand_in
from ..tax_ids import TypedTaxId
from ..throttles import (
    ASK,
    ASK_ADDRESS,
    ASK_EMAIL,
    ASK_PAUSE,
    LINK_ADDRESS,
    TAX_ID,
    TAX_ID_ADDRESS,
    wait_at_door,
)
from ..typed import Typed, forget_typed, keep_typed, kept_typed
from .sign_in import let_in

PURPOSE: Final = ProofPurpose.ENTER


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@through(BY_TAX_ID_LINK)
def identify(request: Any) -> HttpResponse:
    """The tax id. Whatever number it is, the next page comes."""
    sent = request.POST if request.method == "POST" else None
    form = TaxIdForm(sent, country=request.company.country)
    wanted = onward(request, request.POST.get("next") or request.GET.get("next"), default="")
    if sent is None and request.access.level >= Level.REGISTERED:
        return HttpResponseRedirect(wanted or reverse("my_home"))
    if sent is None or not form.is_valid():
        context = {"form": form, "next_url": wanted, **door_context(request, BY_TAX_ID_LINK)}
        return render(request, "accounts/tax_link.html", context, status=422 if form.is_bound else 200)
    where, typed = client_address(request), form.cleaned_data["tax_id"]
    limits = (TAX_ID_ADDRESS.counting(where), TAX_ID.counting(typed.identity, where))
    if seconds := wait_at_door(request.company.pk, where, *limits):
        return too_many(request, seconds=seconds)
    keep_typed(request, Typed(typed, wanted))
    return SeeOther(reverse("accounts:tax_link_choose"))


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@through(BY_TAX_ID_LINK)
def choose(request: Any) -> HttpResponse:
    """One to three masked addresses. Choosing one is answered alike, whoever it belongs to."""
    typed = kept_typed(request)
    if typed is None:
        return HttpResponseRedirect(reverse("accounts:tax_link"))
    with company_scope(request.company):
        offered = offered_to(typed.tax_id)
    sent = request.POST if request.method == "POST" else None
    form = ChooseAddressForm(sent, masks=offered.masks)
    if sent is None or not form.is_valid():
        context = {"form": form, "tax_id": typed.tax_id, **door_context(request, BY_TAX_ID_LINK)}
        return render(request, "accounts/tax_link_choose.html", context, status=422 if form.is_bound else 200)
    choice, email = form.cleaned_data["address"], form.cleaned_data["email"]
    shown = email if choice == OTHER else offered.masks[int(choice)]
    return _send(request, replace(typed, sent_to=shown, choice=f"{choice}:{email}"), offered)


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@through(BY_TAX_ID_LINK)
def sent_page(request: Any) -> HttpResponse:
    """What to look for, what to check, and another link to the same address."""
    typed = kept_typed(request)
    if typed is None or not typed.sent_to:
        return HttpResponseRedirect(reverse("accounts:tax_link"))
    if request.method != "POST":
        context = {"sent_to": typed.sent_to, **door_context(request, BY_TAX_ID_LINK)}
        return render(request, "accounts/tax_link_sent.html", context)
    with company_scope(request.company):
        offered = offered_to(typed.tax_id)
    return _send(request, typed, offered, again=True)


def _send(request: Any, typed: Typed, offered: Offered, *, again: bool = False) -> HttpResponse:
    """Have the link sent where it belongs to somebody of this number; the same work where it does not."""
    choice, _colon, email = typed.choice.partition(":")
    known = email or _chosen(offered, choice)
    counted = throttle_identity(known or stand_in(typed.tax_id, choice))
    where = client_address(request)
    if again and ASK_PAUSE.hit(request.company.pk, counted, where) > ASK_PAUSE.attempts:
        messages.warning(request, _("We have just sent one. Please wait half a minute before you ask again."))
        return SeeOther(reverse("accounts:tax_link_sent"))
    pause = () if again else (ASK_PAUSE.noting(request.company.pk, counted, where),)
    limits = (ASK_ADDRESS.counting(where), ASK.counting(counted, where), ASK_EMAIL.counting(counted), *pause)
    if seconds := wait_at_door(request.company.pk, where, *limits):
        return too_many(request, seconds=seconds)
    _ask(request, typed.tax_id, offered, known, choice)
    keep_typed(request, typed)
    if again:
        messages.success(request, _("We have sent a new link. The one before opens nothing any more."))
    return SeeOther(reverse("accounts:tax_link_sent"))


def _chosen(offered: Offered, choice: str) -> str:
    """The address behind a mask; "" where there is nobody behind it."""
    place = int(choice) if choice.isdigit() else len(offered.emails)
    return offered.emails[place] if place < len(offered.emails) else ""


def _ask(request: Any, typed: TypedTaxId, offered: Offered, email: str, choice: str) -> None:
    with company_scope(request.company):
        fits = is_registered(offered.customer, email)
        ask_for_proof(
            request.company,
            purpose=PURPOSE,
            email=email if fits else stand_in(typed, choice),
            language=request.public_language,
            customer=offered.customer if fits else None,
        )


@requires(Level.ANONYMOUS)
@require_safe
@through(BY_TAX_ID_LINK)
def link(request: Any, token: str) -> HttpResponse:
    """Where the link of the mail leads: it changes nothing, and the token leaves the address at once."""
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
    return SeeOther(reverse("accounts:link_opened"))


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@through(BY_TAX_ID_LINK)
@as_portal
def opened(request: Any) -> HttpResponse:
    """One button, for scanners of mail open links and press none; pressing it lets in, once."""
    pk = asked.kept_link(request, PURPOSE)
    if pk is None:
        return _dead(request)
    if request.method != "POST":
        return render(request, "accounts/link.html")
    asked.forget_link(request, PURPOSE)
    typed = kept_typed(request)
    try:
        user = _enter(request, pk)
    except Refusal:
        return _dead(request)
    forget_typed(request)
    return let_in(request, user, (typed and typed.next_url) or reverse("my_home"), method=LINK)


def _enter(request: Any, pk: UUID) -> Any:
    with company_scope(request.company):
        fresh = prove_by_link(pk, purpose=PURPOSE)
        return enter_by_link(fresh.proof, language=request.public_language)


def _dead(request: Any) -> HttpResponse:
    context = {"is_dead": True, **door_context(request, BY_TAX_ID_LINK)}
    return render(request, "accounts/link.html", context, status=404)
