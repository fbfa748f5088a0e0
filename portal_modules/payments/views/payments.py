"""The customer's payments: what is on its way, what has come, and what of it is still theirs."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.proof import requires
from portal_modules.customers.choices import CustomerRole

from ..balances import balances
from ..filters import PaymentFilter
from ..models import Allocation, DeclaredPayment, Payment, PaymentAttempt, Refund
from ..switches import CREDIT, DECLARE, ONLINE, RECEIPTS

PAGE_SIZE: Final = 20
MOST_WAITING: Final = 20


@requires(Level.REGISTERED)
@require_safe
def payment_list(request: Any) -> HttpResponse:
    """What is pending, the payments that came, newest first, and the credit."""
    mine = Payment.objects.visible_to(request.access)
    narrowed = PaymentFilter(request.GET, queryset=mine)
    context: dict[str, Any] = {
        "form": narrowed.form,
        "trail": [finance_step()],
        "declared": _declared(request),
        "attempts": _attempts(request),
        "balances": balances(request.access) if request.card.is_on(CREDIT) else [],
        "may_pay": _acts(request),
        "keeps_cards": request.card.is_on(ONLINE) and _acts(request),
        "may_declare": request.card.is_on(DECLARE) and _acts(request),
        "shows_credit": request.card.is_on(CREDIT),
        "names_customer": len(request.access.customer_ids) > 1,
    }
    if not narrowed.is_valid():
        return render(request, "payments/list.html", {**context, "page": None}, status=422)
    rows = narrowed.qs.select_related("customer").order_by("-received_on", "-serial")
    try:
        page = Paginator(rows, PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    query = request.GET.copy()
    query.pop("page", None)
    context |= {
        "page": page,
        "query": f"{query.urlencode()}&" if query else "",
        "is_narrowed": narrowed.is_narrowed,
    }
    return render(request, "payments/list.html", context)


@requires(Level.REGISTERED)
@require_safe
def payment(request: Any, pk: UUID) -> HttpResponse:
    """One that came: what it paid, what went back, and its receipt."""
    mine = Payment.objects.visible_to(request.access).with_left().select_related("customer", "company")
    found = get_object_or_404(mine, pk=pk)
    uses = Allocation.objects.visible_to(request.access).holding().filter(payment=found)
    refunds = Refund.objects.visible_to(request.access).filter(payment=found)
    context = {
        "payment": found,
        "uses": uses.select_related("invoice").order_by("made_at", "pk"),
        "refunds": refunds.prefetch_related("steps"),
        "receipts": request.card.is_on(RECEIPTS),
        "names_customer": len(request.access.customer_ids) > 1,
        "trail": [finance_step(), {"label": _("Payments"), "url": reverse("payments:list")}],
    }
    return render(request, "payments/payment.html", context)


@requires(Level.REGISTERED)
@require_safe
def declared(request: Any, pk: UUID) -> HttpResponse:
    """One that the customer told of, and what became of it."""
    mine = DeclaredPayment.objects.visible_to(request.access).select_related("customer", "proof")
    found = get_object_or_404(mine, pk=pk)
    context = {
        "declared": found,
        "items": found.items.select_related("invoice"),
        "payment": Payment.objects.visible_to(request.access).filter(declared=found).first(),
        "names_customer": len(request.access.customer_ids) > 1,
        "trail": [finance_step(), {"label": _("Payments"), "url": reverse("payments:list")}],
    }
    return render(request, "payments/declared.html", context)


def finance_step() -> dict[str, str]:
    """The way back to what is owed."""
    return {"label": _("Finance"), "url": reverse("billing:finance")}


def _acts(request: Any) -> bool:
    access = request.access
    return any(access.has_role(pk, CustomerRole.OWNER, CustomerRole.FINANCE) for pk in access.customer_ids)


def _declared(request: Any) -> QuerySet[DeclaredPayment]:
    """The last that were told of; a confirmed one is among the payments as well."""
    mine = DeclaredPayment.objects.visible_to(request.access).select_related("customer")
    return mine.order_by("-created_at", "-serial")[:MOST_WAITING]


def _attempts(request: Any) -> QuerySet[PaymentAttempt]:
    mine = PaymentAttempt.objects.visible_to(request.access).on_the_way().select_related("customer")
    return mine.order_by("-created_at")[:MOST_WAITING]
