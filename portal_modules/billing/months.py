"""The months of a customer's invoices as a drawing: what was billed in each, and how much of it is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from .summing import Sums, by_key

SHOWN: Final = 12
_HEIGHT: Final = 100
_STEP, _BAR = 20, 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: where its bar stands and how high it is, in units of the drawing."""

    month: date
    last: date
    sums: Sums
    left: int
    top: int
    height: int
    open_top: int
    open_height: int

    width: ClassVar[int] = _BAR


@dataclass(frozen=True, slots=True)
class Months:
    """The last months of one currency. `highest` is what the tallest bar stands for."""

    currency: str
    bars: list[Bar]
    highest: Decimal

    width: ClassVar[int] = SHOWN * _STEP
    height: ClassVar[int] = _HEIGHT


def months_of(sums: Iterable[Sums], on: date) -> list[Months]:
    """A drawing for each currency in which something was billed in the last twelve months."""
    shown = [_month_before(on, number) for number in range(SHOWN - 1, -1, -1)]
    found = by_key(sums, lambda each: (each.currency, each.month))
    drawn = []
    for currency in sorted({currency for currency, _month in found}):
        of_months = [found.get((currency, month), Sums(currency, month=month)) for month in shown]
        highest = max(each.billed for each in of_months)
        if highest:
            bars = [_bar(place, each, highest) for place, each in enumerate(of_months)]
            drawn.append(Months(currency, bars, highest))
    return drawn


def _bar(place: int, sums: Sums, highest: Decimal) -> Bar:
    height, open_height = _units(sums.billed, highest), _units(sums.open, highest)
    return Bar(
        month=sums.month,
        last=last_day_of(sums.month),
        sums=sums,
        left=place * _STEP + (_STEP - _BAR) // 2,
        top=_HEIGHT - height,
        height=height,
        open_top=_HEIGHT - open_height,
        open_height=open_height,
    )


def _units(amount: Decimal, highest: Decimal) -> int:
    """Something is always seen of what is there."""
    return max(1, round(_HEIGHT * amount / highest)) if amount else 0


def _month_before(on: date, number: int) -> date:
    years, month = divmod(on.year * 12 + on.month - 1 - number, 12)
    return date(years, month + 1, 1)


def last_day_of(month: date) -> date:
    """The last day of the month that a day is in."""
    following = _month_before(month, -1)
    return date.fromordinal(following.toordinal() - 1)
