"""Second factors, as people show them."""

from __future__ import annotations

from typing import Any, Final

from allauth.core import context
from allauth.mfa import signals
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.internal.flows.add import validate_can_add_authenticator
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret, validate_totp_code
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal_modules.accounts.throttles import CODE_ONCE
from portal_modules.core.secrets import SecretUnreadable


def code_field() -> forms.CharField:
    return forms.CharField(
        label=_("Code"),
        max_length=32,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )


def _wrong_code() -> ValidationError:
    return ValidationError(
        _("This code is not right, or was used before. Wait for the next one."), code="code"
    )


def _fits_app(authenticator: Authenticator, code: str) -> bool:
    """Is this what the app shows, for the first time? The count is PostgreSQL's: the cache may be gone."""
    try:
        secret = decrypt(authenticator.data["secret"])
    except SecretUnreadable:
        return False
    return validate_totp_code(secret, code) and CODE_ONCE.hit(authenticator.user_id, _bare(code)) == 1


def _fits_recovery(authenticator: Authenticator, code: str) -> bool:
    try:
        return bool(authenticator.wrap().validate_code(code))
    except SecretUnreadable:
        return False


def _bare(code: str) -> str:
    return "".join(sign for sign in code if sign.isalnum())


class OneCode(forms.Form):
    """A code of the app, or a recovery code."""

    user: Any

    def clean_code(self) -> str:
        """The code, when one of the person's authenticators takes it."""
        code = _bare(self.cleaned_data["code"])
        found = list(Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN))
        for authenticator in sorted(found, key=lambda each: each.type != Authenticator.Type.TOTP):
            is_app = authenticator.type == Authenticator.Type.TOTP
            if _fits_app(authenticator, code) if is_app else _fits_recovery(authenticator, code):
                authenticator.user = self.user
                self.authenticator = authenticator
                return code
        signals.authentication_failed.send(
            sender=Authenticator,
            request=context.request,
            user=self.user,
            authenticator=found[0] if found else None,
            reauthentication=False,
        )
        raise _wrong_code()


class SecondStepForm(OneCode, AuthenticateForm):
    """The code that follows the password."""

    code = code_field()


class SecondStepAgainForm(OneCode, ReauthenticateForm):
    """The code, before something that matters."""

    code = code_field()


class SetUpAppForm(forms.Form):
    """The first code of an app that was just given its secret, which waits encrypted in the session."""

    code = code_field()

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.secret = self._secret()

    def _secret(self) -> str:
        session = context.request.session
        kept = session.get(SECRET_SESSION_KEY)
        if self.is_bound and kept:
            try:
                return str(decrypt(kept))
            except SecretUnreadable:
                pass  # of before a change of keys: the person scans once more
        secret = generate_totp_secret()
        session[SECRET_SESSION_KEY] = encrypt(secret)
        return str(secret)

    def clean_code(self) -> str:
        """The code, when it is what the app shows now; it opens nothing else afterwards."""
        validate_can_add_authenticator(self.user)
        code = _bare(self.cleaned_data["code"])
        if not validate_totp_code(self.secret, code) or CODE_ONCE.hit(self.user.pk, code) != 1:
            raise _wrong_code()
        return code


# What the parser of keys raises, besides a refusal, for an answer that no browser gives.
_NONSENSE: Final = (TypeError, ValueError, KeyError, AttributeError, IndexError)


def _wrong_key() -> ValidationError:
    return ValidationError(_("This security key did not answer as expected. Try again."), code="key")


class AddKeyForm(AddWebAuthnForm):
    """A new security key, and what its owner calls it."""

    name = forms.CharField(label=_("Name of the key"), required=False, max_length=100)

    def clean(self) -> dict[str, Any]:
        """The key's answer, checked."""
        try:
            return dict(super().clean())
        except _NONSENSE as error:
            raise _wrong_key() from error


class _KeyAnswer(forms.Form):
    def clean_credential(self) -> Authenticator:
        """The key that answered, when it is one of the person's."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _NONSENSE as error:
            raise _wrong_key() from error


class KeyForm(_KeyAnswer, AuthenticateWebAuthnForm):
    """A security key that follows the password."""


class KeyAgainForm(_KeyAnswer, ReauthenticateWebAuthnForm):
    """A security key, before something that matters."""
