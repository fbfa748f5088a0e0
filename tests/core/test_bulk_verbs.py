"""Many rows at once in the registers of the day: the count and the faults before, a report after, each by its action."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from portal_modules.conversations.models import Thread
from portal_modules.core.models import Job, JobFault
from portal_modules.core.scope import company_scope
from portal_modules.documents.actions import ask_for_document
from portal_modules.documents.models import DocumentRequest, SentDocument
from portal_modules.feedback.models import Opinion, OpinionAnswer
from portal_modules.notifications.models import OutboxMessage
from portal_modules.processes.models import ReviewRequest, ReviewSubject
from tests.processes.visiting import text_of
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world: World) -> Browser:
    return Browser().sign_in(world.home.clerk)


def opinions(world: World) -> list[Any]:
    return [
        Opinion.objects.create(mark=2, language="en", mode="number", email=each)
        for each in ("a@b.example", "")
    ]


def reviews(world: World) -> list[Any]:
    subject = ReviewSubject.objects.create(name_en="Name")
    now = timezone.now()
    common = {"customer": world.home.customers["alice"], "subject": subject, "asked_at": now}
    ended = {"received": None, "closed": now}
    return [
        ReviewRequest.objects.create(
            number=f"R-{state}", state=state, closed_at=closed_at, description="?", **common
        )
        for state, closed_at in ended.items()
    ]


def documents(world: World) -> list[Any]:
    customer = world.home.customers["alice"]
    found = []
    for state in ("sent", "withdrawn"):
        asked = ask_for_document(customer, title={"en": state}, reason={}, due_on=None, by=None)
        SentDocument.objects.create(
            request=asked, customer=customer, actor_kind="contact", sent_at=timezone.now()
        )
        DocumentRequest.objects.filter(pk=asked.pk).update(state=state)
        found.append(asked)
    return found


def mails(world: World) -> list[Any]:
    return [
        OutboxMessage.objects.create(
            event="x", address="a@b.example", language="en", next_try_at=timezone.now(), state=state
        )
        for state in ("failed", "sent")
    ]


def threads(world: World) -> list[Any]:
    return [
        Thread.objects.create(
            customer=world.home.customers[who],
            record_type="processes.process",
            record_id=world.home.processes["alice"].pk if who == "alice" else reviews(world)[0].pk,
            last_message_at=timezone.now(),
            waits_for_staff=who == "alice",
        )
        for who in ("alice", "charlie")
    ]


CASES = [
    (
        "feedback/opinion",
        "answer",
        {"answer-text": "Thank you"},
        opinions,
        lambda _row: OpinionAnswer.objects.count() == 1,
    ),
    ("processes/reviewrequest", "take", {}, reviews, lambda row: row.state == "looked"),
    (
        "processes/reviewrequest",
        "close",
        {"close-answer": "Done"},
        reviews,
        lambda row: row.state == "closed",
    ),
    ("documents/documentrequest", "accept", {}, documents, lambda row: row.state == "accepted"),
    (
        "documents/documentrequest",
        "refuse",
        {"refuse-reason": "Blurred"},
        documents,
        lambda row: row.state == "refused",
    ),
    ("documents/documentrequest", "withdraw", {}, documents, lambda row: row.state == "withdrawn"),
    ("notifications/outboxmessage", "again", {}, mails, lambda row: row.state == "waiting"),
    ("conversations/thread", "settle", {}, threads, lambda row: not row.waits_for_staff),
]


@pytest.mark.row("V04")
@pytest.mark.parametrize(
    ("register", "verb", "form", "make", "is_done"), CASES, ids=[f"{case[0]}-{case[1]}" for case in CASES]
)
def test_a_clerk_does_it_for_many_and_reads_who_was_left_out(
    world: World, clerk: Browser, register: str, verb: str, form: dict[str, str], make: Any, is_done: Any
) -> None:
    with company_scope(world.home.company):
        able, unable = make(world)
    address = f"/admin/{register}/bulk/"
    rows = {"verb": verb, "chosen": [str(able.pk), str(unable.pk)], **form}
    shown = text_of(clerk.post(address, {**rows, "step": "check"}))
    assert "Do it for 1" in shown
    with company_scope(world.home.company):
        able.refresh_from_db()
        assert not is_done(able), "only looked at"
    assert clerk.post(address, {**rows, "step": "do", "number": 2}).status_code == 302
    with company_scope(world.home.company):
        able.refresh_from_db()
        assert is_done(able)
        job = Job.objects.get()
        assert (job.done, job.refused) == (1, 1)
        assert JobFault.objects.get().reason
    assert "1 was refused" in text_of(clerk.get(f"/admin/jobs/{job.pk}/"))


@pytest.mark.parametrize(
    ("register", "verb", "form", "make", "is_done"), CASES, ids=[f"{case[0]}-{case[1]}" for case in CASES]
)
def test_who_may_only_look_and_strangers_do_nothing(
    world: World, register: str, verb: str, form: dict[str, str], make: Any, is_done: Any
) -> None:
    with company_scope(world.home.company):
        able, _unable = make(world)
    rows = {"verb": verb, "chosen": [str(able.pk)], "step": "do", "number": 1, **form}
    for person in (world.home.reader, world.other.clerk):
        answer = Browser().sign_in(person).post(f"/admin/{register}/bulk/", rows)
        assert answer.status_code in {302, 403}
    with company_scope(world.home.company):
        able.refresh_from_db()
        assert not is_done(able)
        assert not Job.objects.exists()
