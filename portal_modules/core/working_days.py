"""Days on which offices work: Monday to Friday, without the public holidays of a country.

Banks keep a calendar of their own (`billing.papers.bank_days`). Days of one region or town are not known here.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

import holidays

SATURDAY: Final = 5


@cache
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country (ISO 3166, "BR") in a year."""
    return frozenset(holidays.country_holidays(country, years=year))


def is_working_day(on: date, country: str) -> bool:
    """Do the offices of a country work on a day?"""
    return on.weekday() < SATURDAY and on not in public_holidays(country, on.year)


def after_working_days(begin: datetime, days: int, country: str) -> datetime:
    """The same time so many working days of a country later; which day it is hangs from the zone of `begin`."""
    at = begin
    while days:
        at += timedelta(days=1)
        days -= is_working_day(at.date(), country)
    return at
