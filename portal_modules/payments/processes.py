"""What payments add to processes: the way to what is to pay, at the foot of a process's page."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from portal_modules.core.beside import customer_parts
from portal_modules.core.records import PortalRecord
from portal_modules.core.sections import customers_seen


@customer_parts.add(order=200)
def manage_payments(request: Any, record: PortalRecord) -> SafeString | None:
    """For those who see what is paid."""
    row: Any = record
    if record.record_type() != "processes.process":
        return None
    if row.customer_id not in customers_seen("payments", request.access):
        return None
    context = {"list_url": reverse("payments:list"), "finance_url": reverse("billing:finance")}
    return render_to_string("payments/manage.html", context)
