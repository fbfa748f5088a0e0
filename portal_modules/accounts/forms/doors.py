"""Signing in, registering, and a new password."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal_modules.core.identity import MAX_EMAIL, normalize_email
from portal_modules.users.models import User

from ..agreeing import Version
from .factors import code_field

MAX_PASSWORD: Final = 1024  # more than any manager makes; a hash of megabytes would keep everybody waiting


class SignInForm(forms.Form):
    """An e-mail address and a password; whether they fit is not the form's business."""

    login = forms.CharField(
        label=_("E-mail"),
        max_length=320,
        widget=forms.EmailInput(
            attrs={"autocomplete": "username", "inputmode": "email", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=1024,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def refuse(self) -> None:
        """The one answer to a wrong password, an unknown address, and somebody who does not belong here."""
        self.add_error(None, _("We do not recognise this e-mail and password. Check both and try again."))


class AddressForm(forms.Form):
    """The address that somebody wants to prove."""

    email = forms.CharField(
        label=_("E-mail"),
        max_length=MAX_EMAIL,
        widget=forms.EmailInput(
            attrs={
                "autocomplete": "email",
                "inputmode": "email",
                "spellcheck": "false",
                "autocapitalize": "none",
            }
        ),
        error_messages={"required": _("Write your e-mail.")},
    )

    def clean_email(self) -> str:
        """In the form in which addresses are stored."""
        email = normalize_email(self.cleaned_data["email"])
        # Letters that only look like another's are tried to get its mail, and no mail server takes them.
        if not email.partition("@")[0].isascii():
            raise ValidationError(_("This e-mail address has a sign that none can have."))
        forms.EmailField(max_length=MAX_EMAIL).clean(email)
        return email


class CodeForm(forms.Form):
    """The six digits of a mail, however they were pasted."""

    code = code_field()
    code.label = _("Code of six digits")
    code.error_messages["required"] = _("Type the code of six digits.")

    def clean_code(self) -> str:
        """The digits: blanks and dashes go, and digits of other scripts are read as what they are."""
        typed = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        bare = "".join(sign for sign in typed if not (sign.isspace() or unicodedata.category(sign) == "Pd"))
        if len(bare) != 6 or not (bare.isascii() and bare.isdigit()):
            raise ValidationError(_("The code has six digits, such as 482 913."))
        return bare


class AgreeForm(forms.Form):
    """Accepting the texts that hold now. `seen` names the versions that the page showed."""

    accept = forms.BooleanField(
        label=_("I accept"), error_messages={"required": _("Please read and accept this to go on.")}
    )
    seen = forms.CharField(max_length=200, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, texts: Sequence[Version], **kwargs: Any) -> None:
        self.texts = texts
        self.mark = ",".join(str(version.pk) for version in texts)
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.mark
        if texts:
            self.fields["accept"].label = _agreement(texts)
        else:
            del self.fields["accept"], self.fields["seen"]

    def clean(self) -> dict[str, Any]:
        """What was shown has to be what holds."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.texts and data.get("accept") and data.get("seen") != self.mark:
            # The box comes back empty, with the texts that hold now.
            shown = {name: self.data[name] for name in self.data if name != self.add_prefix("accept")}
            self.data = {**shown, self.add_prefix("seen"): self.mark}
            raise ValidationError(
                _("The texts have changed meanwhile. Please read them again."), code="changed"
            )
        return data


def _agreement(texts: Sequence[Version]) -> SafeString:
    """`I have read and accept: Terms of use (version 2) · Privacy notice (version 1)`, each a link."""
    names = [
        gettext("%(name)s (version %(number)s)") % {"name": version.name, "number": version.number}
        for version in texts
    ]
    links = format_html_join(
        " · ",
        '<a href="{}" target="_blank" rel="noopener">{}</a>',
        zip([version.url for version in texts], names, strict=True),
    )
    return format_html("{} {}", gettext("I have read and accept:"), links)


def _password_field(label: Any, required: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MAX_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": required},
    )


class NewPasswordForm(AgreeForm):
    """A password typed twice, and the texts to accept where there are any."""

    password1 = _password_field(_("New password"), _("Choose a password."))
    password2 = _password_field(_("The same password again"), _("Type the password a second time."))
    field_order = ("password1", "password2", "accept", "seen")

    def __init__(self, *args: Any, user: User, texts: Sequence[Version] = (), **kwargs: Any) -> None:
        super().__init__(*args, texts=texts, **kwargs)
        self.user = user
        self.fields["password1"].help_text = password_validators_help_text_html()

    def clean_password2(self) -> str:
        """Both alike, and hard enough to guess."""
        first, second = self.cleaned_data.get("password1"), self.cleaned_data["password2"]
        if first is not None and first != second:
            raise ValidationError(_("The two passwords are not alike. Type the same one twice."))
        return str(second)

    def clean(self) -> dict[str, Any]:
        """The rules of passwords speak at the first field."""
        data = super().clean()
        if password := data.get("password1"):
            try:
                validate_password(password, self.user)
            except ValidationError as refusal:
                self.add_error("password1", refusal)
        return data


class KnownPasswordForm(AgreeForm):
    """The password that somebody has already, and the texts to accept where there are any."""

    password = forms.CharField(
        label=_("Your password"),
        max_length=MAX_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password.")},
    )
    field_order = ("password", "accept", "seen")

    def refuse(self) -> None:
        """It is not theirs."""
        self.add_error("password", _("This is not the password of this e-mail. Try again."))
