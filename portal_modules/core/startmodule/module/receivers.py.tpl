"""What follows when something is opened."""

from __future__ import annotations

from uuid import UUID

from portal_modules.core.events import events
from portal_modules.notifications.actions import tell_customer

from .events import OPENED
from .models import ${Record}


@events.receive(OPENED)
def tell_the_customer(company_id: int, customer_id: int, ${record}_id: UUID) -> None:
    """The customer's people are told: by mail, each in their language, and by the bell."""
    ${record} = ${Record}.objects.select_related("customer__company").get(pk=${record}_id)
    tell_customer(
        OPENED,
        customer=${record}.customer,
        payload={"${record}_id": ${record}_id},
        record=${record},
        once=str(${record}_id),
    )
