"""Verbs of the opinion box. The company's staff scope has to be in force."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from portal_modules.core.actions import log
from portal_modules.core.events import events
from portal_modules.core.languages import public_language
from portal_modules.customers.models import Membership
from portal_modules.notifications.actions import tell

from .choices import Mode
from .events import ANSWERED
from .exceptions import NoAddress
from .models import Opinion, OpinionAnswer


@transaction.atomic
def keep_opinion(
    *, mark: int, text: str, email: str, page: str, language: str, user_id: int | None
) -> Opinion:
    """Keep what somebody says. Without a user it is somebody who came by a number, of whom nothing is kept."""
    member = _membership(user_id) if user_id else None
    return Opinion.objects.create(
        mark=mark,
        text=text,
        email=email,
        page=page[: Opinion._meta.get_field("page").max_length],
        language=public_language(language),
        mode=Mode.LOGIN if user_id else Mode.NUMBER,
        customer_id=member.customer_id if member else None,
        contact_id=member.contact_id if member else None,
    )


@transaction.atomic
def answer_opinion(opinion: Opinion, *, text: str, by: Any) -> OpinionAnswer:
    """Mail an answer to the address that was left. Raises `NoAddress`."""
    if not opinion.email:
        raise NoAddress
    answer: OpinionAnswer = OpinionAnswer.objects.create(opinion=opinion, text=text, answered_by=by)
    tell(
        ANSWERED,
        company=opinion.company,
        language=opinion.language,
        address=opinion.email,
        payload={"answer_id": answer.pk},
        once=str(answer.pk),
    )
    log("feedback.answer", opinion, by=by, answer=str(answer.pk))
    events.announce(ANSWERED, company_id=opinion.company_id, opinion_id=opinion.pk, answer_id=answer.pk)
    return answer


def _membership(user_id: int) -> Membership | None:
    """Where the person belongs; of several, the first that holds."""
    now = timezone.now()
    own = Membership.objects.filter(user=user_id).order_by("pk")
    return next((member for member in own if member.is_current(now)), None)
