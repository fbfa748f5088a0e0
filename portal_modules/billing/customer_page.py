"""What a customer owes, on the back office's page of theirs."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.customer_page import Panel, QuickLink
from portal_modules.core.rights import may

from .days import billing_day
from .models import CallNote, Invoice
from .reading import balance_of

MOST = 8


def panels(request: Any, customer: Any) -> list[Panel]:
    """The balance, the invoices that are open first, and the last calls."""
    if not may(request.user, "billing.view"):
        return []
    today = billing_day(request.card.company)
    theirs = Invoice.objects.filter(customer=customer)
    newest = theirs.order_by("-open_amount", "-issued_on")[: MOST + 1]
    invoices = list(newest.select_related("customer", "company"))
    context = {
        "balance": balance_of(customer.pk, today),
        "invoices": [(invoice, invoice.standing(today)) for invoice in invoices[:MOST]],
        "calls": CallNote.objects.filter(customer=customer)[:3],
    }
    body = render_to_string("billing/staff/of_customer.html", context, request)
    register = reverse("billing_invoice_modeladmin_index")
    return [
        Panel(
            "billing",
            _("What is owed"),
            body,
            order=10,
            more_url=f"{register}?customer__id__exact={customer.pk}" if len(invoices) > MOST else "",
        )
    ]


def links(request: Any, customer: Any) -> list[QuickLink]:
    """Writing an invoice for them, or giving a credit that belongs to none."""
    if not may(request.user, "billing.edit"):
        return []
    url = f"{reverse('billing_new_draft')}?customer={customer.pk}"
    credit_url = reverse("billing_new_credit", args=[customer.pk])
    return [
        QuickLink(_("Write an invoice"), url, icon="doc-full", order=20),
        QuickLink(_("Give a credit"), credit_url, icon="plus-inverse", order=25),
    ]
