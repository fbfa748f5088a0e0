"""What follows when something is opened."""

from __future__ import annotations

from uuid import UUID

from portal_modules.core.events import events
from portal_modules.core.models import Company
from portal_modules.customers.models import Contact
from portal_modules.notifications.actions import tell

from .events import OPENED


@events.receive(OPENED)
def tell_the_customer(company_id: int, customer_id: int, ${record}_id: UUID) -> None:
    """The customer's people with an address are told, each in their language."""
    company = Company.objects.get(pk=company_id)
    people = Contact.objects.filter(customer_id=customer_id).exclude(email="").select_related("customer")
    for contact in people.order_by("pk"):
        tell(
            OPENED,
            company=company,
            language=contact.reads or company.language,
            contact=contact,
            payload={"${record}_id": ${record}_id},
            once=f"{${record}_id}:{contact.pk}",
        )
