"""Doors that begin with a tax id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal_modules.core.identity import MAX_EMAIL
from portal_modules.core.tax_ids import MAX_TYPED, InvalidTaxId

from ..access_codes import MAX_CODE, read_code
from ..tax_ids import TypedTaxId, read_tax_id, tax_id_name
from .doors import AddressForm, SignInForm

OTHER: Final = "other"


class TaxIdForm(forms.Form):
    """A tax id, however it was pasted. Whether somebody has it is not the form's business."""

    tax_id = forms.CharField(
        max_length=MAX_TYPED,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
        error_messages={"required": _("Write the number.")},
    )

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country
        self.fields["tax_id"].label = str(tax_id_name(country))

    def clean_tax_id(self) -> TypedTaxId:
        """Read by the rules of the company's country, else of the others."""
        try:
            return read_tax_id(self.cleaned_data["tax_id"], self.country)
        except InvalidTaxId as refusal:
            raise ValidationError(str(refusal)) from None


class ChooseAddressForm(forms.Form):
    """Which of the masked addresses gets the link; or one that is typed."""

    address = forms.ChoiceField(
        label=_("Where may we send the link?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the addresses."),
            "invalid_choice": _("Choose one of the addresses."),
        },
    )
    email = forms.CharField(
        label=_("The other address"),
        max_length=MAX_EMAIL,
        required=False,
        widget=forms.EmailInput(
            attrs={
                "autocomplete": "email",
                "inputmode": "email",
                "spellcheck": "false",
                "autocapitalize": "none",
            }
        ),
        help_text=_("Only if you chose another address: write it in full. It has to be registered with us."),
    )

    def __init__(self, *args: Any, masks: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["address"]
        field.choices = [
            *((str(place), shown) for place, shown in enumerate(masks)),
            (OTHER, _("Another registered address")),
        ]

    def clean(self) -> dict[str, Any]:
        """Who chose another address writes it."""
        data = super().clean() or self.cleaned_data
        if data.get("address") != OTHER:
            return {**data, "email": ""}
        typed = AddressForm({"email": data.get("email", "")})
        if not typed.is_valid():
            self.add_error("email", typed.errors["email"].as_data())
            return data
        return {**data, "email": typed.cleaned_data["email"]}


class FirstAccessForm(AddressForm, TaxIdForm):
    """A tax id and the address that is on file for it."""

    field_order = ("tax_id", "email")


class AccessCodeForm(TaxIdForm):
    """A tax id and the access code that the company gave out for it."""

    code = forms.CharField(
        label=_("Access code"),
        max_length=MAX_CODE,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "spellcheck": "false",
                "autocapitalize": "characters",
                "placeholder": "XXXX-XXXX-XXXX",
            }
        ),
        help_text=_("It stands in the mail that we sent to your company."),
        error_messages={"required": _("Type the access code.")},
    )

    def clean_code(self) -> str:
        """Its letters: dashes and blanks go, O is read as 0, I and L as 1."""
        return read_code(self.cleaned_data["code"])

    def refuse(self) -> None:
        """The one answer to a wrong code, a number that nobody has, and a code that is over."""
        self.add_error(None, _("This number and access code do not open anything. Check both and try again."))


class TaxIdPasswordForm(SignInForm, TaxIdForm):
    """A tax id, an address and a password; and whether this device may remember it."""

    remember = forms.BooleanField(label=_("Keep me signed in on this device for 30 days"), required=False)
    field_order = ("tax_id", "login", "password", "remember")

    def refuse(self) -> None:
        """The one answer to whatever does not fit."""
        self.add_error(
            None,
            _("We do not recognise these three together. Check the number, the e-mail and the password."),
        )
