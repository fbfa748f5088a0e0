"""What the customer's home page says of documents: those that are asked for come first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal_modules.core.access import Access
from portal_modules.core.compiled import compiled
from portal_modules.core.home import HomeCard, NextStep, Urgency

from .models import DocumentRequest

MOST_STEPS = 5
_SOON = timedelta(days=7)


def next_steps(request: Any) -> list[NextStep]:
    """The documents that the customer has to send, by the day they are due."""
    today = timezone.localdate()
    found = _waiting(request.access)
    names_customer = len(request.access.customer_ids) > 1
    return [
        replace(_step(asked, today), customer=asked.customer.name if names_customer else "")
        for asked in found
    ]


@compiled
def _waiting(access: Access) -> QuerySet[DocumentRequest]:
    mine = DocumentRequest.objects.visible_to(access).waiting_for_customer()
    return mine.most_pressing().select_related("customer")[:MOST_STEPS]


def cards(request: Any) -> list[HomeCard]:
    """The way to all that was asked for; the number is what is still to send."""
    return [
        HomeCard(
            label=_("Documents to send"),
            url=reverse("documents:list"),
            icon="upload",
            rows=_asked.about(request.access),
            order=20,
        )
    ]


@compiled
def _asked(access: Access) -> QuerySet[DocumentRequest]:
    return DocumentRequest.objects.visible_to(access).waiting_for_customer()


def _step(asked: DocumentRequest, today: date) -> NextStep:
    return NextStep(
        title=asked.record_title(),
        detail=_detail(asked, today),
        url=asked.record_url(),
        label=asked.next_action(),
        due=asked.due_on,
        urgency=_urgency(asked, today),
        icon="upload",
    )


def _urgency(asked: DocumentRequest, today: date) -> Urgency:
    if asked.is_overdue(today):
        return Urgency.OVERDUE
    if asked.due_on is not None and asked.due_on <= today + _SOON:
        return Urgency.DUE_SOON
    return Urgency.TO_DO


def _detail(asked: DocumentRequest, today: date) -> str:
    if asked.due_on is None:
        return asked.record_state()
    words = {"state": asked.record_state(), "day": date_format(asked.due_on)}
    if asked.is_overdue(today):
        return _("%(state)s. It was due on %(day)s.") % words
    return _("%(state)s, by %(day)s.") % words
