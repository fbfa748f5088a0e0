"""What the customer's home page shows of their businesses: where the open ones stand, and the way to all."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal_modules.core.home import HomeCard, NextStep, Urgency

from .models import Process

MOST_STEPS = 3


def next_steps(request: Any) -> list[NextStep]:
    """The open businesses: first those where the customer can do something, then those that wait longest."""
    mine = Process.objects.visible_to(request.access).open().select_related("kind", "phase")
    today = timezone.localdate()
    steps = [_step(process, today) for process in mine.waiting_first()[:MOST_STEPS]]
    return sorted(steps, key=lambda step: step.order)


def cards(request: Any) -> list[HomeCard]:
    """The way to their list."""
    return [
        HomeCard(
            label=_("My business"),
            url=reverse("processes:list"),
            icon="folder",
            rows=Process.objects.visible_to(request.access),
            order=10,
            stays_when_empty=True,
        )
    ]


def _step(process: Process, today: date) -> NextStep:
    action = process.phase.customer_action
    if action:
        return NextStep(
            title=_("%(kind)s: %(phase)s") % {"kind": process.record_title(), "phase": process.phase.name},
            detail=action,
            url=process.record_url(),
            label=_("See what to do"),
            urgency=Urgency.TO_DO,
            icon="edit",
        )
    return NextStep(
        title=_("%(kind)s: %(phase)s") % {"kind": process.record_title(), "phase": process.phase.name},
        detail=_how_long(process, today),
        url=process.record_url(),
        label=_("See where it stands"),
        urgency=Urgency.WAITING,
        icon="clock",
    )


def _how_long(process: Process, today: date) -> str:
    """Since when, and how long it usually takes."""
    words = {"day": date_format(process.phase_since), "days": process.phase.usual_days_max}
    expected = process.expected_between()
    if expected is None:
        return _("Since %(day)s.") % words
    if expected[1] < today:
        return _("Since %(day)s. It is taking longer than usual; we are following it.") % words
    return _("Usually %(days)s days, since %(day)s.") % words
