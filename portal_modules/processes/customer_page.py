"""Their processes, on the back office's page of a customer: where each stands, and whether it takes too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal_modules.core.customer_page import Panel, QuickLink
from portal_modules.core.rights import may

from .choices import ProcessState
from .models import Process

MOST = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One process of the list."""

    process: Process
    url: str
    days_late: int


def panels(request: Any, customer: Any) -> list[Panel]:
    """The open ones first, by how long they wait."""
    if not may(request.user, "processes.view"):
        return []
    theirs = Process.objects.filter(customer=customer).select_related("kind", "phase")
    found = list(theirs.order_by("-state", "phase_since", "pk")[: MOST + 1])
    today = timezone.localdate()
    context = {"lines": [_line(process, today) for process in found[:MOST]]}
    body = render_to_string("processes/staff/of_customer.html", context, request)
    more = f"{_register()}?customer__id__exact={customer.pk}" if len(found) > MOST else ""
    return [Panel("processes", _("Processes"), body, order=20, more_url=more)]


def links(request: Any, customer: Any) -> list[QuickLink]:
    """Opening a process, and writing about the one that is open."""
    if not may(request.user, "processes.edit"):
        return []
    found = [
        QuickLink(
            _("Open a process"),
            f"{reverse('processes_process_modeladmin_create')}?customer={customer.pk}",
            icon="folder-open-inverse",
            order=10,
        )
    ]
    newest = (
        Process.objects.filter(customer=customer).open().order_by("-opened_on").values_list("pk", flat=True)
    )
    process = newest.first()
    if process is not None:
        found.append(QuickLink(_("Write a message"), f"{_page(process)}#thread", icon="comment", order=5))
    return found


def _line(process: Process, today: date) -> Line:
    most = process.phase.usual_days_max
    late = 0
    if process.state == ProcessState.OPEN and most is not None:
        late = max(0, (today - process.phase_since - timedelta(days=most)).days)
    return Line(process, _page(process.pk), late)


def _page(pk: Any) -> str:
    return reverse("processes_process_modeladmin_inspect", args=[pk])


def _register() -> str:
    return reverse("processes_process_modeladmin_index")
