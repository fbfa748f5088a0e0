"""Paying online: choosing what and how, with or without a login, and what came of it.

Nothing that a browser sends is believed but which of the shown things were ticked, how much of each, and the way.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal_modules.billing.models import Instalment, Invoice
from portal_modules.core.access import Access, ActorKind, Level
from portal_modules.core.choices import ChannelPurpose
from portal_modules.core.errors import too_many
from portal_modules.core.exceptions import Refusal
from portal_modules.core.languages import public_language
from portal_modules.core.outside import LaterRedirect
from portal_modules.core.proof import requires
from portal_modules.core.scope import VISITOR, company_scope
from portal_modules.core.secrets import is_keyed_hash, keyed_hash
from portal_modules.core.throttle import Limit, client_address
from portal_modules.customers.choices import CustomerRole

from .. import checkout, exceptions
from ..actions import policy_in_scope
from ..actions.attempts import MOST_INVOICES, AskedPart
from ..checkout import Asked, go_to_pay
from ..choices import AttemptState, Surplus
from ..forms.paying import PayForm, WayForm
from ..models import PaymentAttempt, PaymentAttemptItem
from ..paying import payables_of, ways_of
from ..switches import DECLARE

PAYING: Final = frozenset({CustomerRole.OWNER, CustomerRole.FINANCE})
# Each press asks the provider: nobody needs more, and no program may drive it.
PRESSES: Final = Limit("payments.pay", attempts=60, seconds=10 * 60)
_PURPOSE: Final = "payments.pay_page"
_TOKEN: Final = re.compile(r"[0-9a-f]{96}\Z")
_ATTEMPT: Final = ("company_id", "state", "amount", "currency", "method", "changed_at", "created_at")
# What a visitor's role may read of an invoice: see the walls of billing.
_INVOICE: Final = (
    "company_id",
    "number",
    "state",
    "currency",
    "due_on",
    "next_due_on",
    "total",
    "paid_total",
    "credited_total",
    "open_amount",
    "at_agency",
)
_SAID: Final[dict[str, type[Refusal]]] = {
    each.__name__: each
    for each in (
        *(each for each in vars(exceptions).values() if isinstance(each, type) and issubclass(each, Refusal)),
        checkout.ProviderSilent,
        checkout.ProviderSaidNo,
    )
}


@requires(Level.REGISTERED)
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: Any) -> HttpResponse:
    """What is open, the chosen ones ticked; POST goes to the provider's page."""
    access: Access = request.access
    payers = access.customers_with(PAYING)
    if not payers:
        raise PermissionDenied
    named = request.POST if request.method == "POST" else request.GET
    wanted = _uuids(named.getlist("invoice"))
    invoices = _payable_invoices(access, payers, wanted)
    if len({(each.customer_id, each.currency) for each in invoices}) > 1:
        first = invoices[0]
        others = len(invoices)
        same = (first.customer_id, first.currency)
        invoices = [each for each in invoices if (each.customer_id, each.currency) == same]
        others -= len(invoices)
    else:
        others = 0
    context: dict[str, Any] = {
        "trail": [{"label": _("Finance"), "url": reverse("billing:finance")}],
        "channels": _channels(request),
        "refused": _refused(request),
        "others": others,
        "may_declare": request.card.is_on(DECLARE),
        "invoices": invoices,
    }
    if not invoices:
        return render(request, "payments/pay.html", context)
    currency = invoices[0].currency
    ways = ways_of(request.card, currency)
    parts = Instalment.objects.visible_to(access).filter(invoice__in=invoices).order_by("due_on", "number")
    payables = payables_of(invoices, list(parts))
    chosen = {each.key for each in payables} if wanted else _first_due(payables)
    form = PayForm(
        request.POST if request.method == "POST" else None,
        ways=ways,
        payables=payables,
        currency=currency,
        chosen=chosen,
        takes_surplus=policy_in_scope().surplus == Surplus.CREDIT,
    )
    context |= {
        "form": form,
        "ways": ways,
        "currency": currency,
        "total": sum(each.open for each in payables),
    }
    if request.method != "POST":
        return render(request, "payments/pay.html", context)
    if not ways or not form.is_valid():
        return render(request, "payments/pay.html", context, status=422)
    if seconds := _too_often(request):
        return too_many(request, seconds=seconds)
    back = f"{reverse('payments:pay')}?{'&'.join(f'invoice={pk}' for pk in wanted)}"
    return _leave(request, invoices[0].customer_id, form, form.parts(), partial(_back_to, back))


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
def pay_one(request: Any, token: str) -> HttpResponse:
    """One invoice, for whoever holds its page: no person, no line, and all that is open of it."""
    if not _TOKEN.match(token):
        raise Http404
    pk = UUID(token[:32])
    if not is_keyed_hash(token[32:], _PURPOSE, request.company.pk, pk):
        raise Http404
    with company_scope(request.company, VISITOR, records=[pk]):
        invoice = Invoice.objects.filter(pk=pk).only(*_INVOICE).first()
    if invoice is None:
        raise Http404
    is_open = invoice.state == "issued" and invoice.open_now > 0 and not invoice.at_agency
    ways = ways_of(request.card, invoice.currency) if is_open else []
    form = WayForm(request.POST if request.method == "POST" else None, ways=ways)
    context = {
        "invoice": invoice,
        "is_open": is_open,
        "form": form,
        "ways": ways,
        "channels": _channels(request),
        "refused": _refused(request),
    }
    if request.method != "POST":
        return _quiet(render(request, "payments/pay_one.html", context))
    if not ways or not form.is_valid():
        return _quiet(render(request, "payments/pay_one.html", context, status=422))
    if seconds := _too_often(request):
        return too_many(request, seconds=seconds)
    with company_scope(request.company):
        customer = Invoice.objects.values_list("customer_id", flat=True).get(pk=pk)
    return _leave(request, customer, form, [AskedPart(pk)], partial(_back_to, request.path))


