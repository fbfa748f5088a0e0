"""What became of an invoice at the customer's: looked at, taken along, mailed. Staff read it in its history."""

from __future__ import annotations

from typing import Any, Final

from django.core.cache import cache

from portal_modules.core.actions import log

from .days import billing_day
from .models import Invoice

_A_DAY: Final = 36 * 60 * 60  # longer than one, so that the day that stands in the key decides


def note_view(request: Any, invoice: Invoice) -> None:
    """Somebody of the customer's has it before them: once a day for each person."""
    if not _is_theirs(request):
        return
    key = f"billing.viewed:{invoice.pk}:{request.user.pk}:{billing_day(request.company)}"
    if cache.add(key, 1, _A_DAY):
        log("billing.view", invoice, by=request.user)


def note_download(request: Any, *invoices: Invoice) -> None:
    """They have taken papers of it along."""
    if _is_theirs(request):
        for invoice in invoices:
            log("billing.download", invoice, by=request.user)


def _is_theirs(request: Any) -> bool:
    """Staff who look with the eyes of a customer leave no trace as one."""
    return bool(request.access.is_customers and request.access.viewed_by is None)
