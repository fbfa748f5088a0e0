"""What a customer has paid, on the back office's page of theirs."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.customer_page import Panel, QuickLink
from portal_modules.core.rights import may

from .balances import balances_of
from .models import DeclaredPayment, Payment, PaymentAttempt

MOST = 5


def panels(request: Any, customer: Any) -> list[Panel]:
    """The credit, what waits for the money or for somebody, and the last payments."""
    if not may(request.user, "payments.view"):
        return []
    payments = list(Payment.objects.filter(customer=customer).order_by("-received_on", "-serial")[: MOST + 1])
    context = {
        "balances": balances_of(customer.pk),
        "held": Payment.objects.held().filter(customer=customer)[:MOST],
        "declared": DeclaredPayment.objects.waiting().filter(customer=customer).order_by("serial")[:MOST],
        "attempts": PaymentAttempt.objects.on_the_way()
        .filter(customer=customer)
        .order_by("-created_at")[:MOST],
        "payments": payments[:MOST],
    }
    body = render_to_string("payments/staff/of_customer.html", context, request)
    register = reverse("payments_payment_modeladmin_index")
    more_url = f"{register}?customer__id__exact={customer.pk}" if len(payments) > MOST else ""
    return [Panel("payments", _("What was paid"), body, order=12, more_url=more_url)]


def links(request: Any, customer: Any) -> list[QuickLink]:
    """Booking money that came from them."""
    if not may(request.user, "payments.edit"):
        return []
    url = f"{reverse('payments_record')}?customer={customer.pk}"
    return [QuickLink(_("Record a payment"), url, icon="tick-inverse", order=22)]
