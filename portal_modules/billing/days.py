"""The company's day of billing, and when something becomes overdue."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from .papers.bank_days import next_bank_day

# Banks book the last payments of a day after midnight.
BEGINS = timedelta(minutes=5)


def billing_day(company: Any, at: datetime | None = None) -> date:
    """The day that counts for what is due: it begins at 00:05 in the company's zone."""
    return timezone.localdate((at or timezone.now()) - BEGINS, timezone=company.zone)


def overdue_from(due_on: date, country: str) -> date:
    """The first day on which something due then is overdue: the day after the bank day it may be paid on."""
    if due_on.year == date.max.year:
        # Somebody's "never": the calendar ends before its next bank day may come.
        return date.max
    return next_bank_day(due_on, country) + timedelta(days=1)
