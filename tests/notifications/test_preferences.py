"""What people choose to be mailed of: in their area, and from the last line of a mail."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from portal_modules.core.models import CompanyModule
from portal_modules.core.modules import modules
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from portal_modules.notifications.actions import tell_customer
from portal_modules.notifications.choices import DeliveryState
from portal_modules.notifications.models import MailPreference, OutboxMessage
from portal_modules.notifications.tasks import sweep
from portal_modules.processes.actions import move_to_phase
from portal_modules.processes.events import OPENED, PHASE_CHANGED
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

PAGE = "/p/castro-lima/en/my/notifications/preferences/"
# Every event that there is a switch for, but one.
ALL = {
    notice.event: "on"
    for module in modules
    for notice in module.notices
    if notice.can_switch_off and notice.event != PHASE_CHANGED
}


def as_alice(world: World) -> Browser:
    return Browser().sign_in(world.alice, world.home.company)


def tell(world: World) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        tell_customer(
            PHASE_CHANGED,
            customer=world.home.customers["alice"],
            payload={"process_id": process.pk, "phase_id": process.phase_id},
            record=process,
        )


def mails_to(name: str) -> list[Any]:
    sweep.func()
    return [each for each in mail.outbox if f"{name}@example.com" in each.to[0]]


def way_out(letter: Any) -> str:
    """The address of the header, without the host."""
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(r"<http://localhost:8000(/\S+)>", letter.extra_headers["List-Unsubscribe"])
    assert found
    return found[1]


def eve_of(world: World) -> Contact:
    """A contact of alice's customer who has no login."""
    with company_scope(world.home.company):
        eve: Contact = Contact.objects.create(
            customer=world.home.customers["alice"], name="Eve", email="eve@example.com", language="en"
        )
    return eve


def choices(world: World) -> list[tuple[str, str]]:
    with company_scope(world.home.company):
        return sorted(MailPreference.objects.values_list("event", "choice"))


def test_somebody_switches_one_thing_off_and_gets_the_rest(world: World) -> None:
    alice = as_alice(world)
    page = alice.get(PAGE).content.decode()
    assert "What we mail you" in page
    assert page.count('type="checkbox"') == page.count(" checked"), "everything is on"
    assert "A business of yours entered a new phase" in page
    answer = alice.post(PAGE, ALL)
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    page = alice.get(PAGE).content.decode()
    assert "Your choices are kept." in page
    assert page.count('type="checkbox"') - page.count(" checked") == 1
    tell(world)
    assert mails_to("alice") == []
    assert len(mails_to("bob")) == 1
    alice.post(PAGE, {**ALL, PHASE_CHANGED: "on"})
    tell(world)
    assert len(mails_to("alice")) == 1


def test_what_was_waiting_when_it_was_switched_off_is_not_sent(world: World) -> None:
    tell(world)
    as_alice(world).post(PAGE, ALL)
    assert mails_to("alice") == []
    with company_scope(world.home.company):
        states = dict(OutboxMessage.objects.values_list("contact__email", "state"))
    assert states == {"alice@example.com": DeliveryState.DROPPED, "bob@example.com": DeliveryState.SENT}


def test_saving_twice_and_nonsense_change_nothing_else(world: World) -> None:
    alice = as_alice(world)
    for _time in range(2):
        alice.post(PAGE, {**ALL, "tests.unknown": "on", PHASE_CHANGED: "", "x" * 300: "on"})
    assert [event for event, choice in choices(world) if choice == "never"] == [PHASE_CHANGED]
    assert {event for event, _choice in choices(world)} == {*ALL, PHASE_CHANGED}


def test_a_module_that_is_off_offers_no_switch(world: World) -> None:
    with company_scope(world.home.company):
        CompanyModule.objects.create(module="processes", is_on=False)
    page = as_alice(world).get(PAGE)
    assert page.status_code == 200
    assert "entered a new phase" not in page.content.decode()


def test_the_account_menu_leads_there(world: World) -> None:
    assert f'href="{PAGE}"' in as_alice(world).get("/p/castro-lima/en/my/processes/").content.decode()