@requires(Level.ANONYMOUS)
@require_safe
def outcome(request: Any, pk: UUID) -> HttpResponse:
    """What came of an attempt, to whoever comes back from the provider. It reads, and never writes."""
    with company_scope(request.company, VISITOR, records=[pk]):
        attempt = PaymentAttempt.objects.filter(pk=pk).only(*_ATTEMPT).first()
    if attempt is None:
        raise Http404
    waits = attempt.state == AttemptState.OPEN
    context = {
        "attempt": attempt,
        "waits": waits,
        "again": _again(request, attempt),
        "is_customers": request.access.is_customers,
        "channels": _channels(request),
    }
    if request.headers.get("HX-Request") and waits:
        return HttpResponse(status=204)  # nothing new: the page stays
    response = render(request, "payments/outcome.html", context)
    if request.headers.get("HX-Request"):
        response.headers["HX-Refresh"] = "true"
    return _quiet(response)


def _again(request: Any, attempt: PaymentAttempt) -> str:
    """Where to go on, or to try once more; "" where that makes no sense."""
    if attempt.state in {AttemptState.SUCCEEDED, AttemptState.PENDING, AttemptState.REVIEW}:
        return ""
    with company_scope(request.company):
        invoices = list(
            PaymentAttemptItem.objects.filter(attempt=attempt.pk).values_list("invoice", flat=True).distinct()
        )
    if request.access.is_customers:
        chosen = "&".join(f"invoice={pk}" for pk in invoices)
        return f"{reverse('payments:pay')}?{chosen}"
    return pay_one_address(request.company.pk, invoices[0]) if len(invoices) == 1 else ""


def pay_one_address(company_id: int, invoice: UUID) -> str:
    """Where one invoice is paid without a login, for a page that has shown that it may be."""
    return reverse("payments:pay_one", args=[f"{invoice.hex}{keyed_hash(_PURPOSE, company_id, invoice)}"])


def _payable_invoices(access: Access, payers: list[int], wanted: list[UUID]) -> list[Invoice]:
    mine = Invoice.objects.visible_to(access).open().filter(customer__in=payers, at_agency=False)
    if wanted:
        mine = mine.filter(pk__in=wanted)
    rows = mine.select_related("customer").order_by("next_due_on", "number", "pk")
    return list(rows[:MOST_INVOICES])


def _first_due(payables: list[Any]) -> set[str]:
    """Nothing was chosen: all invoices, and of each that is paid in parts the one that is due first."""
    seen: set[Any] = set()
    found = set()
    for each in payables:
        if each.invoice.pk not in seen:
            seen.add(each.invoice.pk)
            found.add(each.key)
    return found


def _leave(request: Any, customer: int, form: WayForm, parts: list[AskedPart], failed: Any) -> HttpResponse:
    access: Access = request.access
    asked = Asked(
        company=request.company,
        customer=customer,
        provider=form.chosen.provider,
        method=form.chosen.method,
        parts=parts,
        language=public_language(get_language() or ""),
        user=request.user if access.is_customers else None,
        actor=access.actor if access.is_customers else ActorKind.LINK,
    )
    return LaterRedirect(partial(go_to_pay, asked, failed))


def _back_to(address: str, refusal: Refusal) -> str:
    joined = "&" if "?" in address else "?"
    return f"{address}{joined}refused={type(refusal).__name__}"


def _refused(request: Any) -> str:
    """What was said no to a moment ago: the name of a refusal stands in the address, never its words."""
    kind = _SAID.get(request.GET.get("refused", ""))
    return str(kind.sentence) if kind else ""


def _too_often(request: Any) -> int:
    who = request.access.user_id or client_address(request)
    if seconds := PRESSES.wait(who):
        return seconds
    PRESSES.hit(who)
    return 0


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:MOST_INVOICES]:
        try:
            found.append(UUID(text[:36]))
        except ValueError:
            continue
    return found


def _channels(request: Any) -> list[Any]:
    channels = request.card.channels
    finance = [each for each in channels if each.purpose == ChannelPurpose.FINANCE]
    return finance or [each for each in channels if each.purpose == ChannelPurpose.GENERAL]


def _quiet(response: HttpResponse) -> HttpResponse:
    """Its address is worth something: it goes to no other site, and into no search.

    With `no-referrer` a browser sends forms with the origin "null", which nobody can trust.
    """
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
