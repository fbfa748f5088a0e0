"""Saying who one is, where one's address is missing."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .doors import AddressForm
from .tax_ids import TaxIdForm


class MissingForm(AddressForm, TaxIdForm):
    """The number, and the person."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    field_order = ("tax_id", "name", "email", "phone")

    def clean_name(self) -> str:
        """One line."""
        return _one_line(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        """One line."""
        return _one_line(self.cleaned_data["phone"])


def _one_line(text: str) -> str:
    if any(not sign.isprintable() for sign in text):
        raise ValidationError(_("This has a sign that cannot be read."))
    return text
