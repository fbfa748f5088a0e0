"""Amounts of money: how many digits a currency has, and reading what people type.

What is typed is read in one way only. What two people would read differently ("1.005"), and what programs
read and people do not write ("1e2", "1_000", digits of other scripts), is refused in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Final

from babel import Locale
from babel.numbers import format_currency, get_currency_precision, get_decimal_symbol
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal

_NO_DIGITS: Final = frozenset({"CLP"})
_STEPS: Final = {currency: Decimal(1) for currency in _NO_DIGITS}
_CENT: Final = Decimal("0.01")
_MOST: Final = {"CLP": Decimal(9_999_999_999)}
_MOST_ELSEWHERE: Final = Decimal("99999999.99")
_LONGEST: Final = 24

_PLAIN = re.compile(r"[0-9]{1,15}\Z")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*\Z")
_FRACTION = re.compile(r"(?P<whole>.*)[.,](?P<fraction>[0-9]{1,2})\Z")
# 1, 234 and 567, with whatever a language writes around them.
_WRITTEN = re.compile(r"(\D*)1(?P<group>\D*)234(?P=group)567(?:(\D+)0+)?(\D*)")
_AMBIGUOUS = re.compile(r"[0-9]{1,3}[.,][0-9]{3}\Z")


class NoAmount(Refusal):
    """What was typed is no amount."""

    sentence = _("Write the amount in plain digits, such as 1234.50.")


class AmbiguousAmount(NoAmount):
    """One point and three digits: a thousand and five, or one and a bit."""

    sentence = _("Write the amount without a sign between the thousands, such as 1234.50.")


class NotPositive(NoAmount):
    """Nothing, or less than nothing."""

    sentence = _("The amount has to be more than zero.")


class TooManyDigits(NoAmount):
    """Cents of a currency that has none, or parts of a cent."""

    sentence = _("This currency has fewer decimals.")


class AmountTooLarge(NoAmount):
    """More than is taken at once."""

    sentence = _("This amount is too large.")


def digits_of(currency: str) -> int:
    """How many decimals a currency has."""
    return 0 if currency in _NO_DIGITS else 2


def most_of(currency: str) -> Decimal:
    """The largest amount that is taken."""
    return _MOST.get(currency, _MOST_ELSEWHERE)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """To the digits of a currency; half a cent goes up."""
    return amount.quantize(_STEPS.get(currency, _CENT), rounding=ROUND_HALF_UP)


def fits(amount: Decimal, currency: str) -> bool:
    """Has it no more digits than its currency?"""
    return amount == rounded(amount, currency)


def money_shown(amount: Decimal, currency: str, language: str = "") -> str:
    """An amount as it is written in a language, that of the page without one: "R$ 1.250,00", "$15.990"."""
    style = _style(language or get_language() or "en", currency)
    if amount < 0 or style is None:
        return format_currency(amount, currency, locale=_locale(language or get_language() or "en", currency))
    whole, _point, fraction = (
        f"{Decimal(amount).quantize(style.step, rounding=ROUND_HALF_EVEN):,f}".partition(".")
    )
    return f"{style.before}{whole.replace(',', style.group)}{style.point}{fraction}{style.after}"


@dataclass(frozen=True, slots=True)
class _Style:
    """How a language writes amounts of a currency: what stands around the digits, and between them."""

    before: str
    group: str
    point: str
    after: str
    step: Decimal


@lru_cache(maxsize=256)
def _style(language: str, currency: str) -> _Style | None:
    """Read off an amount that Babel has written: it goes through its pattern anew for each. None where it cannot be."""
    step = Decimal(1).scaleb(-get_currency_precision(currency))
    sample = format_currency(Decimal(1234567).quantize(step), currency, locale=_locale(language, currency))
    found = _WRITTEN.fullmatch(sample)
    return _Style(found[1], found[2], found[3] or "", found[4], step) if found else None


@lru_cache(maxsize=64)
def _locale(language: str, currency: str) -> Locale:
    """Spanish is written in Chile and in Spain: the currency tells which."""
    if language == "es":
        return Locale("es", "CL" if currency == "CLP" else "ES")
    if language == "pt":
        return Locale("pt", "BR" if currency == "BRL" else "PT")
    return Locale.parse(language, sep="-")


def read_amount(text: object, currency: str, *, may_be_zero: bool = False) -> Decimal:
    """The amount that somebody typed: `1234.5`, `1234,50`, `1.234,50`, `1 234 567`.

    Raises `NoAmount`, whose kinds say what is wrong.
    """
    typed = str(text).strip().replace("\u00a0", " ").replace("\u202f", " ")
    if len(typed) > _LONGEST or not typed.isascii():
        raise NoAmount
    if typed.startswith(("-", "\u2212")):
        raise NotPositive
    amount = _value(typed)
    if amount == 0 and not may_be_zero:
        raise NotPositive
    if amount > most_of(currency):
        raise AmountTooLarge
    if not fits(amount, currency):
        raise TooManyDigits
    return rounded(amount, currency)


def _value(typed: str) -> Decimal:
    if _AMBIGUOUS.match(typed):
        raise AmbiguousAmount
    if found := _FRACTION.match(typed):
        whole, fraction = found["whole"], found["fraction"]
        mark = typed[len(whole)]
        if _PLAIN.match(whole) or ((group := _GROUPED.match(whole)) and group[1] != mark):
            return Decimal(f"{_digits(whole)}.{fraction}")
        raise NoAmount
    if _PLAIN.match(typed) or _GROUPED.match(typed):
        return Decimal(_digits(typed))
    raise NoAmount


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


class AmountField(forms.Field):
    """Asks for an amount of one currency; cleans to a Decimal with the digits of the currency.

    `currency` may be set later, by a form whose currency is chosen in it: cleaning then takes the new one.
    """

    def __init__(self, *, currency: str = "EUR", may_be_zero: bool = False, **kwargs: Any) -> None:
        self.currency = currency
        self.may_be_zero = may_be_zero
        super().__init__(**kwargs)

    def to_python(self, value: object) -> Any:
        """The amount, None where nothing was typed."""
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        try:
            return read_amount(text, self.currency, may_be_zero=self.may_be_zero)
        except NoAmount as refusal:
            raise ValidationError(str(refusal)) from None

    def prepare_value(self, value: object) -> object:
        """A stored amount with its currency's digits and the reader's decimal sign; what was typed stays as typed."""
        if not isinstance(value, Decimal):
            return value
        mark = get_decimal_symbol(_locale(get_language() or "en", self.currency))
        return f"{rounded(value, self.currency):f}".replace(".", mark)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Phones show digits and a decimal sign."""
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}
