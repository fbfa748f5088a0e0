"""Settings: the portal's usual value, the company's, a group's and a customer's, each saying where it comes from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal_modules.core.actions import change_settings
from portal_modules.core.actions.setup import SettingRefused
from portal_modules.core.companies import card_of_company
from portal_modules.core.models import CompanySetting, LogEntry
from portal_modules.core.modules import SettingKind, modules
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer, CustomerGroup
from portal_modules.documents.actions import ask_for_document, remind_of_document
from tests.world.browsing import Browser
from tests.world.companies import World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

PAGE = "/admin/our-company/settings/"
DAYS = "documents.remind_days"
TIMES = "processes.show_times"
P = "/p/castro-lima/en/"


def in_group(world: World, name: str = "Families") -> CustomerGroup:
    with company_scope(world.home.company):
        group = CustomerGroup.objects.create(name=name)
        Customer.objects.filter(pk=world.home.customers["alice"].pk).update(group=group)
        world.home.customers["alice"].group = group
    return group


def own(**values: Any) -> dict[str, Any]:
    """What the page sends: these have own values, all others inherit."""
    sent = {"sent": "yes"}
    for name, value in values.items():
        setting = name.replace("__", ".")
        sent |= {setting: value, f"{setting}.whose": "own"}
    return sent


def settled(world: World, name: str, customer: str = "") -> tuple[Any, str]:
    with company_scope(world.home.company):
        levels = world.home.customers[customer].setting_levels if customer else ()
        found = card_of_company(world.home.company).settled(name, *levels)
    return found.value, found.source


@pytest.mark.row("T03")
def test_the_nearest_value_counts_and_says_where_it_comes_from(world: World) -> None:
    group = in_group(world)
    alice = world.home.customers["alice"]
    manager = Browser().sign_in(world.home.manager)
    assert settled(world, DAYS, "alice") == (3, "platform")
    manager.post(PAGE, own(documents__remind_days=5))
    assert settled(world, DAYS, "alice") == (5, "company")
    manager.post(f"{PAGE}group/{group.pk}/", own(documents__remind_days=7))
    assert settled(world, DAYS, "alice") == (7, "group")
    assert settled(world, DAYS, "charlie") == (5, "company")
    manager.post(f"{PAGE}customer/{alice.pk}/", own(documents__remind_days=9))
    assert settled(world, DAYS, "alice") == (9, "customer")
    page = manager.get(f"{PAGE}customer/{alice.pk}/").content.decode()
    assert "9 days" in page
    assert "set for this customer" in page
    assert "the portal's usual value" in page or "the portal&#x27;s usual value" in page
    manager.post(f"{PAGE}customer/{alice.pk}/", own())
    assert settled(world, DAYS, "alice") == (7, "group")
    assert "set for the group" in manager.get(f"{PAGE}customer/{alice.pk}/").content.decode()
    with company_scope(world.home.company):
        assert LogEntry.objects.filter(action="core.change_settings").count() == 4


@pytest.mark.row("T03")
def test_a_setting_acts_where_it_was_set(world: World) -> None:
    group = in_group(world)
    home = world.home
    manager = Browser().sign_in(home.manager)
    today = timezone.localdate(timezone=home.company.zone)
    with company_scope(home.company):
        asked = [
            ask_for_document(
                home.customers[name],
                title={"en": "Birth certificate"},
                reason={},
                due_on=today + timedelta(days=10),
                by=None,
                at=timezone.now() - timedelta(days=20),
            )
            for name in ("alice", "charlie")
        ]
    manager.post(f"{PAGE}group/{group.pk}/", own(documents__remind_days=8))
    with company_scope(home.company):
        day = today + timedelta(days=2)
        assert [remind_of_document(each, on=day) for each in asked] == [True, False]
        day = today + timedelta(days=7)
        assert [remind_of_document(each, on=day) for each in asked] == [False, True]


@pytest.mark.row("T03")
def test_the_expected_end_is_said_to_those_for_whom_it_is_on(world: World) -> None:
    home = world.home
    manager = Browser().sign_in(home.manager)
    alice = Browser().sign_in(world.alice, home.company)
    charlie = Browser().sign_in(world.charlie, home.company)
    by_number = Browser().with_number(home.company, home.processes["alice"].pk)
    pages = {
        alice: f"{P}my/processes/{home.processes['alice'].pk}/",
        charlie: f"{P}my/processes/{home.processes['charlie'].pk}/",
        by_number: f"{P}lookup/process/",
    }

    def said() -> list[bool]:
        return ["usual time" in browser.get(page).content.decode() for browser, page in pages.items()]

    assert said() == [True, True, True]
    manager.post(f"{PAGE}customer/{home.customers['alice'].pk}/", own(processes__show_times="no"))
    assert said() == [False, True, True]
    manager.post(PAGE, own(processes__show_times="no"))
    assert said() == [False, False, False]


def test_a_number_opens_for_as_long_as_is_set(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    manager.post(PAGE, own(processes__lookup_minutes=5))
    visitor = Browser()
    number = world.home.processes["alice"].lookup_number
    visitor.post(f"{P}lookup/", {"number": number})
    with as_owner():
        until = visitor.session["access.lookups"][str(world.home.company.pk)]["until"]
    assert 0 < until - timezone.now().timestamp() <= 300
    alices = f"{PAGE}customer/{world.home.customers['alice'].pk}/"
    assert "processes.lookup_minutes" not in manager.get(alices).content.decode()


@pytest.mark.parametrize(
    ("place", "sent"),
    [
        ("", {DAYS: "0", f"{DAYS}.whose": "own"}),
        ("", {DAYS: "31", f"{DAYS}.whose": "own"}),
        ("", {DAYS: "soon", f"{DAYS}.whose": "own"}),
        ("", {DAYS: "", f"{DAYS}.whose": "own"}),
        ("", {DAYS: "9" * 400, f"{DAYS}.whose": "own"}),
        ("", {TIMES: "perhaps", f"{TIMES}.whose": "own"}),
        ("", {DAYS: "4", f"{DAYS}.whose": "mine"}),
        ("", {TIMES: "\x00", f"{TIMES}.whose": "own"}),
    ],
)
def test_a_value_that_it_cannot_have_is_refused(world: World, place: str, sent: dict[str, str]) -> None:
    answer = Browser().sign_in(world.home.manager).post(f"{PAGE}{place}", sent)
    assert answer.status_code == 422
    with company_scope(world.home.company):
        assert not CompanySetting.objects.exists()


def test_the_action_refuses_as_well(world: World) -> None:
    with company_scope(world.home.company):
        for values, level in (
            ({DAYS: 99}, ""),
            ({DAYS: True}, ""),
            ({DAYS: "4"}, ""),
            ({TIMES: 1}, ""),
            ({"processes.lookup_minutes": 30}, "customer:1"),
        ):
            with pytest.raises(SettingRefused):
                change_settings(world.home.company, values, level=level, by=None)
        assert not CompanySetting.objects.exists()


def test_only_managers_and_only_of_the_own_company(world: World) -> None:
    with company_scope(world.other.company):
        group = CustomerGroup.objects.create(name="ALTURA-SECRET group")
    manager = Browser().sign_in(world.home.manager)
    theirs = world.other.customers["dora"].pk
    for place in (f"customer/{theirs}/", f"group/{group.pk}/", "nothing/1/", f"customer/{10**30}/"):
        assert manager.get(f"{PAGE}{place}").status_code == 404
        assert manager.post(f"{PAGE}{place}", own(documents__remind_days=4)).status_code == 404
    assert "ALTURA-SECRET" not in manager.get(f"{PAGE}?q=a").content.decode()
    for who in ("clerk", "editor", "reader"):
        browser = Browser().sign_in(getattr(world.home, who))
        assert browser.post(PAGE, own(documents__remind_days=4)).status_code in {302, 403}
    for side in (world.home, world.other):
        with company_scope(side.company):
            assert not CompanySetting.objects.exists()


def test_customers_and_groups_are_found_by_name(world: World) -> None:
    group = in_group(world)
    manager = Browser().sign_in(world.home.manager)
    assert f"{PAGE}group/{group.pk}/" in manager.get(PAGE).content.decode()
    found = manager.get(f"{PAGE}?q=alice").content.decode()
    assert f"{PAGE}customer/{world.home.customers['alice'].pk}/" in found
    assert manager.get(f"{PAGE}?q=%F0%9F%98%80{'x' * 500}").status_code == 200


def test_every_declared_value_is_one_that_the_setting_can_have(world: World) -> None:
    declared = [
        setting for module in modules for setting in module.settings if setting.kind != SettingKind.LIST
    ]
    assert declared
    with company_scope(world.home.company):
        change_settings(world.home.company, {each.name: each.default for each in declared}, by=None)
        assert CompanySetting.objects.count() == len(declared)
