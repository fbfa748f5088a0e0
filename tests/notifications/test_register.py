"""The register of the messages sent: what arrived, what failed, and sending it again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core import mail

from portal_modules.core.models import LogEntry
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from portal_modules.notifications.actions import tell
from portal_modules.notifications.choices import DeliveryState
from portal_modules.notifications.models import OutboxMessage
from portal_modules.notifications.tasks import sweep
from tests.notifications.known_event import EVENT
from tests.world.browsing import Browser
from tests.world.companies import CompanyWorld, World

pytestmark = pytest.mark.django_db

REGISTER = "/admin/notifications/outboxmessage/"
AGAIN = "/admin/notifications/again/"


def message(side: CompanyWorld, state: str, **more: Any) -> UUID:
    with company_scope(side.company):
        contact = Contact.objects.order_by("pk").first()
        written = tell(
            EVENT, company=side.company, language="en", contact=contact, payload={"text": "SECRET-TEXT"}
        )
        OutboxMessage.objects.filter(pk=written.pk).update(state=state, **more)
    return written.pk


def state_of(side: CompanyWorld, pk: UUID) -> str:
    with company_scope(side.company):
        return str(OutboxMessage.objects.get(pk=pk).state)


def test_staff_see_who_was_told_what_and_whether_it_arrived(world: World) -> None:
    sent = message(world.home, DeliveryState.SENT)
    message(world.home, DeliveryState.FAILED, error="SMTPResponseException 550", attempts=6)
    message(world.other, DeliveryState.FAILED)
    reader = Browser().sign_in(world.home.reader)
    page = reader.get(REGISTER).content.decode()
    assert "alice@example.com" in page
    assert "SMTPResponseException 550" in page
    assert "dora@example.com" not in page
    assert "SECRET-TEXT" not in page
    assert f"{AGAIN}{sent}" not in page
    row = reader.get(f"{REGISTER}inspect/{sent}/").content.decode()
    assert "alice@example.com" in row
    assert "SECRET-TEXT" not in row
    assert "SMTPResponseException" not in reader.get(f"{REGISTER}?state__exact=sent").content.decode()


def test_a_message_that_failed_is_sent_again(world: World) -> None:
    failed = message(world.home, DeliveryState.FAILED, error="OSError 111", attempts=6)
    clerk = Browser().sign_in(world.home.clerk)
    assert f"{AGAIN}{failed}/" in clerk.get(REGISTER).content.decode()
    assert "alice@example.com" not in clerk.get(f"{AGAIN}{failed}/").content.decode()
    assert state_of(world.home, failed) == DeliveryState.FAILED, "asking changes nothing"
    assert clerk.post(f"{AGAIN}{failed}/").status_code == 302
    sweep.func()
    assert state_of(world.home, failed) == DeliveryState.SENT
    assert len(mail.outbox) == 1
    assert str(failed) in mail.outbox[0].extra_headers["Message-ID"]
    assert clerk.post(f"{AGAIN}{failed}/").status_code == 404, "once"
    with company_scope(world.home.company):
        assert LogEntry.objects.filter(action="notifications.send_again", object_id=str(failed)).exists()


def test_all_that_failed_are_sent_again_at_once(world: World) -> None:
    failed = [message(world.home, DeliveryState.FAILED) for _number in range(3)]
    dropped = message(world.home, DeliveryState.DROPPED)
    foreign = message(world.other, DeliveryState.FAILED)
    clerk = Browser().sign_in(world.home.clerk)
    assert "3 messages failed." in clerk.get(AGAIN).content.decode()
    clerk.post(AGAIN)
    sweep.func()
    assert {state_of(world.home, pk) for pk in failed} == {DeliveryState.SENT}
    assert state_of(world.home, dropped) == DeliveryState.DROPPED
    assert state_of(world.other, foreign) == DeliveryState.FAILED
    assert "No message has failed." in clerk.get(AGAIN).content.decode()


@pytest.mark.parametrize("who", ["reader", "editor"])
def test_without_the_right_nothing_is_sent(world: World, who: str) -> None:
    failed = message(world.home, DeliveryState.FAILED)
    person = Browser().sign_in(getattr(world.home, who))
    assert f"{AGAIN}{failed}" not in person.get(REGISTER).content.decode()
    for address in (AGAIN, f"{AGAIN}{failed}/"):
        assert person.post(address).status_code in {302, 403}
    assert state_of(world.home, failed) == DeliveryState.FAILED


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.WAITING, DeliveryState.DROPPED])
def test_what_did_not_fail_is_not_sent_again(world: World, state: str) -> None:
    other = message(world.home, state)
    foreign = message(world.other, DeliveryState.FAILED)
    manager = Browser().sign_in(world.home.manager)
    for pk in (other, foreign):
        assert manager.get(f"{AGAIN}{pk}/").status_code == 404
        assert manager.post(f"{AGAIN}{pk}/").status_code == 404
    assert state_of(world.home, other) == state
    assert state_of(world.other, foreign) == DeliveryState.FAILED


@pytest.mark.parametrize("verb", ["create/", "edit/{}/", "delete/{}/"])
def test_nobody_writes_into_the_register(world: World, verb: str) -> None:
    sent = message(world.home, DeliveryState.SENT)
    manager = Browser().sign_in(world.home.manager)
    for call in (manager.get, manager.post):
        assert call(REGISTER + verb.format(sent)).status_code in {302, 403, 404}
    assert state_of(world.home, sent) == DeliveryState.SENT
