"""What a statement is asked for by: currency, tax id and period."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal_modules.core.inputs import DayInput

from .filters import PeriodForm


class StatementForm(PeriodForm):
    """A currency, a tax id where there are several, and a period."""

    currency = forms.ChoiceField(label=_("Currency"), required=False)
    tax_id = forms.ChoiceField(label=_("Issued to"), required=False)
    since = forms.DateField(label=_("From the day"), required=False, widget=DayInput())
    until = forms.DateField(label=_("Until the day"), required=False, widget=DayInput())

    def __init__(self, data: Any, *, currencies: list[str], tax_ids: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["currency"].choices = [(each, each) for each in currencies]  # type: ignore[attr-defined]
        self.fields["tax_id"].choices = [("", _("All")), *tax_ids]  # type: ignore[attr-defined]
        if len(currencies) < 2:
            del self.fields["currency"]
        if len(tax_ids) < 2:
            del self.fields["tax_id"]
