"""What was done about the people of a customer, newest first: the customer's own history stands beside the page."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from portal_modules.core.customer_page import Panel
from portal_modules.core.models import LogEntry
from portal_modules.core.rights import may

from .models import Contact, Membership

MOST = 15


def panels(request: Any, customer: Any) -> list[Panel]:
    """Who did what, and when."""
    if not may(request.user, "customers.view"):
        return []
    contacts = _ids(Contact, customer)
    accesses = _ids(Membership, customer)
    about = Q(model="customers.contact", object_id__in=contacts) | Q(
        model="customers.membership", object_id__in=accesses
    )
    context = {
        "lines": [_line(entry) for entry in LogEntry.objects.filter(about).order_by("-at", "-pk")[:MOST]]
    }
    body = render_to_string("customers/staff/history.html", context, request)
    return [Panel("people", _("What was done about access"), body, order=90)]


def _ids(model: Any, customer: Any) -> list[str]:
    rows = model.objects.filter(customer=customer).annotate(name_of_row=Cast("pk", CharField()))
    return list(rows.order_by("-pk").values_list("name_of_row", flat=True)[:50])


def _line(entry: LogEntry) -> dict[str, Any]:
    words = {
        "customers.add_contact": _("Contact added"),
        "accounts.invite": _("Invited"),
        "accounts.end_invitation": _("Invitation taken back"),
        "accounts.accept": _("Invitation taken up"),
        "accounts.register": _("Registered"),
        "accounts.end_access": _("Access taken away"),
    }
    return {"at": entry.at, "by": entry.actor_name, "what": words.get(entry.action, entry.action)}
