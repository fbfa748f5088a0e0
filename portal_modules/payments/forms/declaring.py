"""What is asked of somebody who has paid elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from portal_modules.billing.models import Invoice
from portal_modules.core.amounts import AmountField, money_shown
from portal_modules.core.inputs import DayInput
from portal_modules.core.uploads import FilesField, FilesForm, FilesInput
from portal_modules.customers.models import Customer

from ..choices import DECLARABLE, PaymentMethod


class InvoicesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's own takes none at run time
    """Which invoices: number, what is open of each, due date, and whose it is where that is a question."""

    widget = forms.CheckboxSelectMultiple
    names_customer = False

    def label_from_instance(self, obj: Invoice) -> str:
        """As somebody recognises it."""
        due_on = obj.next_due_on or obj.due_on
        said = [obj.number_shown, money_shown(obj.open_now, obj.currency)]
        if due_on is not None:
            said.append(_("due on %(day)s") % {"day": date_format(due_on, "SHORT_DATE_FORMAT")})
        if self.names_customer:
            said.append(obj.customer.name)
        return " · ".join(said)


class DeclareForm(FilesForm):
    """Amount, day, method, bank, proof, and which invoices. All in one currency, that of the invoices."""

    customer = forms.ChoiceField(
        label=_("Who paid?"),
        required=False,
        help_text=_("The invoices that you choose decide. Choose here if you choose none."),
    )
    invoices = InvoicesField(label=_("Which invoices is it for?"), queryset=None, required=False)
    amount = AmountField(label=_("Amount paid"))
    paid_on = forms.DateField(label=_("Paid on"), widget=DayInput())
    method = forms.ChoiceField(label=_("How did you pay?"))
    bank = forms.CharField(label=_("Bank"), max_length=80, required=False)
    reference = forms.CharField(
        label=_("Reference"),
        max_length=80,
        required=False,
        help_text=_("What the bank shows with it, such as a number or a Pix identifier."),
    )
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    attachments = FilesField(
        label=_("Proof of payment"),
        required=False,
        help_text=_("A PDF or a picture."),
        widget=FilesInput(attrs={"multiple": False}),
    )

    def __init__(
        self,
        *args: Any,
        customers: Sequence[Customer],
        invoices: Any,
        currency: str,
        today: date,
        wants_proof: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        self.customers = {str(each.pk): each for each in customers}
        if len(customers) > 1:
            names = [(each.pk, each.name) for each in customers]
            fields["customer"].choices = [("", _("– choose –")), *names]
            fields["invoices"].names_customer = True
        else:
            del fields["customer"]
        fields["invoices"].queryset = invoices
        fields["amount"].currency = currency
        fields["amount"].label = _("Amount paid (%(currency)s)") % {"currency": currency}
        fields["paid_on"].widget.attrs["max"] = today.isoformat()
        fields["method"].choices = [(each.value, each.label) for each in declarable(currency)]
        fields["attachments"].required = wants_proof

    def clean(self) -> dict[str, Any]:
        """Whose payment it is: that of whose invoices it is for, else of the one that was chosen."""
        data = super().clean() or {}
        named = {str(each.customer_id) for each in data.get("invoices") or ()}
        if len(named) > 1:
            self.add_error("invoices", _("Choose invoices of one customer, and tell of each by itself."))
            return data
        chosen = data.get("customer", "") if len(self.customers) > 1 else next(iter(self.customers))
        found = self.customers.get(named.pop() if named else chosen)
        if found is None and "customer" not in self.errors:
            self.add_error("customer", _("Choose who paid."))
        data["customer"] = found
        return data


def declarable(currency: str) -> Sequence[PaymentMethod]:
    """The methods that there are with a currency: Pix and boletos are Brazilian."""
    brazilian = {PaymentMethod.PIX, PaymentMethod.BOLETO}
    return [each for each in DECLARABLE if currency == "BRL" or each not in brazilian]
