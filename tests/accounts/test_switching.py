"""Whoever acts for several customers of a company chooses one, or sees all of them with a column that tells whose."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.utils import timezone

from portal_modules.core.scope import company_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Customer, Membership
from tests.processes.conftest import count_queries  # noqa: F401 (a fixture)
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import World, add_customer

pytestmark = pytest.mark.django_db

LIST = at("my/processes/")
CHOOSE = at("my/customer/")


@pytest.fixture
def second(world: World) -> Customer:
    """A second customer of alice's."""
    with company_scope(world.home.company):
        return add_customer(world.home, "bakery", world.alice, [CustomerRole.OWNER])


@pytest.fixture
def alice(world: World, second: Customer) -> Browser:
    return Browser().sign_in(world.alice, world.home.company)


def listed(browser: Browser) -> set[str]:
    return set(re.findall(r"/my/processes/([0-9a-f-]{36})/", text_of(browser.get(LIST))))


def names(world: World, *customers: str) -> set[str]:
    return {str(world.home.processes[name].pk) for name in customers}


@pytest.mark.row("A37")
def test_all_customers_are_seen_together_with_their_names(world: World, alice: Browser) -> None:
    page = text_of(alice.get(LIST))
    assert listed(alice) == names(world, "alice", "bakery")
    assert '<td data-label="Customer">Bakery CASTRO-OWN</td>' in page
    assert '<td data-label="Customer">Alice CASTRO-OWN</td>' in page
    home = text_of(alice.get(at("my/")))
    assert "Bakery CASTRO-OWN" in home, "each step says whose it is"


@pytest.mark.row("A37")
def test_one_customer_is_chosen_and_everything_follows(
    world: World, alice: Browser, second: Customer
) -> None:
    assert "All customers" in text_of(alice.get(at("my/")))
    answer = alice.post(CHOOSE, {"customer": second.uuid})
    assert (answer.status_code, answer.url) == (303, at("my/"))
    assert listed(alice) == names(world, "bakery")
    assert 'data-label="Customer"' not in text_of(alice.get(LIST)), "there is only one"
    of_alice = world.home.processes["alice"].pk
    assert alice.get(at(f"my/processes/{of_alice}/")).status_code == 404
    assert alice.get(at(f"my/processes/?q={world.home.processes['alice'].lookup_number}")).status_code == 200
    cards = text_of(alice.get(at("my/cards/"), headers={"HX-Request": "true"}))
    assert '<span class="card__count">1</span>' in cards

    alice.post(CHOOSE, {"customer": ""})
    assert listed(alice) == names(world, "alice", "bakery")


@pytest.mark.parametrize("named", ["charlie", "dora", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_nobody_elses_customer_can_be_chosen(world: World, alice: Browser, named: str) -> None:
    customers = {**world.home.customers, **world.other.customers}
    value = customers[named].uuid if named in customers else named
    assert alice.post(CHOOSE, {"customer": value}).status_code == 404
    assert listed(alice) == names(world, "alice", "bakery"), "nothing has changed"


def test_who_has_one_customer_is_offered_no_choice(world: World) -> None:
    bob = Browser().sign_in(world.bob, world.home.company)
    assert 'id="customers"' not in text_of(bob.get(at("my/")))
    assert bob.post(CHOOSE, {"customer": world.home.customers["alice"].uuid}).status_code == 303
    assert listed(bob) == names(world, "alice")


def test_a_choice_that_has_ended_shows_what_is_left(world: World, alice: Browser, second: Customer) -> None:
    alice.post(CHOOSE, {"customer": second.uuid})
    with company_scope(world.home.company):
        Membership.objects.filter(customer=second).update(until=timezone.now() - timedelta(hours=1))
    assert listed(alice) == names(world, "alice")


def test_the_choice_counts_in_its_company_only(world: World, alice: Browser, second: Customer) -> None:
    with company_scope(world.other.company):
        add_customer(world.other, "dora", world.alice, [CustomerRole.OWNER])
    alice.post(CHOOSE, {"customer": second.uuid})
    other = Browser().sign_in(world.alice, world.other.company)
    assert str(world.other.processes["dora"].pk) in text_of(other.get(at("my/processes/", alias="altura")))
    assert listed(Browser().sign_in(world.alice, world.home.company)) == names(world, "alice", "bakery")


def test_the_selector_costs_one_statement(
    world: World,
    second: Customer,
    count_queries: Callable[[], AbstractContextManager[list[str]]],  # noqa: F811
) -> None:
    alice, bob = (Browser().sign_in(user, world.home.company) for user in (world.alice, world.bob))
    costs = []
    for browser in (bob, alice):
        browser.get(LIST)
        with count_queries() as found:
            browser.get(LIST)
        costs.append(len(found))
    assert costs[1] <= costs[0] + 1
