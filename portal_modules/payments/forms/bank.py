"""What staff say of bank files and their lines."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.billing.models import Invoice
from portal_modules.core.admin import BulkForm, VerbForm
from portal_modules.core.amounts import AmountField
from portal_modules.customers.forms import CustomerField

from ..bank_review import candidates, spread

_SEVERAL = re.compile(r"[\s,;]+")
_MOST_TYPED = 50


class BankFileForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("Bank file"),
        widget=forms.FileInput(attrs={"accept": ".ofx,.qfx,.ret,.txt,.cnab,.crt"}),
        help_text=gettext_lazy(
            "A statement in OFX, or a return file of boletos (CNAB 240 or 400) of Itaú or Bradesco; at most 20 MB."
        ),
    )


class ReasonForm(VerbForm):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)


class BulkReasonForm(BulkForm):
    """Why, once for all."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)


class ChooseForm(VerbForm):
    """Which invoices a line pays, or whose credit it is."""

    invoices = forms.MultipleChoiceField(
        label=gettext_lazy("Open invoices that it may be for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    numbers = forms.CharField(
        label=gettext_lazy("Other invoices, by their numbers"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Several with commas between them. They are paid in this order."),
    )
    customer = CustomerField(label=gettext_lazy("Or keep it as credit of this customer"), required=False)
    fees = AmountField(
        label=gettext_lazy("Of it, fine and interest"),
        required=False,
        may_be_zero=True,
        help_text=gettext_lazy("This part pays no invoice."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = candidates(self.row)
        invoices: Any = self.fields["invoices"]
        invoices.choices = [(str(each.pk), _choice(each)) for each in found]
        if not found:
            del self.fields["invoices"]
        fees: Any = self.fields["fees"]
        fees.currency, fees.initial = self.row.currency, self.row.charges

    def clean_fees(self) -> Decimal:
        """Less than came."""
        fees = self.cleaned_data["fees"] or Decimal(0)
        if fees >= self.row.amount:
            raise forms.ValidationError(_("This is not less than what came."))
        return Decimal(fees)

    def clean_numbers(self) -> list[Invoice]:
        """Invoices that there are, with something open, in this currency."""
        numbers = [each for each in _SEVERAL.split(self.cleaned_data["numbers"].strip()) if each]
        if len(numbers) > _MOST_TYPED:
            raise forms.ValidationError(_("These are too many numbers at once."))
        rows = Invoice.objects.open().filter(number__in=numbers, currency=self.row.currency)
        found = {each.number: each for each in rows}
        missing = [number for number in numbers if number not in found]
        if missing:
            raise forms.ValidationError(
                _("There is no open invoice %(numbers)s in this currency.")
                % {"numbers": ", ".join(missing)[:200]}
            )
        return [found[number] for number in dict.fromkeys(numbers)]

    def clean(self) -> dict[str, Any]:
        """At least one of them; `parts` is what each invoice gets."""
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        ticked = Invoice.objects.open().filter(pk__in=data.get("invoices") or [])
        chosen = [*ticked.order_by("next_due_on", "number"), *data["numbers"]]
        if not chosen and data["customer"] is None:
            raise forms.ValidationError(_("Choose an invoice, or whose credit it is."))
        data["parts"] = spread(self.row, list(dict.fromkeys(chosen)), data["fees"])
        return data


def _choice(invoice: Invoice) -> str:
    return _("%(number)s · %(customer)s · %(open)s open, due on %(day)s") % {
        "number": invoice.number_shown,
        "customer": invoice.customer,
        "open": invoice.open_shown,
        "day": f"{invoice.next_due_on:%Y-%m-%d}" if invoice.next_due_on else "–",
    }
