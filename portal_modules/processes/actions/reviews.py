"""Verbs of reviews: asked for by customers, looked at and answered by the office."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from portal_modules.conversations.actions import write_message
from portal_modules.core.access import ActorKind
from portal_modules.core.actions import log
from portal_modules.core.events import events
from portal_modules.core.sequences import next_number
from portal_modules.customers.models import Customer
from portal_modules.documents.actions import store_file
from portal_modules.notifications.actions import telling_nobody

from .. import exceptions
from ..choices import REVIEW_TRANSITIONS, ReviewState
from ..events import REVIEW_ANSWERED, REVIEW_RECEIVED
from ..models import Process, ReviewRequest, ReviewSubject
from ..models.reviews import MOST_LETTERS

_SERIES = "processes.review"


@transaction.atomic
def ask_for_review(
    customer: Customer,
    subject: ReviewSubject,
    *,
    description: str,
    process: Process | None = None,
    files: Sequence[UploadedFile | File[bytes]] = (),
    by: Any | None,
    author_name: str,
) -> ReviewRequest:
    """Have the office look again: at a process of the customer, or without one for what is missing.

    It gets the next number of the year, without gaps. Raises what `store_file` refuses.
    """
    customer = Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    if customer.archived_at:
        raise exceptions.CustomerArchived
    if subject.company_id != customer.company_id or not subject.is_active:
        raise exceptions.SubjectNotOffered
    if process is not None and process.customer_id != customer.pk:
        raise exceptions.ProcessOfAnotherCustomer
    review = ReviewRequest(
        company_id=customer.company_id,
        customer=customer,
        subject=subject,
        process=process,
        description=_text(description),
        asked_by=by,
        asked_by_name=author_name[:160],
        asked_at=timezone.now(),
    )
    for each in files:
        store_file(review, each, by=by, actor=ActorKind.CONTACT, author_name=author_name)
    year = timezone.localdate(timezone=customer.company.zone).year
    review.number = f"R-{year}-{next_number(customer.company, f'{_SERIES}.{year}'):04d}"
    review.save(force_insert=True)
    log("processes.ask_for_review", review, by=by, number=review.number, files=len(files))
    events.announce(REVIEW_RECEIVED, **_ids(review))
    return review


@transaction.atomic
def take_review(review: ReviewRequest, *, by: Any | None) -> ReviewRequest:
    """Somebody of the office looks at it now."""
    review = _entering(review, ReviewState.LOOKED_AT)
    review.taken_by = by
    review.save(update_fields=["state", "taken_by", "closed_at"])
    log("processes.take_review", review, by=by)
    return review


@transaction.atomic
def close_review(review: ReviewRequest, *, answer: str, by: Any | None) -> ReviewRequest:
    """Answer it, in words that the customer reads."""
    answer = _text(answer)
    review = _entering(review, ReviewState.CLOSED)
    review.answer, review.closed_at = answer, timezone.now()
    review.taken_by = review.taken_by or by
    review.save(update_fields=["state", "answer", "closed_at", "taken_by"])
    with telling_nobody():  # the mail about the answer is the one below
        write_message(review, body=answer, by=by, actor=ActorKind.STAFF, author_name=_name_of(by, review))
    log("processes.close_review", review, by=by)
    events.announce(REVIEW_ANSWERED, **_ids(review))
    return review


def reopen_review(review: ReviewRequest, *, by: Any | None) -> ReviewRequest:
    """Look at it once more; what was answered stays until there is a new answer."""
    return take_review(review, by=by)


def _entering(review: ReviewRequest, state: ReviewState) -> ReviewRequest:
    """The locked review in its new state, not saved yet."""
    locked: ReviewRequest = ReviewRequest.objects.select_for_update(no_key=True).get(pk=review.pk)
    if state not in REVIEW_TRANSITIONS[ReviewState(locked.state)]:
        raise exceptions.ReviewStateNotAllowed
    locked.state, locked.closed_at = state, None
    return locked


def _name_of(by: Any | None, review: ReviewRequest) -> str:
    """Who answers, as the customer reads it; the company where nobody in person does."""
    return str(by) if by is not None else review.company.name


def _text(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise exceptions.NothingWritten
    if len(text) > MOST_LETTERS:
        raise exceptions.TooMuchWritten
    return text


def _ids(review: ReviewRequest) -> dict[str, Any]:
    return {"company_id": review.company_id, "customer_id": review.customer_id, "review_id": review.pk}
