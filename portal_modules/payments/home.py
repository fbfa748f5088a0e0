"""What the customer's home page shows of payments: what they told of and was not accepted, and the way to all."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.access import Access
from portal_modules.core.compiled import compiled
from portal_modules.core.home import HomeCard

from .models import Payment


def cards(request: Any) -> list[HomeCard]:
    """The way to what was paid."""
    return [
        HomeCard(
            label=_("Payments"),
            url=reverse("payments:list"),
            icon="card",
            rows=_mine.about(request.access),
            order=25,
        )
    ]


@compiled
def _mine(access: Access) -> QuerySet[Payment]:
    return Payment.objects.visible_to(access)
