"""Giving a customer a credit that belongs to no invoice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal_modules.core.amounts import AmountField, money_shown
from portal_modules.core.choices import Currency
from portal_modules.core.exceptions import Refusal
from portal_modules.core.rights import may
from portal_modules.customers.models import Customer

from ..actions import give_credit
from ..models import Credit
from .work import day_field


class FreeCreditForm(forms.Form):
    """How much, and why."""

    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=Currency.choices)
    amount = AmountField(label=gettext_lazy("Amount"))
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=300, help_text=gettext_lazy("The customer reads it.")
    )
    on = day_field(gettext_lazy("Day of the credit"))

    def __init__(self, *args: Any, company: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].initial = company.currency
        named = str(self.data.get("currency", "")) if self.is_bound else ""
        amount: Any = self.fields["amount"]
        amount.currency = named if named in Currency.values else company.currency


@require_http_methods(["GET", "HEAD", "POST"])
def new_credit(request: Any, pk: int) -> HttpResponse:
    """For one customer, which may use it for any invoice."""
    if not may(request.user, "billing.edit"):
        raise PermissionDenied
    customer = get_object_or_404(Customer, pk=pk)
    form = FreeCreditForm(request.POST if request.method == "POST" else None, company=request.card.company)
    if request.method == "POST" and form.is_valid() and _is_given(request, customer, form):
        given = money_shown(form.cleaned_data["amount"], form.cleaned_data["currency"])
        words = _("%(customer)s has a credit of %(amount)s more.")
        messages.success(request, words % {"customer": customer.name, "amount": given})
        return redirect("customers_customer_modeladmin_inspect", customer.pk)
    context = {"form": form, "customer": customer, "credits": _last_credits(customer)}
    status = 422 if request.method == "POST" else 200
    return render(request, "billing/staff/credit.html", context, status=status)


def _last_credits(customer: Customer) -> list[Credit]:
    found = Credit.objects.filter(customer=customer).select_related("invoice")
    return list(found.order_by("-credited_on", "-serial")[:20])


def _is_given(request: Any, customer: Customer, form: FreeCreditForm) -> bool:
    """Give it, or say in the form why not."""
    try:
        give_credit(customer, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
