"""Checklists, reviews and a registry's key of the law office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from portal_modules.core.demo import by_language
from portal_modules.customers.models import Contact

from ..actions import ask_for_review, close_review, keep_registry_key, take_review
from ..actions.checklists import ask_along_checklist
from ..choices import ReviewState
from ..models import ChecklistItem, Phase, Process, ProcessKind, ReviewRequest, ReviewSubject
from .facts import OfficeFacts
from .law_asked import CHECKLISTS, REVIEWS, SUBJECTS, ReviewFacts

# Of the matters that still gather documents, so many ask their customers for them.
_ASKING = 4


def load_checklists(
    office: OfficeFacts,
    kinds: Mapping[str, tuple[ProcessKind, list[Phase]]],
    stories: Sequence[Process],
    staff: Any,
) -> None:
    """The documents that each kind needs; the newest matters ask for them."""
    for key, items in CHECKLISTS.items():
        kind, phases = kinds[key]
        places = [step for step, _low, _high in office.kinds[key].steps]
        for position, item in enumerate(items):
            ChecklistItem.objects.create(
                kind=kind,
                phase=phases[places.index(item.phase)] if item.phase else None,
                due_days=item.days,
                position=position,
                **by_language("title", item.title),
                **by_language("why", item.why),
                **by_language("example", item.example),
            )
    gathering = [process for process in stories if process.phase.position == 0]
    for process in gathering[:_ASKING]:
        ask_along_checklist(process, [None, process.phase], by=staff, on=process.opened_on)


def load_reviews(stories: Sequence[Process], staff: Any) -> None:
    """The subjects, and a review in each state."""
    subjects = [
        ReviewSubject.objects.create(position=position, **by_language("name", words))
        for position, words in enumerate(SUBJECTS)
    ]
    for facts in REVIEWS:
        _ask(facts, subjects, stories, staff)


def keep_keys(stories: Sequence[Process], rng: Random) -> None:
    """The registry's key of the matters that have a number there."""
    for process in stories:
        if process.registry_number:
            digits = "".join(rng.choice("0123456789") for _place in range(12))
            keep_registry_key(process, f"{digits[:4]}-{digits[4:8]}-{digits[8:]}", by=None)


def _ask(
    facts: ReviewFacts, subjects: Sequence[ReviewSubject], stories: Sequence[Process], staff: Any
) -> None:
    contact = Contact.objects.select_related("customer").get(email=f"{facts.email}@example.com")
    member = contact.memberships.select_related("user").first()
    review = ask_for_review(
        contact.customer,
        subjects[facts.subject],
        description=facts.description,
        process=None if facts.matter is None else stories[facts.matter],
        by=member.user if member else None,
        author_name=contact.name,
    )
    asked_at = timezone.now() - timedelta(days=facts.days_ago)
    ReviewRequest.objects.filter(pk=review.pk).update(asked_at=asked_at)
    if facts.state != ReviewState.RECEIVED:
        review = take_review(review, by=staff)
    if facts.state == ReviewState.CLOSED:
        close_review(review, answer=facts.answer, by=staff)
