"""Recording a payment by hand: whose, how much, and what it pays."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal_modules.billing.actions import billing_day
from portal_modules.billing.models import Invoice
from portal_modules.core.exceptions import Refusal
from portal_modules.core.rights import may
from portal_modules.customers.models import Customer

from ..actions import record_payment
from ..forms.recording import RecordForm

MOST_FOUND = 20


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Any) -> HttpResponse:
    """First the customer, found by name or tax id; then the payment with the open invoices."""
    if not may(request.user, "payments.edit"):
        raise PermissionDenied
    customer, invoice = _whose(request)
    if customer is None:
        return _search(request)
    form = RecordForm(
        request.POST or None,
        customer=customer,
        today=billing_day(request.card.company),
        initial=_beginning(customer, invoice),
    )
    if request.method == "POST" and form.is_valid():
        payment = _book(request, customer, form)
        if payment is not None:
            said = _("Payment %(number)s is booked. The customer gets the receipt.")
            messages.success(request, said % {"number": payment.number})
            return redirect("payments_payment_modeladmin_inspect", payment.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "customer": customer}
    return render(request, "payments/staff/record.html", context, status=status)


def _book(request: Any, customer: Customer, form: RecordForm) -> Any:
    data = form.cleaned_data
    try:
        return record_payment(
            customer,
            by=request.user,
            amount=data["amount"],
            currency=data["currency"],
            method=data["method"],
            on=data["received_on"],
            fees=data["fees"] or Decimal(0),
            invoices=list(data["invoices"]),
            payer_name=data["payer_name"],
            note=data["note"],
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _whose(request: Any) -> tuple[Customer | None, Invoice | None]:
    """The customer that was chosen, or that of the invoice where one came from."""
    if named := request.GET.get("invoice", ""):
        with suppress(ValueError):
            invoice = Invoice.objects.filter(pk=UUID(named)).select_related("customer__company").first()
            if invoice is not None:
                return invoice.customer, invoice
        raise Http404
    chosen = request.GET.get("customer", "")
    if not chosen:
        return None, None
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 16):
        raise Http404
    customer = Customer.objects.select_related("company").filter(pk=int(chosen)).first()
    if customer is None:
        raise Http404
    return customer, None


def _beginning(customer: Customer, invoice: Invoice | None) -> dict[str, Any]:
    if invoice is None:
        return {"currency": customer.company.currency}
    return {
        "currency": invoice.currency,
        "amount": invoice.open_now or None,
        "invoices": [invoice.pk],
        "payer_name": customer.name,
    }


def _search(request: Any) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = Customer.objects.active().matching(text).order_by("name") if text else Customer.objects.none()
    context = {"text": text, "found": found[:MOST_FOUND]}
    return render(request, "payments/staff/whose.html", context)
