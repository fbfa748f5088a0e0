"""Recording a payment by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal_modules.billing.models import Invoice
from portal_modules.core.amounts import AmountField, money_shown
from portal_modules.core.choices import Currency
from portal_modules.core.inputs import DayInput
from portal_modules.customers.models import Customer

from ..choices import PaymentMethod


class RecordForm(forms.Form):
    """What came, and which of the customer's open invoices it pays, the first that is due first."""

    amount = AmountField(label=_("Amount"))
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices)
    received_on = forms.DateField(label=_("Received on"), widget=DayInput())
    method = forms.ChoiceField(
        label=_("Method"), choices=PaymentMethod.choices, initial=PaymentMethod.TRANSFER
    )
    fees = AmountField(
        label=_("Of it, fine and interest"),
        required=False,
        may_be_zero=True,
        help_text=_("It pays no invoice."),
    )
    payer_name = forms.CharField(label=_("Paid by"), max_length=160, required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    invoices = forms.ModelMultipleChoiceField(  # type: ignore[var-annotated]
        label=_("Invoices that it pays"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The first that is due is paid first; what is left is the customer's credit."),
    )

    def __init__(self, *args: Any, customer: Customer, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        owed = Invoice.objects.open().filter(customer=customer).order_by("next_due_on", "number")
        fields["invoices"].queryset = owed
        fields["invoices"].label_from_instance = lambda each: (
            f"{each.number_shown} · {money_shown(each.open_now, each.currency)}"
        )
        fields["received_on"].initial = today
        currency = self.data.get("currency") or self.initial.get("currency") or customer.company.currency
        fields["currency"].initial = customer.company.currency
        for name in ("amount", "fees"):
            fields[name].currency = currency if currency in Currency.values else customer.company.currency
