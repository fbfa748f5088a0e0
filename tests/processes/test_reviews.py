"""Asking for a review, and what the office does about it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal_modules.conversations.models import Message
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from portal_modules.documents.models import Document
from portal_modules.notifications import delivery
from portal_modules.notifications.models import OutboxMessage
from portal_modules.processes.actions import ask_for_review, close_review, reopen_review, take_review
from portal_modules.processes.choices import ReviewState
from portal_modules.processes.exceptions import ReviewStateNotAllowed
from portal_modules.processes.models import ReviewRequest, ReviewSubject
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

LIST, NEW = at("my/processes/reviews/"), at("my/processes/reviews/new/")


@pytest.fixture
def alice(world: World) -> Browser:
    return Browser().sign_in(world.alice, world.home.company)


@pytest.fixture
def subject(world: World) -> ReviewSubject:
    with company_scope(world.home.company):
        found: ReviewSubject = ReviewSubject.objects.create(name_en="A phase is wrong", name_pt="Uma fase")
        return found


def asked(world: World, subject: ReviewSubject, customer: str = "alice") -> ReviewRequest:
    with company_scope(world.home.company):
        return ask_for_review(
            world.home.customers[customer],
            subject,
            description=f"Please look, {customer}.",
            by=None,
            author_name=customer,
        )


def events_told(world: World) -> list[str]:
    """What was told, whoever it was told."""
    with company_scope(world.home.company):
        return sorted(set(OutboxMessage.objects.values_list("event", flat=True)), reverse=True)


@pytest.mark.row("D09")
def test_from_the_question_to_the_answer(world: World, alice: Browser, subject: ReviewSubject) -> None:
    process = world.home.processes["alice"]
    assert f'href="{NEW}"' in text_of(alice.get(at("my/processes/")))
    assert f'href="{NEW}"' in text_of(alice.get(at("my/")))
    page = text_of(alice.get(NEW, {"process": str(process.pk)}))
    assert f'value="{process.pk}" selected' in page
    data = {"subject": subject.pk, "process": str(process.pk), "description": "The registry has it already."}
    answer = alice.post(NEW, data, follow=True)
    year = timezone.localdate(timezone=world.home.company.zone).year
    number = f"R-{year}-0001"
    page = text_of(answer)
    assert number in page
    assert "The registry has it already." in page
    assert "Received" in page
    with company_scope(world.home.company):
        review = ReviewRequest.objects.get()
        assert (review.process, review.customer, review.asked_by_id) == (
            process,
            process.customer,
            world.alice.pk,
        )
        clerk = Browser().sign_in(world.home.clerk)
    url = f"/admin/processes/reviewrequest/inspect/{review.pk}/"
    assert number in text_of(clerk.get("/admin/processes/reviewrequest/"))
    assert clerk.post(url, {"verb": "take"}).status_code == 302
    assert "Somebody is looking at it now." in text_of(alice.get(at(f"my/processes/reviews/{review.pk}/")))
    assert (
        clerk.post(url, {"verb": "close", "close-answer": "You are right, we moved it."}).status_code == 302
    )
    page = text_of(alice.get(at(f"my/processes/reviews/{review.pk}/")))
    assert "You are right, we moved it." in page
    assert "Answered" in page
    assert number in text_of(alice.get(LIST))
    with company_scope(world.home.company):
        review.refresh_from_db()
        assert (review.state, review.taken_by) == (ReviewState.CLOSED, world.home.clerk)
        assert Message.objects.filter(body="You are right, we moved it.").count() == 1
    assert events_told(world) == ["processes.review_received", "processes.review_answered"]


def test_one_that_is_missing_needs_no_business_and_takes_a_file(
    world: World, alice: Browser, subject: ReviewSubject
) -> None:
    data = {
        "subject": subject.pk,
        "process": "",
        "description": "My son's is not here.",
        "attachments": SimpleUploadedFile("contract.txt", b"We signed it in May.", "text/plain"),
    }
    page = text_of(alice.post(NEW, data, follow=True))
    assert "A missing one" in page
    assert "contract.txt" in page
    with company_scope(world.home.company):
        review = ReviewRequest.objects.get()
        assert review.process is None
        assert Document.objects.of_record(review).count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"description": ""}, "description"),
        ({"description": " \n "}, "description"),
        ({"description": "x" * 5001}, "description"),
        ({"subject": ""}, "subject"),
        ({"subject": "999999999999999999999"}, "subject"),
        ({"subject": "x"}, "subject"),
        ({"process": "x"}, "process"),
        ({"process": "charlie"}, "process"),
        ({"process": "dora"}, "process"),
        ({"attachments": "exe"}, "attachments"),
    ],
)
def test_what_is_refused_is_said_at_its_field_and_changes_nothing(
    world: World, alice: Browser, subject: ReviewSubject, change: dict[str, Any], said: str
) -> None:
    data: dict[str, Any] = {"subject": subject.pk, "process": "", "description": "Please look.", **change}
    if data["process"] in {"charlie", "dora"}:
        side = world.home if data["process"] == "charlie" else world.other
        data["process"] = str(side.processes[data["process"]].pk)
    if "attachments" in data:
        data["attachments"] = SimpleUploadedFile("photo.png", b"MZ\x90\x00" + b"\x00" * 200, "image/png")
    answer = alice.post(NEW, data)
    assert answer.status_code == 422
    assert said in answer.context["form"].errors
    with company_scope(world.home.company):
        assert not ReviewRequest.objects.exists()
        assert not Document.objects.exists()
    assert events_told(world) == []
    # Nothing was used up: the next one is the first.
    assert asked(world, subject).number.endswith("-0001")


def test_a_subject_that_is_not_offered_cannot_be_chosen(
    world: World, alice: Browser, subject: ReviewSubject
) -> None:
    with company_scope(world.other.company):
        foreign = ReviewSubject.objects.create(name_en="Theirs").pk
    with company_scope(world.home.company):
        ReviewSubject.objects.filter(pk=subject.pk).update(is_active=False)
    for pk in (subject.pk, foreign):
        data = {"subject": pk, "process": "", "description": "Please look."}
        assert alice.post(NEW, data).status_code == 422
    with company_scope(world.home.company):
        assert not ReviewRequest.objects.exists()


def test_who_may_only_look_asks_for_nothing(world: World, subject: ReviewSubject) -> None:
    review = asked(world, subject)
    bob = Browser().sign_in(world.bob, world.home.company)
    data = {"subject": subject.pk, "process": "", "description": "Please look."}
    assert bob.get(NEW).status_code == 403
    assert bob.post(NEW, data).status_code == 403
    assert bob.get(at(f"my/processes/reviews/{review.pk}/")).status_code == 200
    assert f'href="{NEW}"' not in text_of(bob.get(at("my/")))
    with company_scope(world.home.company):
        assert ReviewRequest.objects.count() == 1


def test_somebody_elses_review_is_not_there_by_any_verb(
    world: World, alice: Browser, subject: ReviewSubject
) -> None:
    review = asked(world, subject, "charlie")
    url = at(f"my/processes/reviews/{review.pk}/")
    for method in ("get", "head"):
        assert getattr(alice, method)(url).status_code == 404
    for method in ("post", "put", "patch", "delete"):
        assert getattr(alice, method)(url).status_code == 405
    assert "Please look, charlie." not in text_of(alice.get(LIST))
    dora = Browser().sign_in(world.dora, world.other.company)
    assert dora.get(f"/p/altura/en/my/processes/reviews/{review.pk}/").status_code == 404
    with company_scope(world.home.company):
        before = review.state
        review.refresh_from_db()
        assert review.state == before


def test_numbers_have_no_gap_and_are_each_companys_own(world: World, subject: ReviewSubject) -> None:
    assert [asked(world, subject).number[-4:], asked(world, subject, "charlie").number[-4:]] == [
        "0001",
        "0002",
    ]
    with company_scope(world.other.company):
        theirs = ReviewSubject.objects.create(name_en="Theirs")
        review = ask_for_review(
            world.other.customers["dora"], theirs, description="x", by=None, author_name="Dora"
        )
        assert review.number.endswith("-0001")


def test_it_changes_along_its_transitions_only(world: World, subject: ReviewSubject) -> None:
    review = asked(world, subject)
    with company_scope(world.home.company):
        taken = take_review(review, by=None)
        with pytest.raises(ReviewStateNotAllowed):
            take_review(taken, by=None)
        closed = close_review(taken, answer="Yes.", by=None)
        with pytest.raises(ReviewStateNotAllowed):
            close_review(closed, answer="No.", by=None)
        assert reopen_review(closed, by=None).state == ReviewState.LOOKED_AT


def test_a_reader_of_the_office_may_look_and_not_act(world: World, subject: ReviewSubject) -> None:
    review = asked(world, subject)
    url = f"/admin/processes/reviewrequest/inspect/{review.pk}/"
    reader = Browser().sign_in(world.home.reader)
    page = text_of(reader.get(url))
    assert "Please look, alice." in page
    assert 'name="verb"' not in page
    for data in ({"verb": "take"}, {"verb": "close", "close-answer": "No."}, {}):
        assert reader.post(url, data).status_code in {302, 403}
    with company_scope(world.home.company):
        review.refresh_from_db()
        assert review.state == ReviewState.RECEIVED


def test_what_staff_send_wrongly_is_said_and_changes_nothing(world: World, subject: ReviewSubject) -> None:
    review = asked(world, subject)
    url = f"/admin/processes/reviewrequest/inspect/{review.pk}/"
    clerk = Browser().sign_in(world.home.clerk)
    for data in ({}, {"verb": "steal"}, {"verb": "close", "close-answer": ""}, {"verb": "reopen"}):
        assert clerk.post(url, data).status_code == 422, data
    with company_scope(world.home.company):
        review.refresh_from_db()
        assert review.state == ReviewState.RECEIVED
    with company_scope(world.other.company):
        theirs = ReviewSubject.objects.create(name_en="Theirs")
        foreign = ask_for_review(
            world.other.customers["dora"], theirs, description="x", by=None, author_name="Dora"
        )
    stolen = clerk.post(f"/admin/processes/reviewrequest/inspect/{foreign.pk}/", {"verb": "take"})
    assert stolen.status_code == 404
    with company_scope(world.other.company):
        foreign.refresh_from_db()
        assert foreign.state == ReviewState.RECEIVED


def test_words_are_shown_as_text(world: World, alice: Browser, subject: ReviewSubject) -> None:
    evil = "<script>alert(1)</script>"
    alice.post(NEW, {"subject": subject.pk, "process": "", "description": evil})
    with company_scope(world.home.company):
        review = ReviewRequest.objects.get()
        close_review(review, answer=evil, by=world.home.clerk)
    for page in (
        alice.get(at(f"my/processes/reviews/{review.pk}/")),
        Browser().sign_in(world.home.clerk).get(f"/admin/processes/reviewrequest/inspect/{review.pk}/"),
    ):
        assert evil not in text_of(page)
        assert "&lt;script&gt;" in text_of(page)


def test_the_mails_name_the_number_and_not_the_matter(world: World, subject: ReviewSubject) -> None:
    with company_scope(world.home.company):
        Contact.objects.filter(email="alice@example.com").update(language="en")
    review = asked(world, subject)
    with company_scope(world.home.company):
        close_review(review, answer="A secret answer.", by=world.home.clerk)
        waiting = list(OutboxMessage.objects.values_list("pk", flat=True))
    for pk in waiting:
        delivery.attempt(pk, world.home.company)
    letters = [letter for letter in mail.outbox if "alice@example.com" in letter.recipients()[0]]
    assert len(letters) == 2
    for letter in letters:
        assert review.number in f"{letter.subject}{letter.body}"
        assert f"/my/processes/reviews/{review.pk}/" in letter.body
        assert "secret" not in letter.body
        assert "Please look" not in letter.body
