"""What the opinions add to the processes: beside a process, what its customer said of us last."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal_modules.core.beside import staff_parts
from portal_modules.core.records import PortalRecord
from portal_modules.core.rights import may

from .models import Opinion

SHOWN = 3


@staff_parts.add(order=300)
def opinions_of_the_customer(request: Any, record: PortalRecord) -> SafeString | None:
    """The last opinions of whoever signed in for this customer; nothing where nobody said anything."""
    row: Any = record
    if record.record_type() != "processes.process" or not may(request.user, "feedback.view"):
        return None
    said = list(Opinion.objects.filter(customer_id=row.customer_id)[:SHOWN])
    if not said:
        return None
    return render_to_string("feedback/staff/beside.html", {"opinions": said}, request)
