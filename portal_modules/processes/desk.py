"""What the home of the back office shows of processes: who waits too long, what is to be answered, where all stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal_modules.core.desk import Bar, Chart, Number, WorkItem
from portal_modules.core.rights import may

from .choices import OPEN_REVIEWS
from .models import Phase, Process, ReviewRequest

MOST_BARS = 12


def work(request: Any) -> list[WorkItem]:
    """Processes past their usual time, and reviews that wait for an answer."""
    if not may(request.user, "processes.view"):
        return []
    return [
        WorkItem(
            _("Processes past their usual time"),
            f"{_processes()}?late=yes&sort=since_shown",
            Process.objects.past_their_usual_time(timezone.localdate()),
            icon="warning",
            order=10,
            pressing=True,
            since="phase_since",
        ),
        WorkItem(
            _("Reviews to answer"),
            f"{reverse('processes_reviewrequest_modeladmin_index')}?state__in={','.join(sorted(OPEN_REVIEWS))}&sort=asked_at",
            ReviewRequest.objects.open(),
            icon="help",
            order=20,
            since="asked_at",
        ),
    ]


def numbers(request: Any) -> list[Number]:
    """All that are open, and those that were opened or moved on today."""
    if not may(request.user, "processes.view"):
        return []
    today = timezone.localdate()
    return [
        Number(_("Open processes"), f"{_processes()}?state__exact=open", Process.objects.open(), order=10),
        Number(
            _("Opened today"),
            f"{_processes()}?opened_on__gte={today}&opened_on__lte={today}",
            Process.objects.filter(opened_on=today),
            order=20,
        ),
    ]


def charts(request: Any) -> list[Chart]:
    """How many open processes are in each phase."""
    if not may(request.user, "processes.view"):
        return []
    return [
        Chart("phases", _("Open processes by phase"), _by_phase, order=10, value_label=_("Processes")),
    ]


def _by_phase() -> Sequence[Bar]:
    rows = Process.objects.open().order_by().values_list("phase").annotate(number=Count("*"))
    counts = dict(rows.order_by("-number")[:MOST_BARS])
    phases = Phase.objects.filter(pk__in=counts).select_related("kind")
    return [
        Bar(
            f"{phase.name} · {phase.kind.name}",
            counts[phase.pk],
            f"{_processes()}?state__exact=open&kind__id__exact={phase.kind_id}&phase__id__exact={phase.pk}",
        )
        for phase in phases.order_by("kind__position", "kind", "position")
    ]


def _processes() -> str:
    return reverse("processes_process_modeladmin_index")
