"""Form and model fields for values that people paste and the kernel stores in one bare form."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .tax_ids import MAX_TYPED, InvalidTaxId, format_tax_id, may_sign_in, normalize

# Countries whose numbers have no letter: phones may show the digits alone.
_DIGITS_ONLY = frozenset({"PT"})


class TaxIdFormField(forms.CharField):
    """Asks for a tax id of one country and cleans to its bare form; shows a stored one as people write it.

    With `sign_in=True` the number must be able to identify somebody, so placeholders are refused. Whether a
    customer with it exists is never this field's business.
    """

    def __init__(self, *, country: str, sign_in: bool = False, **kwargs: Any) -> None:
        self.country = country
        self.sign_in = sign_in
        kwargs.setdefault("max_length", MAX_TYPED)
        super().__init__(**kwargs)

    def to_python(self, value: object) -> str:
        """The bare tax id, or the empty value; raises `InvalidTaxId`."""
        # Cut before it is looked at: twice the limit leaves room for blanks and is still refused when full.
        text = super().to_python(value if value is None else str(value)[: MAX_TYPED * 2])
        if not text:
            return ""
        bare = normalize(self.country, text)
        if self.sign_in and not may_sign_in(self.country, bare):
            raise InvalidTaxId("placeholder", self.country)
        return bare

    def prepare_value(self, value: object) -> object:
        """The written form of a valid number; what was typed wrongly stays as it was typed."""
        if not isinstance(value, str) or not value:
            return value
        try:
            return format_tax_id(self.country, normalize(self.country, value))
        except InvalidTaxId:
            return value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Keyboards and spell checkers must not help with a number that has letters."""
        attrs = super().widget_attrs(widget)
        attrs.update(autocapitalize="characters", autocorrect="off", spellcheck="false")
        attrs["inputmode"] = "numeric" if self.country.upper() in _DIGITS_ONLY else "text"
        return attrs


class TaxIdField(models.CharField):  # type: ignore[type-arg]  # Django's fields take none at run time
    """A bare tax id beside a country that stands elsewhere on the row or on its company.

    The column knows only the shape (digits and capitals, at most 14); the form field declared over it and the
    action that writes the row know the rules of the country.
    """

    default_validators = (RegexValidator(r"^[0-9A-Z]{8,14}\Z", _("Store a tax id bare and in upper case.")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 14)
        super().__init__(*args, **kwargs)
