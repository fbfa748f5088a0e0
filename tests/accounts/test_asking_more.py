"""A company asks for more proof: for all that a module shows, or for one thing that is done there."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import get_resolver, reverse

from portal_modules.core.access import Level
from portal_modules.core.actions import change_settings
from portal_modules.core.companies import card_in_scope
from portal_modules.core.modules import modules
from portal_modules.core.proof import needed_level
from portal_modules.core.scope import company_scope
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

MORE = at("access/more-proof/")


def ask(world: World, *raised: str) -> None:
    with company_scope(world.home.company):
        change_settings(world.home.company, {"accounts.levels": list(raised)}, by=None)


@pytest.fixture
def by_link(world: World) -> Browser:
    return Browser().sign_in(world.alice, world.home.company, Level.REGISTERED)


def test_what_a_manifest_guards_is_there_and_needs_what_it_says() -> None:
    """Names that lead nowhere would leave a company with a choice that does nothing."""
    views: dict[str, Any] = {}
    for pattern in get_resolver().url_patterns:
        _collect(pattern, "", views)
    for module in modules:
        for guarded in module.guarded:
            assert guarded.name.startswith(f"{module.label}."), guarded.name
            for name in guarded.views:
                view = views[f"{module.label}:{name}"]
                assert view.required_level == guarded.usual, f"{guarded.name}: {name}"


def _collect(pattern: Any, namespace: str, found: dict[str, Any]) -> None:
    if hasattr(pattern, "url_patterns"):
        inner = pattern.namespace or namespace
        for each in pattern.url_patterns:
            _collect(each, inner, found)
    elif pattern.name:
        found[f"{namespace}:{pattern.name}"] = pattern.callback


def test_one_thing_alone_asks_for_more(world: World, by_link: Browser) -> None:
    ask(world, "processes.reviews:30")
    assert by_link.get(at("my/processes/")).status_code == 200
    assert by_link.get(at("my/processes/reviews/new/")).headers["Location"].startswith(MORE)
    proved = Browser().sign_in(world.alice, world.home.company, Level.PASSWORD)
    assert proved.get(at("my/processes/reviews/new/")).status_code == 200


def test_what_needs_a_password_anyway_can_need_a_second_factor(world: World) -> None:
    proved = Browser().sign_in(world.alice, world.home.company, Level.PASSWORD)
    assert proved.get(at("my/team/")).status_code == 200
    ask(world, "accounts.team:40")
    assert proved.get(at("my/team/")).headers["Location"].startswith(MORE)
    assert proved.get(at("my/processes/")).status_code == 200


def test_what_is_asked_more_for_is_shown_nowhere_before(world: World, by_link: Browser) -> None:
    """Neither on the home page, nor among messages, nor at the bell, nor among documents."""
    process = world.home.processes["alice"]
    pages = [at(f"my/{page}") for page in ("", "cards/", "conversations/", "notifications/", "documents/")]
    seen = [text_of(by_link.get(page, headers={"HX-Request": "true"})) for page in pages]
    assert str(process.pk) in seen[0]
    ask(world, "processes:30")
    for page in pages:
        answer = by_link.get(page, headers={"HX-Request": "true"})
        assert str(process.pk) not in text_of(answer), page
    assert by_link.get(at(f"my/processes/{process.pk}/")).headers["Location"].startswith(MORE)
    assert f'href="{at("my/processes/")}"' in text_of(by_link.get(at("my/"))), "the menu leads to the proof"
    proved = Browser().sign_in(world.alice, world.home.company, Level.PASSWORD)
    assert str(process.pk) in text_of(proved.get(at("my/")))
    other = Browser().sign_in(world.dora, world.other.company, Level.REGISTERED)
    assert other.get(at("my/processes/", alias="altura")).status_code == 200, "it is this company's choice"


def test_staff_choose_it_for_each_thing(world: World) -> None:
    staff = Browser().sign_in(world.home.manager)
    page = reverse("accounts_ways_in")
    body = text_of(staff.get(page))
    assert 'name="level-processes"' in body
    assert 'name="level-accounts.team"' in body
    sent = {"preset": "register", "level-accounts.team": "40", "level-processes.reviews": "30"}
    assert staff.post(page, sent).status_code == 302
    with company_scope(world.home.company):
        card = card_in_scope()
        assert sorted(card.setting("accounts.levels")) == ["accounts.team:40", "processes.reviews:30"]
        assert needed_level(card, "accounts", Level.PASSWORD, "accounts.team") == Level.SECOND_FACTOR
    refused = staff.post(page, {"preset": "register", "level-accounts.team": "30"})
    assert refused.status_code == 422, "less than it needs anyway, or as much, is no choice"
