"""What rows of billing need besides plain values, for checks that hold for every module."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from portal_modules.billing.choices import CopyKind, InvoiceState, Pause, ReminderState
from portal_modules.billing.models import (
    ClosedMonth,
    Instalment,
    Invoice,
    InvoiceLine,
    Reminder,
    ReminderStep,
    SecondCopy,
)
from portal_modules.customers.models import Customer

DAY = date(2026, 1, 5)


def beside(model: type[Any], customer: Customer) -> dict[str, Any]:
    """An invoice that customers see is issued; what hangs from a record points at one of the customer's own."""
    if model is Invoice:
        return {
            "state": InvoiceState.ISSUED,
            "number": uuid4().hex[:12],
            "issued_on": DAY,
            "due_on": DAY,
            "next_due_on": DAY,
        }
    if model is InvoiceLine:
        # A draft comes to what its lines come to.
        return {"invoice": _draft(customer), "unit_price": Decimal(0), "amount": Decimal(0)}
    if model is Instalment:
        return {"invoice": _draft(customer)}
    if model is ReminderStep:
        return {"days": ReminderStep.objects.count()}
    if model is Reminder:
        return {"state": ReminderState.PAUSED, "pause": Pause.LAW}
    if model is SecondCopy:
        return {"kind": CopyKind.INVOICE, "invoice": _draft(customer), "is_on_file": True}
    if model is ClosedMonth:
        return {"month": date(2001, 1 + ClosedMonth.objects.count(), 1)}
    return {}


def _draft(customer: Customer) -> Invoice:
    draft: Invoice = Invoice.objects.create(
        company=customer.company, customer=customer, currency="EUR", is_imported=False
    )
    return draft
