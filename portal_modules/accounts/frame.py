"""The selector of the customer at the top of every page of somebody who has several, and the bar of who looks as one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from portal_modules.core.access import Level
from portal_modules.core.shell import frame_part
from portal_modules.core.viewing import viewing_in
from portal_modules.customers.models import Customer

from .switching import switcher_of


@frame_part("accounts")
def customers(request: Any) -> dict[str, Any]:
    """What can be chosen, and where the choice goes: one statement, and only for who may have a choice.

    For staff who look as a customer it is the bar that says so.
    """
    access = request.access
    if access.viewed_by is not None:
        return {"viewing": SimpleLazyObject(lambda: _viewing(request))}
    has_choice = len(access.held) > 1 or request.company.group_id is not None
    if access.level < Level.REGISTERED or not access.held or not has_choice:
        return {}
    return {
        "switcher": SimpleLazyObject(lambda: switcher_of(request)),
        "customer_url": SimpleLazyObject(lambda: reverse("accounts:choose_customer")),
        "everywhere_url": SimpleLazyObject(lambda: reverse("accounts:everywhere")),
    }


def _viewing(request: Any) -> dict[str, Any]:
    seen = viewing_in(request.session)
    customer = Customer.objects.visible_to(request.access).first()
    return {
        "customer": customer.name if customer else "",
        "until": datetime.fromtimestamp(seen.until, tz=UTC) if seen else None,
        "end_url": reverse("accounts:viewing_end"),
    }
