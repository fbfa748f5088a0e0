"""Who is mailed about documents, with what, and how often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from portal_modules.core.access import ActorKind
from portal_modules.core.scope import company_scope
from portal_modules.documents.actions import (
    refuse_document,
    remind_of_document,
    send_document,
    withdraw_request,
)
from portal_modules.documents.emails import asked_for, due_soon, refused
from portal_modules.documents.models import DocumentRequest
from portal_modules.notifications.models import OutboxMessage
from tests.documents.samples import picture, upload
from tests.documents.test_story import ask
from tests.world.companies import World


def told(event: str) -> list[OutboxMessage]:
    """The messages of an event."""
    return list(OutboxMessage.objects.filter(event=event).order_by("created_at"))


def send(world: World, asked: DocumentRequest) -> None:
    """Alice sends a picture."""
    send_document(
        asked,
        files=[upload("a.png", picture())],
        by=world.alice,
        actor=ActorKind.CONTACT,
        author_name="Alice",
    )


@pytest.mark.row("N03")
def test_each_step_is_told_to_the_people_of_the_customer(world: World) -> None:
    asked = ask(world)
    with company_scope(world.home.company):
        messages = told("documents.asked")
        assert {each.contact.email for each in messages} == {"alice@example.com", "bob@example.com"}
        mail = asked_for(messages[0])
        assert mail is not None
        assert mail.button is not None
        assert mail.button.url.endswith(f"/pt/my/documents/{asked.pk}/")
        assert asked.title in [str(value) for _label, value in mail.facts]
        send(world, asked)
        assert [each.address for each in told("documents.sent")] == [world.home.clerk.email]
        assert asked_for(messages[0]) is None, "it has come: there is nothing to ask any more"
        refuse_document(asked, reason="<b>Too dark</b>", by=world.home.clerk)
        mail = refused(told("documents.refused")[0])
        assert mail is not None
        assert "<b>Too dark</b>" in mail.paragraphs


def test_a_reminder_comes_three_days_before_and_on_the_day_once(world: World) -> None:
    today = timezone.localdate()
    asked = ask(world, due_on=today + timedelta(days=5))
    with company_scope(world.home.company):
        DocumentRequest.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(days=4))
        counts = []
        for days in range(8):
            for _twice in range(2):
                remind_of_document(asked, on=today + timedelta(days=days))
            counts.append(len(told("documents.due_soon")))
        assert counts == [0, 0, 2, 2, 2, 4, 4, 4], "two people, two reminders"
        message = told("documents.due_soon")[0]
        assert due_soon(message) is not None
        withdraw_request(asked, by=world.home.clerk)
        assert due_soon(message) is None
        assert not remind_of_document(asked, on=today + timedelta(days=2))


def test_whoever_was_asked_today_is_not_reminded_today(world: World) -> None:
    today = timezone.localdate()
    asked = ask(world, due_on=today)
    with company_scope(world.home.company):
        assert not remind_of_document(asked, on=today)
        assert told("documents.due_soon") == []
