"""What the customer's home page shows of ${plural}."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.access import Access
from portal_modules.core.compiled import compiled
from portal_modules.core.home import HomeCard, NextStep, Urgency

from .models import ${Record}

MOST_STEPS = 5


def next_steps(request: Any) -> list[NextStep]:
    """The open ones, which the customer waits for."""
    return [
        NextStep(
            title=${record}.title,
            detail=${record}.record_state(),
            url=${record}.record_url(),
            urgency=Urgency.WAITING,
        )
        for ${record} in _open(request.access)
    ]


@compiled
def _open(access: Access) -> QuerySet[${Record}]:
    return ${Record}.objects.visible_to(access).open()[:MOST_STEPS]


def cards(request: Any) -> list[HomeCard]:
    """The way to their list."""
    return [
        HomeCard(
            label=_("${Plural}"),
            url=reverse("${name}:list"),
            icon="file",
            rows=_all.about(request.access),
        )
    ]


@compiled
def _all(access: Access) -> QuerySet[${Record}]:
    return ${Record}.objects.visible_to(access)
