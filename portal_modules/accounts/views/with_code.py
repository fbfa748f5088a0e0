"""Doors that take everything on one page: a tax id with an access code, or with an e-mail and a password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_login_failed
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal_modules.core.access import Level
from portal_modules.core.beside import beside_tax_id
from portal_modules.core.doors import ACCESS_CODE, as_portal
from portal_modules.core.errors import too_many
from portal_modules.core.identity import throttle_identity
from portal_modules.core.looking import grant_tax_id, memberships_of, named_customer
from portal_modules.core.proof import requires
from portal_modules.core.redirects import SeeOther
from portal_modules.core.scope import company_scope
from portal_modules.core.throttle import client_address
from portal_modules.users.models import User

from ..actions import enter_by_access_code, recognise
from ..adapter import agreement_page, onward, waiting_to_agree
from ..doors import BY_ACCESS_CODE, BY_TAX_ID_ONLY, BY_TAX_ID_PASSWORD, Door, box_of, door_context, through
from ..exceptions import CodeRefused
from ..forms.tax_ids import AccessCodeForm, TaxIdForm, TaxIdPasswordForm
from ..tax_ids import NOBODY, TypedTaxId, customer_of
from ..throttles import BY_CODE, SIGN_IN, TAX_ID, TAX_ID_ADDRESS, wait_at_door
from ..waiting import make_wait
from .sign_in import let_in

MINUTES = 30


@requires(Level.ANONYMOUS)
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@through(BY_ACCESS_CODE)
@as_portal
def with_code(request: Any) -> HttpResponse:
    """A tax id and the code that the company gave out for it."""
    form = AccessCodeForm(_sent(request), country=request.company.country)
    if request.method != "POST" or not form.is_valid():
        return _page(request, BY_ACCESS_CODE, "accounts/with_code.html", form)
    typed, where = form.cleaned_data["tax_id"], client_address(request)
    narrow = (request.company.pk, typed.identity, where)
    if seconds := BY_CODE.begin(narrow, where, request.company.pk):
        return make_wait(request, BY_CODE, narrow, who=typed.shown, seconds=seconds)
    try:
        with company_scope(request.company):
            user = enter_by_access_code(typed, form.cleaned_data["code"])
    except CodeRefused:
        BY_CODE.failed(where, request.company.pk)
        user_login_failed.send(sender=__name__, credentials={"username": typed.identity}, request=request)
        form.refuse()
        return _page(request, BY_ACCESS_CODE, "accounts/with_code.html", form)
    BY_CODE.succeeded(narrow)
    return let_in(request, user, _wanted(request) or reverse("my_home"), method=ACCESS_CODE)


@requires(Level.ANONYMOUS)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@through(BY_TAX_ID_PASSWORD)
@as_portal
def three(request: Any) -> HttpResponse:
    """A tax id, an e-mail and a password; and the device may remember it."""
    if request.method != "POST" and waiting_to_agree(request) is not None:
        return HttpResponseRedirect(agreement_page(_wanted(request)))
    form = TaxIdPasswordForm(_sent(request), country=request.company.country)
    if request.method != "POST" or not form.is_valid():
        return _page(request, BY_TAX_ID_PASSWORD, "accounts/three.html", form)
    data, where = form.cleaned_data, client_address(request)
    who = throttle_identity(data["login"])
    if seconds := SIGN_IN.begin((who, where), where, request.company.pk):
        return make_wait(request, SIGN_IN, (who, where), who=who, seconds=seconds)
    customer = _customer_id(request, data["tax_id"])
    user = recognise(data["login"], data["password"], admits=lambda each: _belongs(request, each, customer))
    if user is None:
        SIGN_IN.failed(where, request.company.pk)
        user_login_failed.send(sender=__name__, credentials={"email": who}, request=request)
        form.refuse()
        return _page(request, BY_TAX_ID_PASSWORD, "accounts/three.html", form)
    SIGN_IN.succeeded((who, where))
    return let_in(request, user, _wanted(request) or reverse("my_home"), remember=data["remember"])


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@through(BY_TAX_ID_ONLY)
def tax_only(request: Any) -> HttpResponse:
    """A tax id and nothing else. It opens the same page for every number: whose it is proves nothing."""
    form = TaxIdForm(_sent(request), country=request.company.country)
    if request.method != "POST" or not form.is_valid():
        return _page(request, BY_TAX_ID_ONLY, "accounts/tax_only.html", form)
    typed, where = form.cleaned_data["tax_id"], client_address(request)
    limits = (TAX_ID_ADDRESS.counting(where), TAX_ID.counting(typed.identity, where))
    if seconds := wait_at_door(request.company.pk, where, *limits):
        return too_many(request, seconds=seconds)
    whose = _customer_id(request, typed)
    grant_tax_id(request, request.company, minutes=MINUTES, customer_id=whose)
    return SeeOther(reverse("accounts:tax_opened"))


@requires(Level.TAX_ID)
@require_http_methods(["GET", "HEAD"])
@through(BY_TAX_ID_ONLY)
def tax_opened(request: Any) -> HttpResponse:
    """What is told without proof: sums and days of what is owed, the company's channels, and the ways to prove more."""
    context = {
        **door_context(request, BY_TAX_ID_ONLY),
        "channels": request.card.channels,
        "parts": beside_tax_id(request, named_customer(request, request.company)),
    }
    return render(request, "accounts/tax_opened.html", context)


def _sent(request: Any) -> Any:
    return request.POST if request.method == "POST" else None


def _wanted(request: Any) -> str:
    return onward(request, request.POST.get("next") or request.GET.get("next"), default="")


def _customer_id(request: Any, typed: TypedTaxId) -> int:
    with company_scope(request.company):
        customer = customer_of(typed)
    return customer.pk if customer else NOBODY


def _belongs(request: Any, user: User, customer_id: int) -> bool:
    grants = memberships_of(user.pk or NOBODY, request.company)
    return any(grant.customer_id == customer_id for grant in grants)


def _page(request: Any, door: Door, template: str, form: Any) -> HttpResponse:
    next_url = _wanted(request)
    context = {**box_of(request, door), **door_context(request, door), "form": form, "next_url": next_url}
    for name in ("register_url", "password_url"):
        if context.get(name) and next_url:
            context[name] += f"?{urlencode({'next': next_url})}"
    return render(request, template, context, status=422 if form.is_bound else 200)
