"""Naming a customer in a form, where a list of all would be too long to choose from."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.core.tax_ids import format_tax_id

from .models import Customer

HINTS: Final = "customer-hints"
MOST_HINTS: Final = 300
_BETWEEN: Final = " · "
_SHOWN: Final = 5
_SHORTEST: Final = 3  # letters of a name: fewer fit somebody by chance


def named(customer: Customer) -> str:
    """A customer as the field writes it: the name, and what tells it from others of that name."""
    tax_id = format_tax_id(customer.country, customer.tax_id) if customer.tax_id else ""
    return _BETWEEN.join(filter(None, [customer.name, tax_id or customer.reference]))


def hints() -> list[str]:
    """What the browser offers while somebody types; nothing where there are too many."""
    rows = list(Customer.objects.active().order_by("name", "pk")[: MOST_HINTS + 1])
    return [named(customer) for customer in rows] if len(rows) <= MOST_HINTS else []


class CustomerField(forms.CharField):
    """A customer by name, tax id or own number; several that fit are named, so that one can be told from the others."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"list": HINTS, "autocomplete": "off"})
        super().__init__(
            max_length=260,
            widget=widget,
            help_text=gettext_lazy("Name, tax id, or own number."),
            **more,
        )

    def prepare_value(self, value: Any) -> Any:
        """In words, where a row's key was given."""
        if isinstance(value, int):
            found = Customer.objects.filter(pk=value).first()
            return named(found) if found else ""
        return value

    def clean(self, value: Any) -> Any:
        """The customer that is meant, None for nothing. A field that is not to be changed hands its own key over."""
        if isinstance(value, int):
            return Customer.objects.get(pk=value)
        text = super().clean(value)
        if not text:
            return None
        found = _meant(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("No customer fits. Write the name, the tax id or the own number."))
        names = "; ".join(named(customer) for customer in found[:_SHOWN])
        raise ValidationError(_("Several customers fit: %(names)s. Write more of it.") % {"names": names})


def _meant(text: str) -> list[Customer]:
    """By what only one can have, else by the whole name, else by a part of it."""
    customers = Customer.objects.active().order_by("name", "pk")
    last = text.rpartition(_BETWEEN)[2]
    bare = "".join(sign for sign in last.upper() if sign.isascii() and sign.isalnum())
    for narrowed in ({"tax_id": bare}, {"reference": last.strip()}, {"name__iexact": text.strip()}):
        if all(narrowed.values()) and (found := list(customers.filter(**narrowed)[: _SHOWN + 1])):
            return found
    if len(text.strip()) < _SHORTEST:
        return []
    return list(customers.filter(name__unaccent__icontains=text.strip())[: _SHOWN + 1])
