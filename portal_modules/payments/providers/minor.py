"""Amounts as providers count them: whole numbers of the smallest unit, which for pesos is the peso itself."""

from __future__ import annotations

from decimal import Decimal

from portal_modules.core.amounts import digits_of, fits


def to_minor(amount: Decimal, currency: str) -> int:
    """12.34 EUR is 1234, 15990 CLP is 15990. Raises `ValueError` for parts of a cent."""
    if not fits(amount, currency):
        raise ValueError(f"{amount} has more digits than {currency}.")
    return int(amount.scaleb(digits_of(currency)))


def from_minor(units: int, currency: str) -> Decimal:
    """The amount of so many units."""
    return Decimal(units).scaleb(-digits_of(currency))
