"""Before somebody is let in, changed or removed, whoever decides shows once more that it is they."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from portal_modules.accounts.models import Invitation
from portal_modules.core.access import Level
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer
from tests.accounts.people import COMPANY_PAGES, Visitor
from tests.accounts.test_colleagues import NINA, TEAM, invite, membership, page_of
from tests.processes.visiting import text_of
from tests.world.browsing import Browser
from tests.world.companies import PASSWORD, World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(world: World) -> Customer:
    return world.home.customers["alice"]


@pytest.mark.parametrize("level", [Level.TAX_ID, Level.REGISTERED])
def test_a_link_or_a_number_alone_does_not_show_the_team(
    world: World, customer: Customer, level: Level
) -> None:
    """One's own password is asked for first, and the way leads back."""
    browser = Browser().sign_in(world.alice, world.home.company, level)
    for path in (TEAM, page_of(customer, "invite/"), page_of(customer, f"{world.bob.uuid}/remove/")):
        answer: Any = browser.get(path)
        assert answer.status_code == 302
        assert "/my/team/" not in answer.url.partition("?")[0]
        assert browser.post(path).status_code == 302
    assert membership(world, world.bob).until is None


@pytest.mark.row("A38")
def test_proof_of_some_minutes_ago_is_asked_for_once_more(world: World, customer: Customer) -> None:
    """Nothing that was typed is lost."""
    alice = Visitor()
    alice.cookies = Browser().sign_in(world.alice, world.home.company).cookies
    path = page_of(customer, "invite/")
    asked = alice.send(path, {"name": "Nina Costa", "email": NINA, "roles": ["finance", "viewer"]})
    assert asked.status_code == 302
    assert asked.url.startswith(f"{COMPANY_PAGES}again/?next=")
    with company_scope(world.home.company):
        assert not Invitation.objects.exists()
    back = alice.send(asked.url, {"password": PASSWORD})
    assert (back.status_code, back.url) == (302, path)
    form = text_of(alice.get(path))
    assert 'value="Nina Costa"' in form
    assert form.count(" checked") == 2
    assert "Nina Costa" not in text_of(alice.get(path)), "it is shown once"
    assert invite(alice, customer).status_code == 303


def test_who_has_a_second_factor_shows_it_again(world: World, customer: Customer) -> None:
    """A fresh password alone does not prove the level at hand."""
    alice = Visitor()
    alice.cookies = _with_methods(world, [("mfa", 0), ("password", time.time())])
    assert "second-factor" in alice.get(page_of(customer, "invite/")).url
    alice.cookies = _with_methods(world, [("mfa", time.time()), ("password", 0)])
    assert alice.get(page_of(customer, "invite/")).status_code == 200


def _with_methods(world: World, methods: list[tuple[str, float]]) -> Any:
    browser = Browser().sign_in(world.alice, world.home.company, Level.SECOND_FACTOR)
    with as_owner():
        session = SessionStore(browser.cookies[settings.SESSION_COOKIE_NAME].value)
        session["account_authentication_methods"] = [{"method": name, "at": at} for name, at in methods]
        session.save()
    return browser.cookies
