"""What is mailed about reviews: that one has arrived, with its number, and that there is an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from portal_modules.core.addresses import whole_address
from portal_modules.notifications.mails import Button, Mail, Words, mails
from portal_modules.notifications.models import OutboxMessage

from .events import REVIEW_ANSWERED, REVIEW_RECEIVED
from .models import ReviewRequest


def _words_of_received(values: Mapping[str, Any]) -> Words:
    return Words(
        _("We have your request %(number)s") % values,
        _("We have your request, and look at it"),
        [_("As soon as somebody has looked, our answer is on the page of your request.")],
    )


def _words_of_answered(values: Mapping[str, Any]) -> Words:
    return Words(
        _("We have answered your request %(number)s") % values,
        _("There is an answer for you"),
        [_("We have looked at what you asked. The answer is on the page of your request.")],
    )


@mails.for_event(REVIEW_RECEIVED, _words_of_received)
def received(message: OutboxMessage) -> Mail | None:
    """The number of a review that was asked for."""
    review = _review(message)
    if review is None:
        return None
    values = {"number": review.number, "subject": review.subject.name}
    return _words_of_received(values).mail(
        facts=[(_("Number"), review.number), (_("Subject"), review.subject.name)],
        button=_to_the_review(message, review),
        reason=_reason(message),
        values=values,
    )


@mails.for_event(REVIEW_ANSWERED, _words_of_answered)
def answered(message: OutboxMessage) -> Mail | None:
    """There is an answer; what it says is read behind the door."""
    review = _review(message)
    if review is None:
        return None
    values = {"number": review.number, "subject": review.subject.name}
    return _words_of_answered(values).mail(
        facts=[(_("Number"), review.number), (_("Subject"), review.subject.name)],
        button=_to_the_review(message, review),
        reason=_reason(message),
        values=values,
    )


def _review(message: OutboxMessage) -> ReviewRequest | None:
    rows = ReviewRequest.objects.select_related("subject")
    review: ReviewRequest | None = rows.filter(pk=message.payload["review_id"]).first()
    return review


def _to_the_review(message: OutboxMessage, review: ReviewRequest) -> Button:
    return Button(
        _("See the request"), whole_address(message.company, message.language, "processes:review", review.pk)
    )


def _reason(message: OutboxMessage) -> str:
    return _("You get this mail because somebody of your account asked %(company)s for a review.") % {
        "company": message.company.name
    }
