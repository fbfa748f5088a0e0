"""Reminding customers of what is open, in steps, and never where the law, a promise or a review says not to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from portal_modules.core.bridges import has_a_say
from portal_modules.core.companies import card_in_scope
from portal_modules.core.events import events
from portal_modules.core.models import Company

from ..choices import Pause, ReminderState
from ..days import billing_day
from ..events import REMINDED
from ..models import Invoice, Reminder, ReminderStep
from ..papers.bank_days import is_bank_day

# A step that fell on a day of rest, or on which the machine stood still, is caught up within these days.
CATCHES_UP: Final = timedelta(days=5)
# Debts are spoken of on working days, from 8 to 20 o'clock: Ley 19.496 art. 37, which is a good rule everywhere.
FIRST_HOUR, LAST_HOUR = 8, 20
# Ley 21.320: at most one contact a week about a debt that is overdue.
_ONE_A_WEEK: Final = frozenset({"CL"})
_WEEK: Final = timedelta(days=7)


# What other modules know that speaks against reminding: a function of an invoice gives a `Pause`, or "".
other_pauses: list[Callable[[Invoice], str]] = []


def may_remind(company: Company, at: datetime) -> bool:
    """Is it an hour and a day on which somebody may be reminded?"""
    local = at.astimezone(company.zone)
    return FIRST_HOUR <= local.hour < LAST_HOUR and is_bank_day(local.date(), company.country)


def remind(company: Company, *, at: datetime | None = None) -> list[Reminder]:
    """Remind of all that a step has come for, each invoice once for a step; what is paused is written down as that.

    It may run as often as one likes, and does nothing outside the hours of `may_remind`.
    """
    at = at or timezone.now()
    if not may_remind(company, at):
        return []
    on = billing_day(company, at)
    found: list[Reminder] = []
    for step in ReminderStep.objects.filter(is_active=True).order_by("days"):
        for invoice in _due_for(step, on):
            reminder = _remind_of(invoice, step, on=on, at=at)
            if reminder is not None:
                found.append(reminder)
    return found


def _due_for(step: ReminderStep, on: date) -> list[Invoice]:
    """The open invoices whose day for this step has come and that were not reminded of with it.

    An invoice that two steps have come for, after a pause of the machine, gets the later one only.
    """
    last = on - timedelta(days=step.days)
    later = ReminderStep.objects.filter(is_active=True, days__gt=step.days).order_by("days").first()
    first = last - CATCHES_UP
    if later is not None:
        first = max(first, on - timedelta(days=later.days) + timedelta(days=1))
    done = Reminder.objects.filter(step=step, due_on__gte=first, due_on__lte=last)
    waiting = Invoice.objects.open().filter(next_due_on__gte=first, next_due_on__lte=last)
    if step.days > 0:
        waiting = waiting.filter(overdue_from__lte=on)
    told = set(done.values_list("invoice_id", "due_on"))
    rows = waiting.filter(customer__archived_at=None).order_by("pk")
    return [row for row in rows if (row.pk, row.next_due_on) not in told]


@transaction.atomic
def _remind_of(invoice: Invoice, step: ReminderStep, *, on: date, at: datetime) -> Reminder | None:
    invoice = Invoice.objects.select_for_update(no_key=True).select_related("company").get(pk=invoice.pk)
    if invoice.open_now <= 0 or invoice.next_due_on is None:
        return None
    pause = pause_of(invoice, step, on=on, at=at)
    reminder, is_new = Reminder.objects.get_or_create(
        company_id=invoice.company_id,
        invoice=invoice,
        step=step,
        due_on=invoice.next_due_on,
        defaults={
            "customer_id": invoice.customer_id,
            "state": ReminderState.PAUSED if pause else ReminderState.SENT,
            "pause": pause,
        },
    )
    if is_new and not pause:
        events.announce(REMINDED, **_ids(invoice), reminder_id=reminder.pk)
    return reminder if is_new else None


def pause_of(invoice: Invoice, step: ReminderStep, *, on: date, at: datetime) -> str:
    """Why nobody is reminded of an invoice on a day; empty where nothing speaks against it."""
    if invoice.at_agency:
        return Pause.AGENCY
    if invoice.disputed:
        return Pause.DISPUTE
    if invoice.promise is not None and invoice.promise >= on:
        return Pause.PROMISE
    if step.days > 0 and invoice.company.country in _ONE_A_WEEK and _was_told(invoice, at):
        return Pause.LAW
    on_here = card_in_scope().modules
    return next(filter(None, (ask(invoice) for ask in other_pauses if has_a_say(ask, on_here))), "")


def _was_told(invoice: Invoice, at: datetime) -> bool:
    """Was the customer reminded of something overdue within a week?"""
    sent = Reminder.objects.filter(customer=invoice.customer_id, state=ReminderState.SENT, step__days__gt=0)
    return bool(sent.filter(sent_at__gt=at - _WEEK).exists())


def _ids(invoice: Invoice) -> dict[str, Any]:
    return {"company_id": invoice.company_id, "customer_id": invoice.customer_id, "invoice_id": invoice.pk}
