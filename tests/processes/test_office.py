"""What staff do with a process: by buttons on its page, each through its action."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from portal_modules.core.scope import company_scope
from portal_modules.notifications.models import OutboxMessage
from portal_modules.processes.choices import ProcessState
from portal_modules.processes.models import Notice, PhaseEntry
from tests.processes.visiting import text_of
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db


def page(world: World, side: str = "home", customer: str = "alice") -> str:
    process = getattr(world, side).processes[customer]
    return f"/admin/processes/process/inspect/{process.pk}/"


@pytest.fixture
def clerk(world: World) -> Browser:
    return Browser().sign_in(world.home.clerk)


def test_a_process_is_moved_on_and_the_customer_told(world: World, clerk: Browser) -> None:
    process, today = world.home.processes["alice"], timezone.localdate()
    answer = clerk.post(
        page(world), {"verb": "move", "move-phase": world.home.phases[2].pk, "move-on": today}
    )
    assert answer.status_code == 302
    with company_scope(world.home.company):
        process.refresh_from_db()
        assert (process.phase, process.phase_since) == (world.home.phases[2], today)
        assert PhaseEntry.objects.filter(process=process, phase=world.home.phases[2]).count() == 1
        assert OutboxMessage.objects.filter(event="processes.phase_changed").exists()


def test_a_notice_is_published_closed_and_opened_again(world: World, clerk: Browser) -> None:
    process = world.home.processes["alice"]
    data = {"verb": "notice", "notice-title_en": "Filed", "notice-body_en": "We filed it."}
    assert clerk.post(page(world), data).status_code == 302
    assert clerk.post(page(world), {"verb": "close", "close-on": timezone.localdate()}).status_code == 302
    with company_scope(world.home.company):
        process.refresh_from_db()
        assert process.state == ProcessState.CLOSED
        assert Notice.objects.filter(process=process, title_en="Filed", is_marked=False).count() == 1
    shown = text_of(clerk.get(page(world)))
    assert 'value="reopen"' in shown
    assert 'value="move"' not in shown
    assert clerk.post(page(world), {"verb": "reopen"}).status_code == 302
    with company_scope(world.home.company):
        process.refresh_from_db()
        assert process.state == ProcessState.OPEN


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"verb": "burn"},
        {"verb": "move"},
        {"verb": "move", "move-phase": "x", "move-on": "2026-06-01"},
        {"verb": "move", "move-phase": "foreign", "move-on": "2026-06-01"},
        {"verb": "move", "move-phase": "next", "move-on": "2999-01-01"},
        {"verb": "move", "move-phase": "next", "move-on": "1999-01-01"},
        {"verb": "move", "move-phase": "next", "move-on": "99999-13-41"},
        {"verb": "notice", "notice-title_en": "Only a title"},
        {"verb": "close", "close-on": "2999-01-01"},
        {"verb": "reopen"},
    ],
)
def test_what_is_refused_is_said_and_changes_nothing(
    world: World, clerk: Browser, data: dict[str, Any]
) -> None:
    phases = {"foreign": world.other.phases[0].pk, "next": world.home.phases[2].pk}
    sent = {name: phases.get(value, value) for name, value in data.items()}
    process = world.home.processes["alice"]
    assert clerk.post(page(world), sent).status_code == 422
    with company_scope(world.home.company):
        process.refresh_from_db()
        assert (process.phase, process.state) == (world.home.phases[1], ProcessState.OPEN)
        assert Notice.objects.filter(process=process).count() == 1
        assert not PhaseEntry.objects.exists()


def test_other_companies_and_readers_do_nothing(world: World, clerk: Browser) -> None:
    data = {"verb": "close", "close-on": timezone.localdate()}
    assert clerk.post(page(world, "other", "dora"), data).status_code == 404
    reader = Browser().sign_in(world.home.reader)
    assert 'name="verb"' not in text_of(reader.get(page(world)))
    assert reader.post(page(world), data).status_code in {302, 403}
    for side in (world.home, world.other):
        with company_scope(side.company):
            for process in side.processes.values():
                process.refresh_from_db()
                assert process.state == ProcessState.OPEN


def test_the_form_of_all_fields_moves_through_the_action_too(world: World, clerk: Browser) -> None:
    process = world.home.processes["alice"]
    data = {
        "phase": world.home.phases[2].pk,
        "title": "Changed",
        "registry_number": "",
        "opened_on": "2026-03-02",
        "phase_since": "2026-06-01",
        "person_in_charge": "",
    }
    answer = clerk.post(f"/admin/processes/process/edit/{process.pk}/", data)
    assert answer.status_code == 302, answer.context["form"].errors
    with company_scope(world.home.company):
        process.refresh_from_db()
        assert (process.title, process.phase_since) == ("Changed", date(2026, 6, 1))
        assert process.customer == world.home.customers["alice"]
        assert PhaseEntry.objects.filter(process=process, entered_on=date(2026, 6, 1)).count() == 1


def test_from_a_process_one_comes_to_its_customer_where_one_may(world: World, clerk: Browser) -> None:
    customer = world.home.customers["alice"]
    way = f'<a href="/admin/customers/customer/inspect/{customer.pk}/">{customer.name}</a>'
    assert way in text_of(clerk.get(page(world)))
    phase = world.home.processes["alice"].phase
    assert f"<dd>{phase}</dd>" in text_of(clerk.get(page(world))), "phases have no register"
