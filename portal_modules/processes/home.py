"""What the customer's home page shows of their businesses: where the open ones stand, and the way to all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal_modules.core.access import Access
from portal_modules.core.compiled import compiled
from portal_modules.core.home import HomeCard, NextStep, Urgency

from .forms.reviews import writing_customers
from .models import PhaseDuration, Process, ReviewRequest
from .switches import REVIEWS, shows_times
from .way import ENOUGH_CASES

MOST_STEPS = 3


def next_steps(request: Any) -> list[NextStep]:
    """The open businesses: first those where the customer can do something, then those that wait longest."""
    today = timezone.localdate()
    found = _waiting(request.access)
    steps = [_step(process, today, with_times=shows_times(request.card, process)) for process in found]
    if len(request.access.customer_ids) > 1:
        named = zip(steps, found, strict=True)
        steps = [replace(step, customer=process.customer.name) for step, process in named]
    return sorted(steps, key=lambda step: step.order)


@compiled
def _waiting(access: Access) -> QuerySet[Process]:
    mine = Process.objects.visible_to(access).open().select_related("kind", "phase__duration", "customer")
    return mine.waiting_first()[:MOST_STEPS]


def cards(request: Any) -> list[HomeCard]:
    """The ways to their list, to their reviews, and to asking for one."""
    found = [
        HomeCard(
            label=_("My business"),
            url=reverse("processes:list"),
            icon="folder",
            rows=_all.about(request.access),
            order=10,
            stays_when_empty=True,
        ),
    ]
    if not request.card.is_on(REVIEWS):
        return found
    found.append(
        HomeCard(
            label=_("Open reviews"),
            url=reverse("processes:reviews"),
            icon="search",
            rows=_open_reviews.about(request.access),
            order=60,
        )
    )
    if writing_customers(request.access):
        found.append(
            HomeCard(
                label=_("Missing a business?"),
                text=_("Ask for a review"),
                url=reverse("processes:review_new"),
                icon="help",
                order=90,
            )
        )
    return found


@compiled
def _all(access: Access) -> QuerySet[Process]:
    return Process.objects.visible_to(access)


@compiled
def _open_reviews(access: Access) -> QuerySet[ReviewRequest]:
    return ReviewRequest.objects.visible_to(access).open()


def ways_to_write(request: Any) -> list[str]:
    """The conversation of their business, else the request for a review."""
    may_write = writing_customers(request.access) and request.card.is_on(REVIEWS)
    return [reverse("processes:write")] if may_write else []


def _step(process: Process, today: date, *, with_times: bool) -> NextStep:
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
        detail=_how_long(process, today, with_times=with_times),
        url=process.record_url(),
        label=_("See where it stands"),
        urgency=Urgency.WAITING,
        icon="clock",
    )


def _how_long(process: Process, today: date, *, with_times: bool) -> str:
    """Since when, and how long it usually takes: as the closed cases tell, else as the office says."""
    days, words = _usual_days(process) if with_times else None, {"day": date_format(process.phase_since)}
    if days is None:
        return _("Since %(day)s.") % words
    if process.phase_since + timedelta(days=days) < today:
        return _("Since %(day)s. It is taking longer than usual; we are following it.") % words
    usually = ngettext("Usually %(days)s day, since %(day)s.", "Usually %(days)s days, since %(day)s.", days)
    return usually % {**words, "days": days}


def _usual_days(process: Process) -> int | None:
    measured: PhaseDuration | None = getattr(process.phase, "duration", None)
    if measured is not None and measured.closed_count >= ENOUGH_CASES:
        return measured.high_days
    usual: int | None = process.phase.usual_days_max
    return usual