def test_a_contact_without_a_login_switches_off_from_the_mail(world: World) -> None:
    eve_of(world)
    tell(world)
    (letter,) = mails_to("eve")
    address = way_out(letter)
    assert f"http://localhost:8000{address}" in letter.body
    reader = Client(enforce_csrf_checks=True)
    page = reader.get(address).content.decode()
    assert "Stop these mails?" in page
    assert "eve@" not in page
    assert choices(world) == [], "opening the page changes nothing"
    answer = reader.post(address, {"mails": "off"})
    assert (answer.status_code, answer["Location"]) == (303, address)
    assert "You get no more of these mails" in reader.get(address).content.decode()
    tell(world)
    assert len(mails_to("eve")) == 1
    reader.post(address, {"mails": "on"})
    tell(world)
    assert len(mails_to("eve")) == 2


def test_a_mail_program_presses_the_button_by_itself(world: World) -> None:
    eve_of(world)
    tell(world)
    address = way_out(mails_to("eve")[0])
    program = Client(enforce_csrf_checks=True)
    assert program.head(address).status_code == 200
    assert program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert choices(world) == [(PHASE_CHANGED, "never")]
    assert program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_who_has_a_login_finds_the_choice_of_the_mail_in_the_portal(world: World) -> None:
    tell(world)
    address = way_out(mails_to("alice")[0])
    assert PAGE in Client().get(address.replace("/pt/", "/en/")).content.decode()
    Client().post(address)
    page = as_alice(world).get(PAGE).content.decode()
    assert page.count('type="checkbox"') - page.count(" checked") == 1
    as_alice(world).post(PAGE, {**ALL, PHASE_CHANGED: "on"})
    tell(world)
    assert len(mails_to("alice")) == 2


def test_what_a_contact_chose_before_registering_can_be_changed_afterwards(world: World) -> None:
    with company_scope(world.home.company):
        contact = Contact.objects.get(email="alice@example.com")
        MailPreference.objects.create(contact=contact, event=OPENED, choice="never")
    alice = as_alice(world)
    page = alice.get(PAGE).content.decode()
    assert page.count('type="checkbox"') - page.count(" checked") == 1
    alice.post(PAGE, {**ALL, PHASE_CHANGED: "on"})
    assert {choice for _event, choice in choices(world)} == {"now"}


def test_a_forged_address_is_not_there(world: World) -> None:
    eve_of(world)
    tell(world)
    address = way_out(mails_to("eve")[0])
    mark = address.rstrip("/").rpartition("/")[2]
    other = "0" if mark[0] != "0" else "1"
    with company_scope(world.home.company):
        bobs = OutboxMessage.objects.get(contact__email="bob@example.com").pk
    own = re.search(r"/mails/([0-9a-f-]{36})/", address)
    assert own
    for forged in (
        address.replace(mark, other + mark[1:]),
        address.replace(mark, mark[:-1]),
        address.replace(own[1], str(bobs)),
        address.replace(own[1], str(uuid4())),
        address.replace("castro-lima", "altura"),
    ):
        assert Client().get(forged).status_code == 404
        assert Client().post(forged).status_code == 404
    assert choices(world) == []


@pytest.mark.row("R02")
def test_every_mail_says_why_and_how_to_change_it_in_the_readers_language(world: World) -> None:
    with company_scope(world.home.company):
        Contact.objects.filter(email="alice@example.com").update(language="es")
        Contact.objects.filter(email="bob@example.com").update(language="pt")
        move_to_phase(world.home.processes["alice"], world.home.phases[2], by=None, on=date(2026, 6, 1))
    (spanish,), (portuguese,) = mails_to("alice"), mails_to("bob")
    assert "Si el botón no se abre" in spanish.alternatives[0][0]
    assert "Se o botão não abrir" in portuguese.alternatives[0][0]
    assert "/es/mails/" in spanish.body
    assert "/pt/mails/" in portuguese.body
    html = str(portuguese.alternatives[0][0])
    assert 'lang="pt-pt"' in html
    assert way_out(portuguese) in html
