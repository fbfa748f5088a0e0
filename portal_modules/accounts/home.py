"""What an owner's home page says of who has access."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.access import Access
from portal_modules.core.compiled import compiled
from portal_modules.core.home import HomeCard, NextStep, Urgency
from portal_modules.customers.models import Membership

from .colleagues import current_members, owned_by
from .models import AccessRequest

MOST_STEPS = 3


def next_steps(request: Any) -> list[NextStep]:
    """Whoever says that their e-mail is missing waits for an owner."""
    if not owned_by(request.access):
        return []
    names_customer = len(request.access.customer_ids) > 1
    return [
        NextStep(
            title=_("%(name)s asks for access") % {"name": asked.name},
            detail=_("If you know this person, say what they may do, and we invite them."),
            url=reverse("accounts:requests"),
            label=_("Answer"),
            urgency=Urgency.TO_DO,
            icon="users",
            customer=asked.customer.name if names_customer and asked.customer else "",
        )
        for asked in _waiting(request.access)
    ]


@compiled
def _waiting(access: Access) -> QuerySet[AccessRequest]:
    waiting = AccessRequest.objects.visible_to(access).open().select_related("customer")
    return waiting.order_by("asked_at")[:MOST_STEPS]


def cards(request: Any) -> list[HomeCard]:
    """The way to the team, for its owners."""
    if not owned_by(request.access):
        return []
    return [
        HomeCard(
            label=_("People with access"),
            url=reverse("accounts:my_team"),
            icon="users",
            rows=_people.about(request.access),
            order=95,
            stays_when_empty=True,  # an owner is somebody with access
        )
    ]


@compiled
def _people(access: Access) -> QuerySet[Membership]:
    return current_members().filter(customer__in=owned_by(access))
