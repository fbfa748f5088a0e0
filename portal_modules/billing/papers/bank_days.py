"""Days on which banks work: what falls due on another day may be paid on the next bank day without charges.

Brazil: Lei 7.089/1983 art. 1 and Código Civil art. 132 §1; the days are FEBRABAN's. Banks clear on 24 December,
and do not serve the public on the last working day of the year, so neither the exchange's calendar nor the public
holidays alone are right. Days of one municipality are not known here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

import holidays

from portal_modules.core.working_days import SATURDAY, public_holidays


@cache
def bank_holidays(country: str, year: int) -> frozenset[date]:
    """The working days of a year on which the banks of a country (ISO 3166, "BR") are closed."""
    match country:
        case "BR":
            days: Iterable[date] = holidays.financial_holidays("BVMF", years=year)
            return frozenset(days) - {date(year, 12, 24)}
        case "CL":
            days = holidays.country_holidays("CL", years=year, categories=("public", "bank"))
        case _:
            days = public_holidays(country, year)
    return frozenset(days)


def is_bank_day(on: date, country: str) -> bool:
    """Do the banks of a country work on a day?"""
    return on.weekday() < SATURDAY and on not in bank_holidays(country, on.year)


def next_bank_day(on: date, country: str) -> date:
    """The day itself where banks work, else the first one after it on which they do."""
    while not is_bank_day(on, country):
        on += timedelta(days=1)
    return on
