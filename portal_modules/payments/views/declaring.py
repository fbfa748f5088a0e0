"""“I have paid”: telling the company of a payment that was made elsewhere."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal_modules.billing.actions import billing_day
from portal_modules.billing.choices import InvoiceState
from portal_modules.billing.models import Invoice
from portal_modules.core.access import Level
from portal_modules.core.errors import too_many
from portal_modules.core.exceptions import Refusal
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope
from portal_modules.core.throttle import Limit
from portal_modules.core.uploads import refused_uploads
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Customer

from ..actions import declare_payment, policy_in_scope
from ..forms.declaring import DeclareForm
from ..models import DeclaredPayment
from ..switches import DECLARE
from .payments import finance_step

ACTING: Final = (CustomerRole.OWNER, CustomerRole.FINANCE)
MOST_SHOWN: Final = 100
TOLD: Final = Limit("payments.declare", attempts=30, seconds=60 * 60)


@requires(Level.REGISTERED)
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: Any) -> HttpResponse:
    """The form: which invoices, how much, when, how, and the proof."""
    if not request.card.is_on(DECLARE):
        raise Http404
    customers, chosen = _acting(request), _chosen(request)
    currency = chosen[0].currency if chosen else request.company.currency
    owed = Invoice.objects.visible_to(request.access).open().filter(customer__in=customers, currency=currency)
    owed = owed.select_related("customer").order_by("customer__name", "next_due_on", "number")
    today = billing_day(request.company)
    policy = policy_in_scope()
    form = DeclareForm(
        request.POST or None,
        request.FILES or None,
        refused=refused_uploads(request),
        customers=customers,
        invoices=owed,
        currency=currency,
        today=today,
        wants_proof=policy.wants_proof,
        initial={
            "customer": chosen[0].customer_id if chosen else None,
            "invoices": [each.pk for each in chosen],
            "amount": sum((each.open_now for each in chosen), Decimal(0)) or None,
            "paid_on": today,
        },
    )
    status = 200
    if request.method == "POST":
        if seconds := TOLD.wait(request.user.pk):
            return too_many(request, seconds=seconds)
        if form.is_valid() and (told := _tell(request, currency, form)):
            TOLD.hit(request.user.pk)
            messages.success(request, _("Thank you. We look for the payment and tell you."))
            return HttpResponseRedirect(told.record_url())
        status = 422
    context = {
        "form": form,
        "instructions": policy.instructions,
        "trail": [finance_step(), {"label": _("Payments"), "url": reverse("payments:list")}],
    }
    return render(request, "payments/declare.html", context, status=status)


def _tell(request: Any, currency: str, form: DeclareForm) -> DeclaredPayment | None:
    """Keep it, or say in the form why not."""
    data = form.cleaned_data
    proofs = data["attachments"]
    try:
        with company_scope(request.company):
            return declare_payment(
                data["customer"],
                by=request.user,
                actor=request.access.actor,
                amount=data["amount"],
                currency=currency,
                paid_on=data["paid_on"],
                method=data["method"],
                invoices=list(data["invoices"]),
                bank=data["bank"],
                reference=data["reference"],
                note=data["note"],
                proof=proofs[0] if proofs else None,
            )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _acting(request: Any) -> list[Customer]:
    """Those whose payments one may tell of."""
    acting = [pk for pk in request.access.customer_ids if request.access.has_role(pk, *ACTING)]
    mine = Customer.objects.visible_to(request.access).filter(pk__in=acting).order_by("name", "pk")
    if not (found := list(mine)):
        raise PermissionDenied
    return found


def _chosen(request: Any) -> list[Invoice]:
    """What was ticked where one came from, as far as something is open of it: those of one customer and currency."""
    named = _uuids(request.GET.getlist("invoice"))[:MOST_SHOWN]
    if not named:
        return []
    rows = {each.pk: each for each in Invoice.objects.visible_to(request.access).filter(pk__in=named)}
    first = rows.get(named[0])
    if first is None:
        raise Http404
    if not request.access.has_role(first.customer_id, *ACTING):
        raise PermissionDenied
    found = [rows[pk] for pk in named if pk in rows]
    alike = [
        each for each in found if (each.customer_id, each.currency) == (first.customer_id, first.currency)
    ]
    return [each for each in alike if each.state == InvoiceState.ISSUED and each.open_now > 0]


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found
