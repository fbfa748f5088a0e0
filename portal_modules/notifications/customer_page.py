"""Did the mail arrive? On the back office's page of a customer, and of one of their people."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from portal_modules.core.customer_page import Panel
from portal_modules.core.rights import may

from .choices import NOT_ARRIVED, DeliveryState
from .models import OutboxMessage

MOST = 8


def panels(request: Any, customer: Any) -> list[Panel]:
    """The last mails to anybody of theirs."""
    return _panels(request, OutboxMessage.objects.filter(customer=customer))


def contact_panels(request: Any, contact: Any) -> list[Panel]:
    """The last mails to this person."""
    return _panels(request, OutboxMessage.objects.filter(contact=contact))


def _panels(request: Any, rows: Any) -> list[Panel]:
    if not may(request.user, "notifications.view"):
        return []
    context = {
        "messages_sent": rows.select_related("contact").order_by("-created_at")[:MOST],
        "not_arrived": NOT_ARRIVED,
        "failed": DeliveryState.FAILED,
        "may_resend": may(request.user, "notifications.resend"),
    }
    body = render_to_string("notifications/staff/of_customer.html", context, request)
    return [Panel("mails", _("Mails"), body, order=60)]
