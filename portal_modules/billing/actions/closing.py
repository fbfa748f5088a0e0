"""Closing the books of a month: nothing gets a date in it any more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from portal_modules.core.actions import log
from portal_modules.core.models import Company
from portal_modules.core.scope import current_scope
from portal_modules.core.together import once

from .. import exceptions
from ..days import billing_day
from ..models import ClosedMonth


@transaction.atomic
def close_month(company: Company, month: date, *, by: Any | None) -> ClosedMonth:
    """Close the month of a day, once it is over."""
    month = month.replace(day=1)
    company = Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    if _end(month) >= billing_day(company):
        raise exceptions.MonthNotOver
    if ClosedMonth.objects.filter(month=month).exists():
        raise exceptions.MonthAlreadyClosed
    closed: ClosedMonth = ClosedMonth.objects.create(company=company, month=month, closed_by=by)
    log("billing.close_month", closed, by=by, month=f"{month:%Y-%m}")
    return closed


@transaction.atomic
def open_month(closed: ClosedMonth, *, by: Any | None) -> None:
    """Open the last of the closed months again: one that a later one builds on stays closed."""
    found = ClosedMonth.objects.select_for_update().filter(pk=closed.pk).first()
    if found is None:
        raise exceptions.MonthIsOpen
    if ClosedMonth.objects.filter(month__gt=found.month).exists():
        raise exceptions.LaterMonthClosed
    log("billing.open_month", found, by=by, month=f"{found.month:%Y-%m}")
    found.delete()


def refuse_closed_month(day: date) -> None:
    """Raise `MonthIsClosed` for a day whose books are closed, also for one whose month is being closed just now."""
    if is_closed_month(day):
        raise exceptions.MonthIsClosed


def is_closed_month(day: date) -> bool:
    """Are the books of the month of a day closed? It is asked before writing in it, and holds what it answers:

    it shares the lock that closing takes alone, until the transaction ends.
    """
    month = day.replace(day=1)
    return once(("billing.closed", month), lambda: _is_closed(month))


def _is_closed(month: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select billing_is_closed(%s, %s)", [current_scope().company, month])
        return bool(cursor.fetchone()[0])


def _end(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
