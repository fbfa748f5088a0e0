"""From an address to the proof that somebody reads its mail: the same pages for registering and for a reset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal_modules.core.errors import too_many
from portal_modules.core.identity import throttle_identity
from portal_modules.core.scope import company_scope
from portal_modules.core.throttle import client_address

from .. import asked
from ..actions import ask_for_proof, give_up_proof, prove_by_code, proved_in
from ..adapter import onward
from ..choices import ProofPurpose
from ..exceptions import CodeRefused
from ..forms.doors import AddressForm, CodeForm
from ..help_channels import whom_to_ask
from ..models import AddressProof
from ..throttles import ASK, ASK_ADDRESS, ASK_EMAIL, ASK_PAUSE, CODE_ADDRESS, wait_at_door


@dataclass(frozen=True, slots=True)
class Flow:
    """One end to prove an address for: its pages, and the words on top of them."""

    purpose: ProofPurpose
    title: Promise
    template: str
    start: str
    code: str
    again: str
    password: str


def ask(request: Any, flow: Flow) -> HttpResponse:
    """The form for an address. Whatever address it is, the answer and the work are the same."""
    form = AddressForm(
        request.POST if request.method == "POST" else None, initial=_typed_before(request, flow)
    )
    wanted = onward(request, request.POST.get("next") or request.GET.get("next"), default="")
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "next_url": wanted, "sign_in_url": reverse("accounts:sign_in")}
        return render(request, flow.template, context, status=422 if form.is_bound else 200)
    email = form.cleaned_data["email"]
    if seconds := _seconds_to_wait(request, email):
        return too_many(request, seconds=seconds)
    _send(request, flow, email, wanted)
    return HttpResponseRedirect(reverse(flow.code))


def send_first(request: Any, flow: Flow, email: str, next_url: str = "") -> HttpResponse:
    """A code to an address that is known from elsewhere, such as the link of a mail."""
    if seconds := _seconds_to_wait(request, email):
        return too_many(request, seconds=seconds)
    _send(request, flow, email, next_url)
    return HttpResponseRedirect(reverse(flow.code))


def again(request: Any, flow: Flow) -> HttpResponse:
    """Another code to the same address; the one before opens nothing any more."""
    before = asked.kept(request, flow.purpose)
    if before is None:
        return nothing_open(request, flow)
    who, where = throttle_identity(before.email), client_address(request)
    if ASK_PAUSE.hit(request.company.pk, who, where) > ASK_PAUSE.attempts:
        messages.warning(request, _("We have just sent one. Please wait half a minute before you ask again."))
        return HttpResponseRedirect(reverse(flow.code))
    if seconds := _seconds_to_wait(request, before.email):
        return too_many(request, seconds=seconds)
    _send(request, flow, before.email, before.next_url)
    messages.success(request, _("We have sent a new code. The one before opens nothing any more."))
    return HttpResponseRedirect(reverse(flow.code))


def take_code(request: Any, flow: Flow) -> HttpResponse:
    """The form for the code, in the browser that asked for it."""
    kept = asked.kept(request, flow.purpose)
    if kept is None:
        return nothing_open(request, flow)
    if request.method != "POST":
        if proof_here(request, flow) is not None:
            return HttpResponseRedirect(reverse(flow.password))
        return _code_page(request, flow, kept, CodeForm())
    where = client_address(request)
    if seconds := CODE_ADDRESS.wait(where):
        return too_many(request, seconds=seconds)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, flow, kept, form)
    try:
        with company_scope(request.company):
            prove_by_code(kept.pk, kept.browser, purpose=flow.purpose, code=form.cleaned_data["code"])
    except CodeRefused as refusal:
        CODE_ADDRESS.hit(where)
        form.add_error("code", str(refusal))
        return _code_page(request, flow, kept, form, is_closed=not refusal.may_try_again)
    # Whoever planted this session before does not follow.
    request.session.cycle_key()
    return HttpResponseRedirect(reverse(flow.password))


def proof_here(request: Any, flow: Flow) -> AddressProof | None:
    """The proof that this browser gave a short while ago."""
    kept = asked.kept(request, flow.purpose)
    if kept is None:
        return None
    with company_scope(request.company):
        return proved_in(kept.pk, kept.browser, purpose=flow.purpose)


def nothing_open(request: Any, flow: Flow) -> HttpResponse:
    """There is no code of this browser: back to the beginning, and why."""
    messages.warning(
        request,
        _(
            "This browser has no open code: it was asked for in another one, or it is too old. Ask for a new one."
        ),
    )
    return HttpResponseRedirect(reverse(flow.start))


def _send(request: Any, flow: Flow, email: str, next_url: str) -> None:
    before = asked.kept(request, flow.purpose)
    with company_scope(request.company):
        if before is not None:
            give_up_proof(before.pk)
        fresh = ask_for_proof(
            request.company, purpose=flow.purpose, email=email, language=request.public_language
        )
    asked.keep(request, flow.purpose, fresh, next_url=next_url)


def _seconds_to_wait(request: Any, email: str) -> int:
    who, where, company = throttle_identity(email), client_address(request), request.company.pk
    return wait_at_door(
        company,
        where,
        ASK_ADDRESS.counting(where),
        ASK.counting(who, where),
        ASK_EMAIL.counting(who),
        ASK_PAUSE.noting(company, who, where),
    )


def _typed_before(request: Any, flow: Flow) -> dict[str, str]:
    kept = asked.kept(request, flow.purpose)
    return {"email": kept.email} if kept else {}


def _code_page(
    request: Any, flow: Flow, kept: asked.Kept, form: CodeForm, *, is_closed: bool = False
) -> HttpResponse:
    context = {
        "form": form,
        "title": flow.title,
        "step": 2 if flow.purpose == ProofPurpose.REGISTER else 0,
        "email": kept.email,
        "is_closed": is_closed,
        "again_url": reverse(flow.again),
        "start_url": reverse(flow.start),
        "help_channels": whom_to_ask(request),
    }
    return render(request, "accounts/code.html", context, status=422 if form.is_bound else 200)
