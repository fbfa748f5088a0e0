"""The selector of the customer at the top of every page of somebody who has several."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from portal_modules.core.access import Level
from portal_modules.core.shell import frame_part

from .switching import switcher_of


@frame_part("accounts")
def customers(request: Any) -> dict[str, Any]:
    """What can be chosen, and where the choice goes: one statement, and only for who may have a choice."""
    access = request.access
    has_choice = len(access.held) > 1 or request.company.group_id is not None
    if access.level < Level.REGISTERED or not access.held or not has_choice:
        return {}
    return {
        "switcher": SimpleLazyObject(lambda: switcher_of(request)),
        "customer_url": SimpleLazyObject(lambda: reverse("accounts:choose_customer")),
        "everywhere_url": SimpleLazyObject(lambda: reverse("accounts:everywhere")),
    }
