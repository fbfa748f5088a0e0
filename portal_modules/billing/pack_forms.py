"""What an accountant's pack is asked for by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal_modules.core.inputs import DayInput
from portal_modules.customers.models import Customer

from .filters import PeriodForm


class CustomerForm(forms.Form):
    """Whose: asked for only where somebody belongs to several."""

    customer = forms.ChoiceField(label=_("Customer"))

    def __init__(self, *args: Any, customers: Sequence[Customer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.customers = {str(customer.pk): customer for customer in customers}
        if len(customers) > 1:
            choice: Any = self.fields["customer"]
            choice.choices = [(key, customer.name) for key, customer in self.customers.items()]
        else:
            del self.fields["customer"]

    @property
    def chosen(self) -> Customer:
        """The one that was chosen, or the only one."""
        key = self.cleaned_data.get("customer") or next(iter(self.customers))
        return self.customers[key]


class PackForm(CustomerForm, PeriodForm):
    """Whose, and of which days."""

    since = forms.DateField(label=_("From the day"), widget=DayInput())
    until = forms.DateField(label=_("Until the day"), widget=DayInput())
    field_order = ("customer", "since", "until")
