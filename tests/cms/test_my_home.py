"""The customer's home: first the answer, then the ways into what is theirs."""

from __future__ import annotations

from typing import Any

import pytest

from portal_modules.core.scope import company_scope
from portal_modules.processes.models import Phase, Process
from tests.processes.conftest import count_queries  # noqa: F401 (a fixture)
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import World, make_process

pytestmark = pytest.mark.django_db

HOME = at("my/")
CARDS = at("my/cards/")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def alice(world: World) -> Browser:
    return Browser().sign_in(world.alice, world.home.company)


def test_it_says_first_where_the_business_stands(world: World, alice: Browser) -> None:
    page = text_of(alice.get(HOME))
    assert "Registry CASTRO-OWN" in page
    assert "Since May 12, 2026" in page
    assert str(world.home.processes["alice"].pk) in page
    assert str(world.home.processes["charlie"].pk) not in page


def test_what_the_customer_can_do_comes_before_what_they_wait_for(world: World, alice: Browser) -> None:
    with company_scope(world.home.company):
        phase = world.home.phases[0]
        Phase.objects.filter(pk=phase.pk).update(
            customer_action="Do", customer_action_en="Send us the papers."
        )
        make_process(world.home, world.home.customers["alice"], phase=phase, title="Second matter")
    page = text_of(alice.get(HOME))
    assert page.index("Send us the papers.") < page.index("Matter CASTRO-OWN")


def test_the_numbers_on_the_cards_load_after_the_page(world: World, alice: Browser) -> None:
    page = text_of(alice.get(HOME))
    assert f'hx-get="{CARDS}"' in page
    assert f'href="{at("my/processes/")}"' in page
    with company_scope(world.home.company):
        make_process(world.home, world.home.customers["alice"])
        make_process(world.home, world.home.customers["charlie"])
    assert '<span class="card__count">2</span>' in text_of(alice.get(CARDS, headers=HTMX))
    assert alice.get(CARDS).headers["Location"] == HOME


@pytest.mark.parametrize("count", [1, 200])
def test_it_takes_the_same_queries_at_any_size(
    world: World,
    alice: Browser,
    count_queries: Any,  # noqa: F811 (the fixture)
    count: int,
) -> None:
    with company_scope(world.home.company):
        for _each in range(count):
            make_process(world.home, world.home.customers["alice"])
        assert Process.objects.count() > count
    alice.get(HOME)
    with count_queries() as queries:
        assert alice.get(HOME).status_code == 200
    assert len(queries) <= 14, "\n".join(queries)
