"""What the customer's people are told when something happens to a process."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from portal_modules.core.events import events
from portal_modules.notifications.actions import tell_customer

from . import review_emails as review_emails  # it writes the mails that are told of here
from .events import (
    NOTICE_PUBLISHED,
    OPENED,
    PHASE_CHANGED,
    REVIEW_ANSWERED,
    REVIEW_RECEIVED,
    STATE_CHANGED,
)
from .models import Notice, Process, ReviewRequest


@events.receive(OPENED)
def tell_the_number(company_id: int, customer_id: int, process_id: UUID) -> None:
    """They get its number, each in their language."""
    _tell(OPENED, process_id, once=str(process_id))


@events.receive(PHASE_CHANGED)
def tell_the_phase(company_id: int, customer_id: int, process_id: UUID, phase_id: int) -> None:
    """It entered another phase."""
    _tell(PHASE_CHANGED, process_id, phase_id=phase_id)


@events.receive(NOTICE_PUBLISHED)
def tell_the_notice(company_id: int, customer_id: int, process_id: UUID, notice_id: int) -> None:
    """The office wrote about it; a draft is nobody's to read yet."""
    if Notice.objects.published().filter(pk=notice_id).exists():
        _tell(NOTICE_PUBLISHED, process_id, notice_id=notice_id)


@events.receive(STATE_CHANGED)
def tell_the_state(company_id: int, customer_id: int, process_id: UUID) -> None:
    """It was completed, given up, or taken up again."""
    _tell(STATE_CHANGED, process_id, with_state=True)


@events.receive(REVIEW_RECEIVED)
def tell_of_the_review(company_id: int, customer_id: int, review_id: UUID) -> None:
    """They get its number."""
    _tell_of_review(REVIEW_RECEIVED, review_id, once=str(review_id))


@events.receive(REVIEW_ANSWERED)
def tell_of_the_answer(company_id: int, customer_id: int, review_id: UUID) -> None:
    """There is an answer, or another one."""
    _tell_of_review(REVIEW_ANSWERED, review_id)


def _tell_of_review(event: str, review_id: UUID, *, once: str = "") -> None:
    review = ReviewRequest.objects.select_related("customer__company").get(pk=review_id)
    tell_customer(event, customer=review.customer, payload={"review_id": review_id}, record=review, once=once)


def _tell(event: str, process_id: UUID, *, once: str = "", with_state: bool = False, **payload: Any) -> None:
    process = Process.objects.select_related("customer__company").get(pk=process_id)
    if with_state:
        payload["state"] = str(process.state)
    payload["process_id"] = process_id
    tell_customer(event, customer=process.customer, payload=payload, record=process, once=once)
