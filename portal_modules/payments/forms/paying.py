"""What is paid now: which invoices or instalments, how much of each, and how."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from portal_modules.core.amounts import AmountField, money_shown

from ..actions.attempts import AskedPart
from ..paying import Payable, Way

# A comma that was left out makes a hundred times as much.
_SLIP: Final = 10


class WayForm(forms.Form):
    """How something is paid."""

    way = forms.ChoiceField(
        label=_("How do you want to pay?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how you want to pay."),
            "invalid_choice": _("Choose how you want to pay."),
        },
    )

    def __init__(self, *args: Any, ways: Sequence[Way], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["way"]
        field.choices = [(way.value, way.label) for way in ways]
        self.ways = {way.value: way for way in ways}
        if len(ways) == 1:
            field.initial = ways[0].value

    @property
    def chosen(self) -> Way:
        """The way that was chosen."""
        return self.ways[self.cleaned_data["way"]]

    def choices_with_hints(self) -> list[tuple[Any, Way]]:
        """Each radio button with what there is to say of it."""
        return [(widget, self.ways[widget.data["value"]]) for widget in self["way"]]


class PayForm(WayForm):
    """Which parts, and how much of each. What was not ticked is not paid; the amounts are bounded by the action."""

    def __init__(
        self,
        *args: Any,
        payables: Sequence[Payable],
        currency: str,
        chosen: set[str],
        takes_surplus: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.payables, self.takes_surplus = payables, takes_surplus
        for each in payables:
            what = {"what": _title(each)}
            self.fields[f"pay-{each.key}"] = forms.BooleanField(
                label=_("Pay %(what)s") % what, required=False, initial=each.key in chosen
            )
            self.fields[f"amount-{each.key}"] = AmountField(
                label=_("Amount for %(what)s") % what,
                currency=currency,
                required=False,
                initial=each.open,
            )

    def rows(self) -> list[tuple[Payable, Any, Any]]:
        """Each part with its two fields."""
        return [(each, self[f"pay-{each.key}"], self[f"amount-{each.key}"]) for each in self.payables]

    def clean(self) -> dict[str, Any]:
        """Something has to be ticked; more than is open of it is paid only where the company keeps it as credit."""
        data = super().clean() or {}
        ticked = [each for each in self.payables if data.get(f"pay-{each.key}")]
        if not ticked:
            raise forms.ValidationError(_("Choose at least one invoice."))
        for each in ticked:
            name = f"amount-{each.key}"
            amount: Decimal | None = data.get(name)
            if amount is None and name not in self.errors:
                data[name] = each.open
            elif amount is not None and amount > each.open and not self.takes_surplus:
                shown = money_shown(each.open, each.invoice.currency)
                self.add_error(name, _("No more than %(amount)s is open.") % {"amount": shown})
            elif amount is not None and amount > each.open * _SLIP:
                shown = money_shown(each.open, each.invoice.currency)
                words = _("This is much more than the %(amount)s that is open. Check it, please.")
                self.add_error(name, words % {"amount": shown})
        return data

    def parts(self) -> list[AskedPart]:
        """What was chosen, for the action."""
        data, found = self.cleaned_data, []
        for each in self.payables:
            if data.get(f"pay-{each.key}"):
                amount = data[f"amount-{each.key}"]
                part = each.instalment.pk if each.instalment else None
                found.append(AskedPart(UUID(str(each.invoice.pk)), amount, part))
        return found


def _title(each: Payable) -> str:
    if each.instalment:
        return f"{each.invoice.number_shown} {each.instalment.number}/{each.of}"
    return each.invoice.number_shown
