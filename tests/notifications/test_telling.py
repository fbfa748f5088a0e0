"""Telling the people of a customer: who is mailed, for whom the bell rings, who is left in peace."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from portal_modules.core.exceptions import RegistryError
from portal_modules.core.scope import PORTAL, company_scope
from portal_modules.customers.models import Contact, Membership
from portal_modules.notifications.actions import tell_customer, telling_nobody
from portal_modules.notifications.choices import MailChoice
from portal_modules.notifications.models import BellEntry, MailPreference, OutboxMessage
from portal_modules.processes.actions import open_process
from portal_modules.processes.events import PHASE_CHANGED
from tests.notifications.known_event import EVENT
from tests.world.companies import World

pytestmark = pytest.mark.django_db


def tell_alices(world: World, **more: Any) -> list[OutboxMessage]:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        return tell_customer(
            PHASE_CHANGED,
            customer=world.home.customers["alice"],
            payload={"process_id": process.pk, "phase_id": world.home.phases[1].pk},
            record=process,
            **more,
        )


def mailed(world: World) -> list[str]:
    with company_scope(world.home.company):
        return sorted(message.contact.email for message in OutboxMessage.objects.select_related("contact"))


def rung(world: World) -> list[str]:
    with company_scope(world.home.company):
        found = list(BellEntry.objects.values_list("user", flat=True))
    people = (world.alice, world.bob, world.charlie)
    return sorted(person.email for person in people for user in found if user == person.pk)


def switch_off(world: World, **person: Any) -> None:
    with company_scope(world.home.company):
        MailPreference.objects.create(event=PHASE_CHANGED, choice=MailChoice.NEVER, **person)


BOTH = ["alice@example.com", "bob@example.com"]


def test_everybody_of_the_customer_is_mailed_and_the_bell_rings_for_each_login(world: World) -> None:
    with company_scope(world.home.company):
        Contact.objects.create(customer=world.home.customers["alice"], name="Eve", email="eve@example.com")
        Contact.objects.create(customer=world.home.customers["alice"], name="No address")
    messages = tell_alices(world)
    assert mailed(world) == [*BOTH, "eve@example.com"]
    assert len(messages) == 3
    assert rung(world) == BOTH
    with company_scope(world.home.company):
        entry = BellEntry.objects.first()
    process = world.home.processes["alice"]
    assert (entry.record_type, entry.record_id) == ("processes.process", process.pk)
    assert entry.payload == {"process_id": str(process.pk), "phase_id": world.home.phases[1].pk}
    assert entry.read_at is None


def test_who_did_it_need_not_be_told(world: World) -> None:
    tell_alices(world, but=world.alice)
    assert mailed(world) == rung(world) == ["bob@example.com"]


def test_told_once_is_told_once(world: World) -> None:
    tell_alices(world, once="the same")
    tell_alices(world, once="the same")
    assert mailed(world) == rung(world) == BOTH
    tell_alices(world, once="another")
    assert len(mailed(world)) == len(rung(world)) == 4


def test_who_switched_it_off_is_not_mailed_but_finds_it_at_the_bell(world: World) -> None:
    switch_off(world, user=world.alice)
    tell_alices(world)
    assert mailed(world) == ["bob@example.com"]
    assert rung(world) == BOTH


def test_a_contact_without_a_login_can_switch_it_off_too(world: World) -> None:
    with company_scope(world.home.company):
        eve = Contact.objects.create(
            customer=world.home.customers["alice"], name="Eve", email="eve@example.com"
        )
    switch_off(world, contact=eve)
    tell_alices(world)
    assert mailed(world) == BOTH


def test_another_event_is_still_mailed(world: World) -> None:
    with company_scope(world.home.company):
        MailPreference.objects.create(user=world.alice, event="processes.opened", choice=MailChoice.NEVER)
        MailPreference.objects.create(user=world.bob, event=PHASE_CHANGED, choice=MailChoice.NOW)
    tell_alices(world)
    assert mailed(world) == BOTH


def test_an_access_that_ended_hears_nothing(world: World) -> None:
    with company_scope(world.home.company):
        Membership.objects.filter(user=world.bob).update(until=timezone.now())
    tell_alices(world)
    assert rung(world) == ["alice@example.com"]


def test_an_archived_customer_hears_nothing(world: World) -> None:
    world.home.customers["alice"].archived_at = timezone.now()
    assert tell_alices(world) == []
    assert mailed(world) == rung(world) == []


def test_an_event_that_no_manifest_names_is_refused(world: World) -> None:
    with company_scope(world.home.company), pytest.raises(RegistryError, match="notices"):
        tell_customer(EVENT, customer=world.home.customers["alice"], payload={})
    assert mailed(world) == rung(world) == []


def test_nobody_reads_the_bell_of_another_customer(world: World) -> None:
    tell_alices(world)
    charlie = world.home.customers["charlie"].pk
    with company_scope(world.home.company, role=PORTAL, customers=[charlie]):
        assert not BellEntry.objects.exists()
    alice = world.home.customers["alice"].pk
    with company_scope(world.home.company, role=PORTAL, customers=[alice]):
        assert BellEntry.objects.count() == 2


def test_what_is_imported_is_told_to_nobody(world: World) -> None:
    def open_one(**more: Any) -> None:
        with company_scope(world.home.company):
            open_process(
                world.home.customers["alice"], world.home.kind, by=None, opened_on=date(2026, 1, 2), **more
            )

    open_one(tells_customer=False)
    assert mailed(world) == rung(world) == []
    with telling_nobody():
        open_one()
    assert mailed(world) == rung(world) == []
    open_one()
    assert mailed(world) == rung(world) == BOTH
