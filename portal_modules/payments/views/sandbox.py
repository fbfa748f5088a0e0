"""The sandbox's own pages: where a payer would be at a real provider. It holds no money and asks for no card."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal_modules.core.access import Level
from portal_modules.core.amounts import money_shown
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope

from ..choices import PaymentMethod, ProviderKind
from ..models import PaymentProvider
from ..models.sandbox import SandboxPayer, SandboxSession
from ..opening import account_of
from ..providers.base import Account
from ..providers.sandbox.ledger import decide

# What a button of the page makes of a session, and whether its payer then comes back to us.
_BUTTONS: Final = {
    "approve": ("paid", True),
    "decline": ("failed", True),
    "later": ("pending", True),
    "vanish": ("paid", False),
}
_CARDS: Final = {
    "good": ("Visa •••• 4242", 3),
    "bad": ("Visa •••• 0002", 3),
    "ending": ("Mastercard •••• 5454", 0),
}


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
def sandbox(request: Any, pk: UUID) -> HttpResponse:
    """One payment: approve it, decline it, pay it later, or pay it and never come back."""
    with company_scope(request.company):
        session = SandboxSession.objects.filter(pk=pk).first()
        account = _account()
    if session is None or account is None:
        raise Http404
    gone = False
    if request.method == "POST":
        state, comes_back = _BUTTONS.get(request.POST.get("do", ""), ("", True))
        if not state:
            raise Http404
        session = decide(session, state, account)
        if comes_back:
            return HttpResponseRedirect(_path_of(session.done_url))
        gone = True
    context = {
        "session": session,
        "back": _path_of(session.back_url),
        "gone": gone,
        "amount": money_shown(session.amount, session.currency),
        "method": PaymentMethod(session.method).label,
        "parts": [(text, money_shown(Decimal(amount), session.currency)) for text, amount in session.parts],
    }
    return _alone(render(request, "payments/sandbox.html", context))


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
def sandbox_payer(request: Any, pk: UUID) -> HttpResponse:
    """The kept cards of somebody: add one, remove one, choose the one that is taken."""
    with company_scope(request.company):
        payer = SandboxPayer.objects.filter(pk=pk).first()
        if payer is None:
            raise Http404
        if request.method == "POST":
            _change(payer, request.POST)
            return HttpResponseRedirect(request.path)
    return _alone(render(request, "payments/sandbox_payer.html", {"payer": payer, "cards": _CARDS}))


def _change(payer: SandboxPayer, data: Any) -> None:
    kept = list(payer.methods)
    if data.get("add") in _CARDS:
        label, years = _CARDS[data["add"]]
        today: date = timezone.localdate()
        ends = [today.year + years, 12] if years else _next_month(today)
        kept.insert(0, {"reference": f"sbx_pm_{uuid4().hex}", "label": label, "method": "card", "ends": ends})
    elif name := data.get("remove"):
        kept = [each for each in kept if each["reference"] != name]
    elif name := data.get("prefer"):
        kept.sort(key=lambda each: each["reference"] != name)
    payer.methods = kept[:10]
    payer.save(update_fields=["methods"])


def _next_month(today: date) -> list[int]:
    return [today.year + 1, 1] if today.month == 12 else [today.year, today.month + 1]


def _account() -> Account | None:
    rows = PaymentProvider.objects.filter(kind=ProviderKind.SANDBOX).select_related("company")
    row = rows.order_by("-is_on", "position").first()
    return None if row is None else account_of(row)


def _path_of(address: str) -> str:
    """Back to this company at the name by which the payer has come: it is where the sandbox lives, too."""
    return urlsplit(address).path or "/"


def _alone(response: HttpResponse) -> HttpResponse:
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
