"""The access policy: presets in plain words, doors one by one, more proof than usual."""

from __future__ import annotations

from typing import Any

import pytest

from portal_modules.accounts.policy import PRESETS
from portal_modules.core.companies import card_in_scope
from portal_modules.core.scope import company_scope
from tests.accounts.people import HOME, SIGN_IN, Visitor
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

PAGE = "/admin/our-company/ways-in/"


def opened(world: World) -> Any:
    with company_scope(world.home.company):
        return card_in_scope().setting("accounts.doors")


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_each_preset_is_one_press_and_its_page_stands(world: World, preset: Any) -> None:
    staff = Browser().sign_in(world.home.manager)
    assert staff.get(PAGE).status_code == 200
    assert staff.post(PAGE, {"preset": preset.name}).status_code == 302
    assert opened(world) == list(preset.doors)
    assert staff.get(PAGE).status_code == 200
    assert Visitor().get(HOME).status_code == 200
    assert Visitor().get(SIGN_IN, follow=True).status_code == 200


def test_doors_one_by_one_in_their_order(world: World) -> None:
    staff = Browser().sign_in(world.home.manager)
    data = {"preset": "own", "place-tax_id_link": "2", "place-access_code": "1", "place-tax_id_only": "3"}
    assert staff.post(PAGE, {**data, "level-processes": "30"}).status_code == 302
    assert opened(world) == ["access_code", "tax_id_link", "tax_id_only"]
    with company_scope(world.home.company):
        assert card_in_scope().setting("accounts.levels") == ["processes:30"]
    body = Visitor().get(HOME).content.decode()
    assert "/access/code/" in body
    assert "/access/by-link/" in body


@pytest.mark.parametrize(
    "data",
    [
        {"preset": "own"},
        {"preset": "own", "place-email": "1", "place-access_code": "1"},
        {"preset": "own", "place-email": "1", "place-tax_id_email": "2"},
        {"preset": "own", "place-tax_id_only": "1"},
        {"preset": "own", "place-email": "9"},
        {"preset": "burn"},
        {"preset": "register", "level-processes": "5"},
        {},
    ],
)
def test_what_would_let_nobody_in_or_too_many_is_refused(world: World, data: dict[str, str]) -> None:
    before = opened(world)
    assert Browser().sign_in(world.home.manager).post(PAGE, data).status_code == 422
    assert opened(world) == before


def test_only_who_runs_the_company_chooses(world: World) -> None:
    for name in ("clerk", "editor", "reader"):
        answer = Browser().sign_in(getattr(world.home, name)).post(PAGE, {"preset": "link"})
        assert answer.status_code in {302, 403}
    assert opened(world) == ["email"]


def test_the_box_is_looked_at_before_it_is_saved(world: World) -> None:
    before = opened(world)
    staff = Browser().sign_in(world.home.manager)
    answer = staff.get(f"{PAGE}preview/?door=tax_id_link&door=access_code&door=unknown")
    body = answer.content.decode()
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert 'name="tax_id"' in body
    assert f"/p/{world.home.company.alias}/" in body
    assert "/access/code/" in body
    assert 'name="password"' not in body
    assert 'name="password"' in staff.get(f"{PAGE}preview/?door=email").content.decode()
    assert staff.get(f"{PAGE}preview/").status_code == 200
    assert opened(world) == before


def test_the_page_shows_the_box_of_the_doors_that_are_open(world: World) -> None:
    body = Browser().sign_in(world.home.manager).get(PAGE).content.decode()
    assert 'src="/admin/our-company/ways-in/preview/?door=email"' in body
    assert Browser().sign_in(world.home.clerk).get(f"{PAGE}preview/?door=email").status_code in {302, 403}
