"""The customer's home is put together from the modules: sorted, counted, and never broken by one of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from types import ModuleType
from typing import Any

import pytest
from django.db import connection

from portal_modules.core import home
from portal_modules.core.access import Access
from portal_modules.core.home import HomeCard, NextStep, Urgency, counted_cards, home_of
from portal_modules.core.presence import how_many, which_have_rows
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer
from portal_modules.processes.models import Process
from tests.world.companies import World

pytestmark = pytest.mark.django_db


class Asking:
    """As much of a request as the collector looks at."""

    def __init__(self, *labels: str) -> None:
        self.card = type("Card", (), {"modules": frozenset(labels)})()
        self.access = Access()


@pytest.fixture
def rooms() -> Iterator[dict[str, ModuleType]]:
    """Rooms that modules of the world have for the length of a test, by label: the collector finds them by name."""
    made: dict[str, ModuleType] = {}
    labels = ("users", "customers", "documents")
    for label in labels:
        name = f"portal_modules.{label}.home"
        made[label] = sys.modules[name] = ModuleType(name)
        made[label].__spec__ = type("Spec", (), {"name": name})()
    home._room.cache_clear()
    yield made
    for label in labels:
        del sys.modules[f"portal_modules.{label}.home"]
    home._room.cache_clear()


def step(title: str, urgency: Urgency = Urgency.TO_DO, due: date | None = None) -> NextStep:
    return NextStep(title=title, url="/", urgency=urgency, due=due)


def card(label: str, **more: Any) -> HomeCard:
    return HomeCard(label=label, url=f"/{label}/", icon="file", **more)


def patience() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('statement_timeout')")
        return str(cursor.fetchone()[0])


def test_the_most_urgent_comes_first_then_the_nearest_day(world: World, rooms: dict[str, ModuleType]) -> None:
    rooms["users"].next_steps = lambda request: [  # type: ignore[attr-defined]
        step("wait", Urgency.WAITING),
        step("later", due=date(2026, 6, 2)),
        step("sooner", due=date(2026, 6, 1)),
        step("some day"),
    ]
    rooms["documents"].next_steps = lambda request: [step("late", Urgency.OVERDUE)]  # type: ignore[attr-defined]
    with company_scope(world.home.company):
        found = home_of(Asking("users", "documents"))  # type: ignore[arg-type]
    assert [each.title for each in found.steps] == ["late", "sooner", "later", "some day", "wait"]


def test_a_module_that_is_off_says_nothing(world: World, rooms: dict[str, ModuleType]) -> None:
    rooms["users"].next_steps = lambda request: [step("here")]  # type: ignore[attr-defined]
    with company_scope(world.home.company):
        assert home_of(Asking("customers")).steps == []  # type: ignore[arg-type]


def test_one_that_fails_hides_no_other(world: World, rooms: dict[str, ModuleType]) -> None:
    def broken(request: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute("select 1 from a_table_that_is_not_there")
        return []

    rooms["users"].next_steps = rooms["users"].cards = broken  # type: ignore[attr-defined]
    rooms["customers"].next_steps = lambda request: [step("kept")]  # type: ignore[attr-defined]
    rooms["customers"].cards = lambda request: [card("kept")]  # type: ignore[attr-defined]
    with company_scope(world.home.company):
        found = home_of(Asking("users", "customers"))  # type: ignore[arg-type]
        assert Customer.objects.exists()
    assert [each.title for each in found.steps] == ["kept"]
    assert [each.label for each in found.cards] == ["kept"]


def test_one_that_is_slow_is_left_out(world: World, rooms: dict[str, ModuleType]) -> None:
    def slow(request: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute("select pg_sleep(30)")
        return [step("slow")]

    rooms["users"].next_steps = slow  # type: ignore[attr-defined]
    rooms["customers"].next_steps = lambda request: [step("kept")]  # type: ignore[attr-defined]
    with company_scope(world.home.company):
        before = patience()
        assert [each.title for each in home_of(Asking("users", "customers")).steps] == ["kept"]  # type: ignore[arg-type]
        assert patience() == before


def test_cards_show_where_there_is_something_and_count_it(world: World, rooms: dict[str, ModuleType]) -> None:
    company = world.home.company
    with company_scope(company):
        everybody, nobody = Customer.objects.active(), Customer.objects.filter(name="nobody")
        rooms["customers"].cards = lambda request: [  # type: ignore[attr-defined]
            card("none", rows=nobody),
            card("make", rows=nobody, stays_when_empty=True, order=30),
            card("some", rows=everybody, order=20),
            card("link", order=40),
            card("impossible", rows=Customer.objects.none()),
            card("asked", count=lambda: 7, order=50),
        ]
        asking: Any = Asking("customers")
        assert [each.label for each in home_of(asking).cards] == ["some", "make", "link", "asked"]
        counted = {each.card.label: each.count for each in counted_cards(asking)}
    assert counted == {"some": 2, "make": 0, "link": None, "asked": 7}


def test_a_counter_that_fails_leaves_its_card(world: World, rooms: dict[str, ModuleType]) -> None:
    with company_scope(world.home.company):
        bad = Customer.objects.extra(where=["no_such_column = 1"])  # noqa: S610
        rooms["customers"].cards = lambda request: [  # type: ignore[attr-defined]
            card("bad", rows=bad),
            card("good", rows=Customer.objects.active()),
        ]
        asking: Any = Asking("customers")
        assert [each.label for each in home_of(asking).cards] == ["bad", "good"]
        assert {each.card.label: each.count for each in counted_cards(asking)} == {"bad": None, "good": 2}


def test_many_are_asked_in_one_statement(world: World, django_assert_num_queries: Any) -> None:
    with company_scope(world.home.company):
        asked = [Customer.objects.active(), Process.objects.none(), Process.objects.filter(title="50% off")]
        with django_assert_num_queries(2):
            assert which_have_rows(asked) == [True, False, False]
            assert how_many(asked) == [2, 0, 0]
        assert which_have_rows([]) == []
