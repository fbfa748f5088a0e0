"""What is asked for a second copy: which paper, the day of payment, and where to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from portal_modules.core.inputs import DayInput

MOST_DAYS: Final = 90
OTHER: Final = "other"


class CopyForm(forms.Form):
    """Which paper, and for an overdue one when it will be paid. It is sent with GET and changes nothing."""

    what = forms.ChoiceField(label=_("What do you need?"), widget=forms.RadioSelect)
    pays_on = forms.DateField(
        label=_("When will you pay?"),
        required=False,
        help_text=_("We reckon fine and interest for this day."),
        widget=DayInput(),
    )

    def __init__(
        self, *args: Any, choices: Sequence[tuple[str, str]], today: date, is_overdue: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        what: Any = self.fields["what"]
        what.choices = choices
        self.today = today
        self.is_overdue = is_overdue
        if is_overdue:
            self.fields["pays_on"].widget.attrs |= {
                "min": today.isoformat(),
                "max": (today + timedelta(days=MOST_DAYS)).isoformat(),
            }
        else:
            del self.fields["pays_on"]

    def clean_pays_on(self) -> date:
        """Today, or within the next weeks."""
        day: date = self.cleaned_data["pays_on"] or self.today
        if not self.today <= day <= self.today + timedelta(days=MOST_DAYS):
            raise forms.ValidationError(_("Choose a day from today on, within the next 90 days."))
        return day


class MailForm(forms.Form):
    """Where the copy is mailed: an address on file, or another with who is responsible, and why."""

    to = forms.ChoiceField(label=_("Send it to"), widget=forms.RadioSelect)
    address = forms.EmailField(label=_("Another e-mail address"), required=False, max_length=254)
    name = forms.CharField(label=_("Name of the person responsible"), required=False, max_length=160)
    reason = forms.CharField(
        label=_("Why to this address?"),
        required=False,
        max_length=300,
        help_text=_("We keep it with the copy."),
    )

    def __init__(self, *args: Any, on_file: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.choices = [*((each, each) for each in on_file), (OTHER, _("Another address"))]
        if not on_file:
            to.initial = OTHER

    def clean(self) -> dict[str, Any]:
        """Another address needs all three."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("to") == OTHER:
            for field in ("address", "name", "reason"):
                if not data.get(field) and field not in self.errors:
                    self.add_error(field, _("Please fill this in for another address."))
        return data

    @property
    def chosen(self) -> dict[str, str]:
        """The address with what was said of it."""
        data = self.cleaned_data
        if data["to"] != OTHER:
            return {"address": data["to"]}
        return {name: data[name] for name in ("address", "name", "reason")}
