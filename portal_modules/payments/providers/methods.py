"""Ways to pay: what each is called, and where it exists. Their codes are those of Stripe where it has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Method:
    """One of them. Empty currencies or countries are all; what `is_delayed` is confirmed days later."""

    code: str
    label: str | Promise
    hint: str | Promise = ""
    currencies: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    is_delayed: bool = False
    can_be_kept: bool = False

    def is_for(self, currency: str, country: str) -> bool:
        """Does it exist for a currency, in a company of a country?"""
        return (not self.currencies or currency in self.currencies) and (
            not self.countries or country in self.countries
        )


_REAL, _EURO, _PESO = frozenset({"BRL"}), frozenset({"EUR"}), frozenset({"CLP"})

METHODS: Final = {
    method.code: method
    for method in (
        Method("card", _("Card"), _("Credit or debit, confirmed at once."), can_be_kept=True),
        Method("pix", "Pix", _("With the app of your bank, confirmed at once."), _REAL, frozenset({"BR"})),
        Method(
            "boleto",
            "Boleto",
            _("Paid at any bank, confirmed on the next bank day."),
            _REAL,
            frozenset({"BR"}),
            is_delayed=True,
        ),
        Method(
            "multibanco",
            "Multibanco",
            _("At a cash machine or in your bank, with entity and reference."),
            _EURO,
            frozenset({"PT"}),
            is_delayed=True,
        ),
        Method("mb_way", "MB WAY", _("You confirm it on your phone."), _EURO, frozenset({"PT"})),
        Method("webpay", "Webpay", _("Credit or debit card of a Chilean bank."), _PESO, frozenset({"CL"})),
        Method("servipag", "Servipag", _("Transfer from your bank account."), _PESO, frozenset({"CL"})),
    )
}


def label_of(code: str) -> str:
    """What a way to pay is called; its code where it is not known any more."""
    method = METHODS.get(code)
    return str(method.label) if method else code
