"""The bell: how many, what, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from uuid import uuid4

import pytest

from portal_modules.core.models import CompanyModule
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Membership
from portal_modules.notifications.actions import tell_customer
from portal_modules.notifications.models import BellEntry
from portal_modules.processes.actions import close_process, move_to_phase, reopen_process
from portal_modules.processes.events import PHASE_CHANGED
from tests.world.browsing import Browser
from tests.world.companies import World, add_customer

pytestmark = pytest.mark.django_db

BELL = "/p/castro-lima/en/my/notifications/"
HOME = "/p/castro-lima/en/my/processes/"


def as_alice(world: World) -> Browser:
    return Browser().sign_in(world.alice, world.home.company)


def ring(world: World, times: int = 1, customer: str = "alice") -> None:
    process = world.home.processes[customer]
    with company_scope(world.home.company):
        for _time in range(times):
            tell_customer(
                PHASE_CHANGED,
                customer=world.home.customers[customer],
                payload={"process_id": process.pk, "phase_id": process.phase_id},
                record=process,
            )


def unread_of(world: World, user_id: int) -> int:
    with company_scope(world.home.company):
        return int(BellEntry.objects.filter(user=user_id).unread().count())


def entry_of(world: World, user_id: int) -> BellEntry:
    with company_scope(world.home.company):
        entry: BellEntry = BellEntry.objects.filter(user=user_id).first()
    return entry


def test_a_phase_change_rings_and_leads_to_the_process(world: World) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        move_to_phase(process, world.home.phases[2], by=world.home.clerk, on=date(2026, 6, 1))
    alice = as_alice(world)
    home = alice.get(HOME).content.decode()
    assert f'href="{BELL}"' in home
    assert '<span class="count">1</span>' in home
    page = alice.get(BELL).content.decode()
    assert "A business of yours entered a new phase" in page
    assert process.number_shown in page
    assert unread_of(world, world.alice.pk) == 1, "looking at the list reads nothing"
    answer = alice.post(f"{BELL}{entry_of(world, world.alice.pk).pk}/")
    assert answer.status_code == 303
    assert answer["Location"] == f"/p/castro-lima/en/my/processes/{process.pk}/"
    assert unread_of(world, world.alice.pk) == 0
    assert unread_of(world, world.bob.pk) == 1, "bob has not looked"
    assert '<span class="count">1</span>' not in alice.get(HOME).content.decode()


def test_an_end_and_a_new_beginning_are_told_apart(world: World) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        close_process(process, by=world.home.clerk, on=date(2026, 6, 1))
        reopen_process(process, by=world.home.clerk)
    page = as_alice(world).get(BELL).content.decode()
    assert "Your business is completed" in page
    assert "We are at work on your business again" in page


def test_all_at_once_are_only_ones_own(world: World) -> None:
    ring(world, 3)
    ring(world, 2, "charlie")
    assert as_alice(world).post(f"{BELL}read/").status_code == 303
    assert unread_of(world, world.alice.pk) == 0
    assert (unread_of(world, world.bob.pk), unread_of(world, world.charlie.pk)) == (3, 2)


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_nobody_opens_anothers(world: World, who: str) -> None:
    ring(world)
    entry = entry_of(world, world.alice.pk)
    stranger = Browser().sign_in(getattr(world, who), world.home.company)
    assert stranger.post(f"{BELL}{entry.pk}/").status_code == 404
    assert stranger.post(f"{BELL}{uuid4()}/").status_code == 404
    assert unread_of(world, world.alice.pk) == 1


def test_a_record_that_is_no_longer_visible_is_not_shown(world: World) -> None:
    ring(world)
    with company_scope(world.home.company):
        BellEntry.objects.update(record_id=uuid4())
    alice = as_alice(world)
    assert "entered a new phase" not in alice.get(BELL).content.decode()
    answer = alice.post(f"{BELL}{entry_of(world, world.alice.pk).pk}/")
    assert answer["Location"] == BELL


def test_what_is_off_rings_for_nobody(world: World) -> None:
    ring(world)
    with company_scope(world.home.company):
        CompanyModule.objects.create(module="processes", is_on=False)
    page = as_alice(world).get(BELL).content.decode()
    assert "entered a new phase" not in page
    assert '<span class="count">' not in page


def test_counting_stops_at_a_hundred(world: World) -> None:
    ring(world, 101)
    assert '<span class="count">99+</span>' in as_alice(world).get(HOME).content.decode()


def test_the_number_costs_one_statement_however_many_there_are(
    world: World, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    alice = as_alice(world)
    ring(world)
    alice.get(HOME)
    with count_queries() as few:
        alice.get(HOME)
    ring(world, 40)
    with count_queries() as many:
        alice.get(HOME)
    assert len(few) == len(many)
    assert len([each for each in many if "notifications_bellentry" in each]) == 1


def test_the_list_costs_the_same_however_long_it_is(
    world: World, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    alice = as_alice(world)
    ring(world)
    alice.get(BELL)
    with count_queries() as few:
        alice.get(BELL)
    ring(world, 30)
    with count_queries() as many:
        alice.get(BELL)
    assert len(many) == len(few)


@pytest.mark.parametrize("page", ["0", "99", "x"])
def test_a_page_that_is_not_there(world: World, page: str) -> None:
    assert as_alice(world).get(f"{BELL}?page={page}").status_code == 404


def test_no_bell_for_who_only_knows_a_number(world: World) -> None:
    reader = Browser().with_number(world.home.company, world.home.processes["alice"].pk)
    assert "my/notifications/" not in reader.get("/p/castro-lima/en/lookup/process/").content.decode()


def test_what_was_told_to_a_customer_that_one_left_is_gone(world: World) -> None:
    with company_scope(world.home.company):
        add_customer(world.home, "charlie", world.alice, ["owner"])
    ring(world, 1, "charlie")
    alice = as_alice(world)
    assert "entered a new phase" in alice.get(BELL).content.decode()
    with company_scope(world.home.company):
        gone = world.home.customers["charlie"]
        Membership.objects.filter(customer=gone, user=world.alice).update(until="2026-01-01T00:00Z")
    page = alice.get(BELL).content.decode()
    assert "entered a new phase" not in page
    assert '<span class="count">' not in page
