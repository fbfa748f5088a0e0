"""What the customer's home page shows of their invoices: what is due next, and the way to all that is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal_modules.core.access import Access
from portal_modules.core.amounts import money_shown
from portal_modules.core.compiled import compiled
from portal_modules.core.home import HomeCard, NextStep, Urgency

from .choices import Standing
from .days import billing_day
from .models import Invoice

MOST_STEPS: Final = 3
_SOON: Final = timedelta(days=7)


def next_steps(request: Any) -> list[NextStep]:
    """What is open, the longest due first."""
    today = billing_day(request.company)
    found = _open(request.access)
    steps = [_step(invoice, today) for invoice in found]
    if len(request.access.customer_ids) > 1:
        named = zip(steps, found, strict=True)
        steps = [replace(step, customer=invoice.customer.name) for step, invoice in named]
    return steps


def cards(request: Any) -> list[HomeCard]:
    """The way to what is open."""
    return [
        HomeCard(
            label=_("Open invoices"),
            url=f"{reverse('billing:finance')}?state=open",
            icon="invoice",
            rows=_owed.about(request.access),
            order=20,
        )
    ]


@compiled
def _owed(access: Access) -> QuerySet[Invoice]:
    return Invoice.objects.visible_to(access).open()


@compiled
def _open(access: Access) -> QuerySet[Invoice]:
    mine = Invoice.objects.visible_to(access).open().select_related("customer")
    return mine.order_by("next_due_on", "number")[:MOST_STEPS]


def _step(invoice: Invoice, today: date) -> NextStep:
    due = invoice.next_due_on or invoice.due_on or today
    urgency = Urgency.DUE_SOON if due <= today + _SOON else Urgency.TO_DO
    return NextStep(
        title=_how_soon(invoice, due, today),
        detail=invoice.record_title(),
        url=invoice.record_url(),
        label=_("See the invoice"),
        due=due,
        urgency=Urgency.OVERDUE if invoice.standing(today) == Standing.OVERDUE else urgency,
        icon="invoice",
    )


def _how_soon(invoice: Invoice, due: date, today: date) -> str:
    words = {"amount": money_shown(invoice.open_now, invoice.currency), "weekday": date_format(due, "l")}
    days = (due - today).days
    if days == 0:
        return _("%(amount)s due today") % words
    if days == 1:
        return _("%(amount)s due tomorrow") % words
    if 1 < days < _SOON.days:
        return _("%(amount)s due on %(weekday)s") % words
    return _("%(amount)s to pay") % words
