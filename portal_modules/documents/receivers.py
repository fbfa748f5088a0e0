"""Who is told of documents: the customer what is asked and what became of it, and whoever asked that it came."""

from __future__ import annotations

from uuid import UUID

from portal_modules.core.events import events
from portal_modules.notifications.actions import tell, tell_customer

from .events import ACCEPTED, ASKED, REFUSED, SENT
from .models import DocumentRequest


@events.receive(ASKED)
def tell_what_is_asked(company_id: int, customer_id: int, request_id: UUID) -> None:
    """The customer is asked for a document."""
    _tell_customer(ASKED, request_id, once=str(request_id))


@events.receive(REFUSED)
def tell_why_refused(company_id: int, customer_id: int, request_id: UUID, sent_id: int) -> None:
    """What they sent will not do."""
    _tell_customer(REFUSED, request_id, once=str(sent_id), sent_id=sent_id)


@events.receive(ACCEPTED)
def tell_that_accepted(company_id: int, customer_id: int, request_id: UUID, sent_id: int) -> None:
    """What they sent is what was needed."""
    _tell_customer(ACCEPTED, request_id, once=str(sent_id), sent_id=sent_id)


@events.receive(SENT)
def tell_who_asked(company_id: int, customer_id: int, request_id: UUID, sent_id: int) -> None:
    """Whoever asked has something to check."""
    asked = DocumentRequest.objects.select_related("customer__company", "asked_by").get(pk=request_id)
    person = asked.asked_by
    if person is not None and person.is_active:
        tell(
            SENT,
            company=asked.customer.company,
            language=person.language or asked.customer.company.language,
            address=person.email,
            payload={"request_id": request_id, "sent_id": sent_id},
            once=str(sent_id),
        )


def _tell_customer(event: str, request_id: UUID, *, once: str, **payload: int) -> None:
    asked = DocumentRequest.objects.select_related("customer__company").get(pk=request_id)
    tell_customer(
        event,
        customer=asked.customer,
        payload={"request_id": request_id, **payload},
        record=asked,
        once=once,
    )
