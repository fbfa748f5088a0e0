"""What is mailed of a business: its number and the portal, each phase, notices, and its end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core import mail

from portal_modules.core.models import CompanySetting
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from portal_modules.notifications.choices import DeliveryState
from portal_modules.notifications.models import OutboxMessage
from portal_modules.notifications.tasks import sweep
from portal_modules.processes.actions import (
    cancel_process,
    close_process,
    move_to_phase,
    open_process,
    publish_notice,
    reopen_process,
)
from tests.world.companies import World

pytestmark = pytest.mark.django_db

WORDS = {"title": {"en": "Registry asked for a paper"}, "body": {"en": "Please send <it> to us."}}
PORTAL = "http://localhost:8000/p/castro-lima/"


@pytest.fixture(autouse=True)
def _everybody_reads_english(world: World) -> None:
    with company_scope(world.home.company):
        Contact.objects.update(language="en")
        Contact.objects.create(
            customer=world.home.customers["alice"], name="Eve", email="eve@example.com", language="en"
        )


def mails_to(name: str) -> list[Any]:
    sweep.func()
    return [each for each in mail.outbox if f"{name}@example.com" in each.to[0]]


def the_mail_to(name: str) -> Any:
    (letter,) = mails_to(name)
    return letter


def lookup_off(world: World) -> None:
    with company_scope(world.home.company):
        CompanySetting.objects.create(name="function:processes.lookup", value=False)


def open_one(world: World) -> Any:
    with company_scope(world.home.company):
        return open_process(
            world.home.customers["alice"], world.home.kind, by=None, opened_on=date(2026, 5, 4)
        )


@pytest.mark.row("O03")
def test_opening_mails_the_number_and_where_the_portal_is(world: World) -> None:
    process = open_one(world)
    letter = the_mail_to("eve")
    assert process.number_shown in letter.body
    assert f"Our portal: {PORTAL}en/" in letter.body
    assert f"{PORTAL}en/lookup/" in letter.body


def test_without_the_lookup_the_mail_leads_to_the_area_or_to_the_home_page(world: World) -> None:
    lookup_off(world)
    process = open_one(world)
    letter = the_mail_to("alice")
    assert f"{PORTAL}en/my/processes/{process.pk}/" in letter.body
    stranger = the_mail_to("eve")
    for each in (letter, stranger):
        assert "/lookup/" not in each.body
        assert "You need no account" not in each.body
        assert process.number_shown in each.body


def test_a_phase_is_mailed_with_what_happens_in_it(world: World) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        move_to_phase(process, world.home.phases[2], by=world.home.clerk, on=date(2026, 6, 1))
    letter = the_mail_to("alice")
    assert letter.subject == "Your business has moved on"
    assert "What happens: Decision CASTRO-OWN" in letter.body
    assert f"{PORTAL}en/my/processes/{process.pk}/" in letter.body
    assert "REG-77" not in letter.body
    assert f"{PORTAL}en/lookup/" in the_mail_to("eve").body
    assert mails_to("charlie") == []


def test_a_marked_notice_is_mailed_whole(world: World) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        publish_notice(process, by=None, is_marked=True, **WORDS)
    for name in ("alice", "eve"):
        letter = the_mail_to(name)
        assert "Registry asked for a paper" in letter.body
        assert "Please send &lt;it&gt; to us." in str(letter.alternatives[0][0])


def test_another_notice_is_only_announced_and_only_to_who_can_read_it(world: World) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        publish_notice(process, by=None, is_marked=False, **WORDS)
    letter = the_mail_to("alice")
    assert "Registry asked" not in letter.body + letter.subject
    assert f"{PORTAL}en/my/processes/{process.pk}/" in letter.body
    assert mails_to("eve") == []
    with company_scope(world.home.company):
        dropped = OutboxMessage.objects.get(contact__email="eve@example.com")
    assert dropped.state == DeliveryState.DROPPED


def test_the_end_of_a_business_is_mailed_and_its_return(world: World) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        for change in (close_process, reopen_process, cancel_process):
            change(process, by=None)
    assert sorted(each.subject for each in mails_to("alice")) == [
        "We are at work on your business again",
        "Your business is completed",
        "Your business was ended",
    ]
