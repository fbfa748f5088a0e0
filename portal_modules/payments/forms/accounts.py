"""An account at a provider as staff keep it. Keys are written here and never read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..choices import PaymentMethod, ProviderKind
from ..models import PaymentProvider
from ..opening import adapter_of
from ..providers import providers

_KEY_STARTS = {True: ("sk_live_", "rk_live_"), False: ("sk_test_", "rk_test_")}


def _secret(label: Any, hint: Any) -> forms.CharField:
    widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=400, widget=widget)


class ProviderForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own class takes no argument
    """What customers read, which ways to pay are on, and the keys."""

    methods = forms.MultipleChoiceField(
        label=_("Ways to pay that are on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    key = _secret(
        _("Secret key"),
        _("From the dashboard of the provider. Leave it empty to keep the one that is there."),
    )
    webhook_secret = _secret(
        _("Secret of the webhook"), _("It begins with whsec_. Leave it empty to keep the one that is there.")
    )
    field_order = (
        "label_pt",
        "label_es",
        "label_en",
        "methods",
        "is_on",
        "is_live",
        "key",
        "webhook_secret",
        "position",
    )

    class Meta:
        model = PaymentProvider
        fields = ("label_pt", "label_es", "label_en", "is_on", "is_live", "position")

    def __init__(self, *args: Any, country: str, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adapter = adapter_of(self.instance)
        there = adapter.methods(currency, country)
        # What was switched on in another currency stays on where it exists.
        codes = there + [code for code in self.instance.methods if code not in there]
        methods: Any = self.fields["methods"]
        methods.choices = [(code, PaymentMethod(code).label) for code in codes]
        self.initial.setdefault("methods", self.instance.methods or there[:1])
        if not adapter.needs_key:
            for name in ("key", "webhook_secret", "is_live"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A key is of the mode that the account says, and an account that is on can be asked and believed."""
        data = super().clean() or {}
        if "key" not in self.fields:
            return data
        key, is_live = data.get("key", "").strip(), bool(data.get("is_live"))
        if key and not key.startswith(_KEY_STARTS[is_live]):
            other = key.startswith(_KEY_STARTS[not is_live])
            self.add_error("key", _OTHER_MODE if other else _NO_KEY)
        secret = data.get("webhook_secret", "").strip()
        if secret and not secret.startswith("whsec_"):
            self.add_error("webhook_secret", _("The secret of a webhook begins with whsec_."))
        was_live = self.instance.pk and not self.instance._state.adding and self.initial.get("is_live")
        if not key and self.instance.has_secret and bool(was_live) != is_live:
            self.add_error(
                "key", _("Tests and real money have different keys: write the one that belongs here.")
            )
        if data.get("is_on"):
            if not (key or self.instance.has_secret):
                self.add_error("key", _("Without a key it cannot be switched on."))
            if not (secret or self.instance.has_webhook_secret):
                self.add_error(
                    "webhook_secret",
                    _("Without it nobody would tell us of payments: write it before you switch it on."),
                )
            if not data.get("methods"):
                self.add_error("methods", _("Choose at least one way to pay."))
        return data

    def clean_label_en(self) -> str:
        """One of the three is needed."""
        labels = [self.cleaned_data.get(name) for name in ("label_pt", "label_es", "label_en")]
        if not any(labels):
            raise ValidationError(_("Give it a name in one language at least."))
        return str(self.cleaned_data.get("label_en") or "")

    def save(self, commit: bool = True) -> PaymentProvider:
        """The row, for the action to keep."""
        row: PaymentProvider = super().save(commit=False)
        row.methods = self.cleaned_data["methods"]
        return row


_OTHER_MODE = _("This key belongs to the other mode: tests and real money have different keys.")
_NO_KEY = _("A secret key of Stripe begins with sk_ or rk_.")


def kinds_to_add() -> list[ProviderKind]:
    """The providers that can be asked here."""
    return [ProviderKind(each.slug) for each in providers]
