"""The forms of the lookup. They check shape only; who is meant is asked in `opening`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal_modules.core.identity import MAX_EMAIL, normalize_email
from portal_modules.core.numbers import MAX_TYPED


class LookupForm(forms.Form):
    """A number; the end of the tax id where the number is easy to guess; and when the form was shown."""

    number = forms.CharField(
        label=_("Lookup number"),
        max_length=MAX_TYPED,
        error_messages={
            "required": _("Write your number."),
            "max_length": _("This number is too long. It reads like 4F7K-2M9Q-XD."),
        },
    )
    proof = forms.CharField(
        label=_("Last four characters of your tax number"),
        help_text=_("The tax number or document that you gave us, without dots and hyphens."),
        max_length=20,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )
    shown = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, with_proof: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_proof and "proof" not in self.data:
            del self.fields["proof"]
        if "shown" not in self.data:
            del self.fields["shown"]


class LostNumberForm(forms.Form):
    """The address that the numbers of somebody are on file with."""

    email = forms.CharField(
        label=_("E-mail"),
        max_length=MAX_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write your e-mail.")},
    )

    def clean_email(self) -> str:
        """In the form in which addresses are stored."""
        email = normalize_email(self.cleaned_data["email"])
        name, _at, _host = email.partition("@")
        # Letters that only look like another's are tried to get its mail, and no mail server takes them.
        if not name.isascii():
            raise forms.ValidationError(_("This e-mail address has a sign that none can have."))
        forms.EmailField().clean(email)
        return email
