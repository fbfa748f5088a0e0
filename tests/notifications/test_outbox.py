"""Telling somebody something: what is written down, and what becomes of it."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models.functions import Now

from portal_modules.core.exceptions import RegistryError
from portal_modules.core.models import Company
from portal_modules.core.scope import VISITOR, company_scope
from portal_modules.customers.models import Contact
from portal_modules.notifications.actions import MOST_ATTEMPTS, PAUSES, claim, tell
from portal_modules.notifications.choices import DeliveryState
from portal_modules.notifications.mails import Button, Mail, mails
from portal_modules.notifications.models import OutboxMessage
from portal_modules.notifications.tasks import deliver, sweep
from tests.notifications.known_event import EVENT
from tests.world.companies import World

pytestmark = pytest.mark.django_db


class BrokenBackend(BaseEmailBackend):
    """A mail server that refuses, with words that nobody else should read."""

    def send_messages(self, email_messages: Any) -> int:
        raise smtplib.SMTPResponseException(451, b"try later, password hunter2")


@pytest.fixture
def broken_server(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"


def alice_of(world: World) -> Contact:
    return Contact.objects.get(email="alice@example.com")


def tell_alice(world: World, **more: Any) -> OutboxMessage:
    with company_scope(world.home.company):
        options = {"company": world.home.company, "language": "en", "payload": {}, **more}
        if "address" not in options:
            options["contact"] = alice_of(world)
        return tell(EVENT, **options)


def again(message: OutboxMessage, company: Company) -> OutboxMessage:
    with company_scope(company):
        return OutboxMessage.objects.get(pk=message.pk)


def send(message: OutboxMessage, company: Company) -> OutboxMessage:
    deliver.func(str(message.pk), company.pk)
    return again(message, company)


def make_due(company: Company) -> None:
    with company_scope(company):
        OutboxMessage.objects.update(next_try_at=Now())


def test_what_is_told_is_written_down_as_ids(world: World) -> None:
    process = world.home.processes["alice"].pk
    message = tell_alice(world, payload={"process": process, "phases": [1, 2]})
    assert message.state == DeliveryState.WAITING
    assert message.payload == {"process": str(process), "phases": [1, 2]}
    assert message.company_id == world.home.company.pk
    assert message.customer_id == world.home.customers["alice"].pk
    assert message.language == "en"
    assert message.attempts == 0


@pytest.mark.parametrize("secret", [3.5, {"a": 1}, object()])
def test_what_is_no_id_is_refused(world: World, secret: object) -> None:
    with pytest.raises(TypeError):
        tell_alice(world, payload={"x": secret})


def test_nobody_can_be_told_of_an_unknown_event(world: World) -> None:
    with company_scope(world.home.company), pytest.raises(RegistryError, match=r"emails\.py"):
        tell("tests.nobody_knows", company=world.home.company, language="en", address="x@y.pt", payload={})
    with company_scope(world.home.company):
        assert not OutboxMessage.objects.exists()


def test_an_event_has_one_mail() -> None:
    with pytest.raises(RegistryError, match="twice"):
        mails.for_event(EVENT)(lambda message: None)
    assert EVENT in mails
    assert EVENT in list(mails)


def test_a_button_leads_to_a_whole_address() -> None:
    with pytest.raises(ValueError, match="whole address"):
        Button("Look", "/pt/my/")


def test_a_visitor_can_cause_a_mail_but_not_read_the_outbox(world: World) -> None:
    company = world.home.company
    with company_scope(company, role=VISITOR):
        with company_scope(company):
            message = tell(EVENT, company=company, language="pt", address="typed@example.com", payload={})
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            OutboxMessage.objects.get(pk=message.pk)
    assert send(message, company).state == DeliveryState.SENT


def test_a_message_of_another_company_is_not_delivered(world: World) -> None:
    message = tell_alice(world)
    deliver.func(str(message.pk), world.other.company.pk)
    assert again(message, world.home.company).state == DeliveryState.WAITING
    assert mail.outbox == []


def test_a_message_is_sent_once(world: World) -> None:
    message = tell_alice(world)
    sent = send(message, world.home.company)
    send(message, world.home.company)
    assert (sent.state, sent.attempts, sent.error) == (DeliveryState.SENT, 1, "")
    assert sent.sent_at is not None
    assert len(mail.outbox) == 1


def test_told_once_is_one_message_however_often_it_is_said(world: World) -> None:
    first = tell_alice(world, once="phase 7")
    second = tell_alice(world, once="phase 7")
    third = tell_alice(world, once="phase 8")
    assert first.pk == second.pk != third.pk
    send(first, world.home.company)
    assert tell_alice(world, once="phase 7").state == DeliveryState.SENT
    with company_scope(world.other.company):
        other = tell(
            EVENT, company=world.other.company, language="pt", address="d@x.br", payload={}, once="phase 7"
        )
    assert other.pk != first.pk


def test_nothing_to_say_is_dropped(world: World) -> None:
    message = tell_alice(world, payload={"nothing": 1})
    assert send(message, world.home.company).state == DeliveryState.DROPPED
    assert mail.outbox == []


def test_nobody_to_say_it_to_is_dropped(world: World) -> None:
    message = tell_alice(world)
    with company_scope(world.home.company):
        Contact.objects.filter(email="alice@example.com").update(email="")
    assert send(message, world.home.company).state == DeliveryState.DROPPED
    assert mail.outbox == []


@pytest.mark.parametrize("address", ["nobody", "a@b.pt\r\nBcc: spy@example.com", "a@b.pt, spy@example.com"])
def test_an_address_that_is_none_fails_at_once(world: World, address: str) -> None:
    failed = send(tell_alice(world, address=address), world.home.company)
    assert failed.state == DeliveryState.FAILED
    assert failed.error == "The address is not one that mail can be sent to."
    assert mail.outbox == []


def test_a_refusal_is_tried_again_later_and_later_then_given_up(world: World, broken_server: None) -> None:
    company = world.home.company
    message = tell_alice(world)
    for attempt, pause in enumerate(PAUSES, start=1):
        message = send(message, company)
        assert (message.state, message.attempts) == (DeliveryState.WAITING, attempt)
        assert message.error == "SMTPResponseException 451"
        with company_scope(company):
            left = OutboxMessage.objects.annotate(now=Now()).get(pk=message.pk)
        assert pause - timedelta(seconds=5) < left.next_try_at - left.now <= pause
        assert send(message, company).attempts == attempt, "not due yet"
        make_due(company)
    message = send(message, company)
    assert (message.state, message.attempts) == (DeliveryState.FAILED, MOST_ATTEMPTS)
    assert message.error == "SMTPResponseException 451"
    make_due(company)
    assert send(message, company).attempts == MOST_ATTEMPTS


def test_a_fault_in_a_mail_is_tried_again_too(world: World) -> None:
    message = tell_alice(world, payload={"text": [1, 2]})
    with company_scope(world.home.company):
        OutboxMessage.objects.filter(pk=message.pk).update(event="tests.gone_with_its_module")
    message = send(message, world.home.company)
    assert (message.state, message.attempts, message.error) == (DeliveryState.WAITING, 1, "RegistryError")


def test_a_fault_of_the_database_in_a_mail_keeps_the_attempt_counted(world: World) -> None:
    def broken(message: OutboxMessage) -> Mail | None:
        with connection.cursor() as cursor:
            cursor.execute("select 1 / 0")
        return None

    mails._writers[EVENT] = broken
    message = send(tell_alice(world), world.home.company)
    assert (message.state, message.attempts, message.error) == (DeliveryState.WAITING, 1, "DataError")


def test_a_message_that_kills_its_workers_is_given_up(world: World) -> None:
    company = world.home.company
    message = tell_alice(world)
    for _attempt in range(MOST_ATTEMPTS):
        with company_scope(company):
            assert claim(message.pk) is not None
            assert claim(message.pk) is None, "somebody is at it"
        make_due(company)
    assert send(message, company).state == DeliveryState.FAILED
    assert mail.outbox == []


def test_an_attempt_that_outlived_its_lease_does_not_disturb_the_next(world: World, settings: Any) -> None:
    company = world.home.company
    message = tell_alice(world)
    with company_scope(company):
        claim(message.pk)
    make_due(company)
    send(message, company)
    from portal_modules.notifications import actions

    late = again(message, company)
    late.attempts = 1
    with company_scope(company):
        actions.put_off(late, "Late")
        actions.give_up(late, "Late")
    assert again(message, company).state == DeliveryState.SENT


def test_the_sweep_sends_what_is_due_in_every_company(world: World) -> None:
    mine = tell_alice(world)
    with company_scope(world.other.company):
        theirs = tell(EVENT, company=world.other.company, language="pt", address="d@x.br", payload={})
        later = tell(EVENT, company=world.other.company, language="pt", address="e@x.br", payload={})
        OutboxMessage.objects.filter(pk=later.pk).update(next_try_at=Now() + timedelta(minutes=1))
    sweep.func()
    assert again(mine, world.home.company).state == DeliveryState.SENT
    assert again(theirs, world.other.company).state == DeliveryState.SENT
    assert again(later, world.other.company).state == DeliveryState.WAITING
    assert {message.to[0] for message in mail.outbox} == {"Alice CASTRO-OWN <alice@example.com>", "d@x.br"}


def test_the_sweep_takes_more_than_one_batch(world: World) -> None:
    for number in range(25):
        tell_alice(world, address=f"n{number}@example.com")
    sweep.func()
    assert len(mail.outbox) == 25


def test_an_unknown_message_is_left_alone(world: World) -> None:
    deliver.func(str(uuid4()), world.home.company.pk)
    assert mail.outbox == []


def test_the_id_of_a_message_is_a_uuid(world: World) -> None:
    assert isinstance(tell_alice(world).pk, UUID)


class NoSuchMailbox(BaseEmailBackend):
    """A mail server that knows that there is nobody."""

    codes = (550,)

    def send_messages(self, email_messages: Any) -> int:
        raise smtplib.SMTPRecipientsRefused(
            {f"{code}@example.com": (code, b"no such user, password hunter2") for code in self.codes}
        )


def test_what_no_mailbox_takes_comes_back_at_once(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.NoSuchMailbox"
    message = send(tell_alice(world), world.home.company)
    assert (message.state, message.attempts) == (DeliveryState.BOUNCED, 1)
    assert message.error == "SMTPRecipientsRefused 550"
    monkeypatch.setattr(NoSuchMailbox, "codes", (550, 450))
    message = send(tell_alice(world), world.home.company)
    assert message.state == DeliveryState.WAITING, "one of them may be there tomorrow"
