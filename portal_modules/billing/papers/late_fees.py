"""What paying late costs: fine and interest on a day of payment, each line with how it came about.

The fine is charged once, the interest is simple and counts calendar days on the original principal (Código Civil
arts. 389 and 406). Both are terms of a contract, so they come from the company's policy. Published worked examples
round in five ways, and a bank's slip has to agree with the bank's: the way is part of the policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .bank_days import next_bank_day
from .figures import number_shown

_DAYS_OF_A_MONTH: Final = 30
_HUNDRED: Final = Decimal(100)


class Rounding(StrEnum):
    """Where the cents are cut: at the end or on the way."""

    EXACT_HALF_UP = "exact_half_up"
    EXACT_TRUNCATE = "exact_truncate"
    DAILY_RATE_3DP = "daily_rate_3dp"
    DAILY_RATE_4DP = "daily_rate_4dp"
    DAILY_VALUE_2DP = "daily_value_2dp"


@dataclass(frozen=True, slots=True)
class LateTerms:
    """The terms: percentages of the principal, and of the principal for each month of 30 days.

    What is due on a day without banks may be paid on the next one. Whoever misses that too pays from the due date,
    or, `from_bank_day`, from the day on which it could still be paid.
    """

    fine_percent: Decimal
    monthly_percent: Decimal
    rounding: Rounding = Rounding.EXACT_HALF_UP
    from_bank_day: bool = False


class Charge(StrEnum):
    """What a line of the reckoning is."""

    PRINCIPAL = "principal"
    FINE = "fine"
    INTEREST = "interest"


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One line of the reckoning. Its words are made when they are read, in the reader's language."""

    charge: Charge
    amount: Decimal
    percent: Decimal = Decimal(0)
    days: int = 0
    due_on: date = date.min

    @property
    def label(self) -> str:
        """What it is."""
        match self.charge:
            case Charge.FINE:
                return _("Fine")
            case Charge.INTEREST:
                return _("Interest")
        return _("Amount")

    @property
    def detail(self) -> str:
        """How it came about."""
        percent = number_shown(self.percent)
        match self.charge:
            case Charge.FINE:
                return _("%(percent)s %%, once") % {"percent": percent}
            case Charge.INTEREST:
                words = ngettext(
                    "%(percent)s %% a month, %(days)s day", "%(percent)s %% a month, %(days)s days", self.days
                )
                return words % {"percent": percent, "days": self.days}
        return _("due on %(day)s") % {"day": date_format(self.due_on, "SHORT_DATE_FORMAT")}


@dataclass(frozen=True, slots=True)
class LateCharges:
    """What has to be paid on a day. `lines` add up to `total`."""

    principal: Decimal
    days: int
    fine: Decimal
    interest: Decimal
    lines: tuple[ChargeLine, ...]

    @property
    def total(self) -> Decimal:
        """Principal, fine and interest."""
        return self.principal + self.fine + self.interest


def late_charges(
    principal: Decimal, terms: LateTerms, due_on: date, pays_on: date, country: str, digits: int = 2
) -> LateCharges:
    """What is owed of a principal that was due on one day and is paid on another; `digits` are the currency's."""
    payable_until = next_bank_day(due_on, country)
    lines = [ChargeLine(Charge.PRINCIPAL, principal, due_on=due_on)]
    if pays_on <= payable_until:
        return LateCharges(principal, 0, Decimal(0), Decimal(0), tuple(lines))
    days = (pays_on - (payable_until if terms.from_bank_day else due_on)).days
    fine = _cut(principal * terms.fine_percent / _HUNDRED, terms.rounding, digits)
    interest = _interest(principal, terms, days, digits)
    if fine:
        lines.append(ChargeLine(Charge.FINE, fine, terms.fine_percent))
    if interest:
        lines.append(ChargeLine(Charge.INTEREST, interest, terms.monthly_percent, days))
    return LateCharges(principal, days, fine, interest, tuple(lines))


def _interest(principal: Decimal, terms: LateTerms, days: int, digits: int) -> Decimal:
    # Multiplied first and divided last: a third of a cent that was cut on the way would be missing at the end.
    daily_percent = terms.monthly_percent / _DAYS_OF_A_MONTH
    match terms.rounding:
        case Rounding.DAILY_RATE_3DP:
            found = principal * _half_up(daily_percent, 3) * days / _HUNDRED
        case Rounding.DAILY_RATE_4DP:
            found = principal * _half_up(daily_percent, 4) * days / _HUNDRED
        case Rounding.DAILY_VALUE_2DP:
            found = _half_up(principal * terms.monthly_percent / (_DAYS_OF_A_MONTH * _HUNDRED), 2) * days
        case _:
            found = principal * terms.monthly_percent * days / (_DAYS_OF_A_MONTH * _HUNDRED)
    return _cut(found, terms.rounding, digits)


def _cut(amount: Decimal, rounding: Rounding, digits: int) -> Decimal:
    how = ROUND_DOWN if rounding is Rounding.EXACT_TRUNCATE else ROUND_HALF_UP
    return amount.quantize(Decimal(1).scaleb(-digits), how)


def _half_up(amount: Decimal, digits: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
