"""The customer's own pages: their businesses, and one of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal_modules.core.numbers import new_lookup_number
from portal_modules.core.scope import company_scope
from portal_modules.processes.models import Notice, Process
from tests.processes.visiting import at, text_of, walk, written
from tests.world.browsing import Browser
from tests.world.companies import World, make_process

pytestmark = pytest.mark.django_db

LIST = at("my/processes/")


@pytest.fixture
def alice(world: World) -> Browser:
    return Browser().sign_in(world.alice, world.home.company)


def detail(process: Process) -> str:
    return at(f"my/processes/{process.pk}/")


def add(world: World, count: int) -> None:
    with company_scope(world.home.company):
        Process.objects.bulk_create(
            Process(
                company=world.home.company,
                customer=world.home.customers["alice"],
                kind=world.home.kind,
                phase=world.home.phases[0],
                lookup_number=new_lookup_number(),
                opened_on=date(2026, 1, 1),
                phase_since=date(2026, 1, 1),
            )
            for _each in range(count)
        )


def test_a_stranger_is_asked_to_sign_in(world: World, client: Client) -> None:
    for url in (LIST, detail(world.home.processes["alice"])):
        answer = client.get(url)
        assert answer.status_code == 302
        assert "next=" in answer["Location"]


def test_customers_see_their_own_and_nobody_elses(world: World, alice: Browser) -> None:
    page = text_of(alice.get(LIST))
    assert written(world.home.processes["alice"]) in page
    assert written(world.home.processes["charlie"]) not in page
    assert alice.get(detail(world.home.processes["charlie"])).status_code == 404
    assert alice.get(detail(world.other.processes["dora"])).status_code == 404
    dora = Browser().sign_in(world.dora, world.other.company)
    assert dora.get(LIST).status_code == 302
    assert dora.get(detail(world.home.processes["alice"])).status_code == 302


@pytest.mark.row("D01")
@pytest.mark.row("D06")
@pytest.mark.row("D07")
def test_one_business_with_its_phases_facts_and_all_its_notices(world: World, alice: Browser) -> None:
    process = world.home.processes["alice"]
    walk(world.home, process)
    with company_scope(world.home.company):
        Notice.objects.create(process=process, title_en="For Alice", body_en="x", published_at=timezone.now())
        Notice.objects.create(process=process, title_en="A draft", body_en="x")
    page = text_of(alice.get(detail(process)))
    for shown in (
        "Phase 2 of 3",
        "REG-77",
        written(process),
        "For Alice",
        "Sent to the registry",
        "Matter CASTRO",
    ):
        assert shown in page
    assert "A draft" not in page


def test_the_list_is_narrowed_by_state_and_words(world: World, alice: Browser) -> None:
    with company_scope(world.home.company):
        ended = make_process(
            world.home,
            world.home.customers["alice"],
            title="Visa of a cousin",
            state="closed",
            closed_on=date(2026, 6, 1),
            registry_number="REG-88",
        )
    first = world.home.processes["alice"]

    def found(query: str) -> list[Any]:
        answer = alice.get(f"{LIST}?{query}")
        assert answer.status_code == 200
        return sorted(str(row["process"].pk) for row in answer.context["rows"])

    assert found("state=closed") == [str(ended.pk)]
    assert found("state=open") == [str(first.pk)]
    assert found("q=cousin") == [str(ended.pk)]
    assert found("q=reg-88") == [str(ended.pk)]
    assert found(f"q={written(first).lower()}") == [str(first.pk)]
    assert found("q=nationality-of-nobody") == []
    assert len(found("q=nacionalidade")) == 2


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page=2", 404),
        ("page=0", 404),
        ("page=x", 404),
        ("state=stolen", 422),
        ("q=" + "x" * 200, 422),
        ("q=a%00b", 400),
        ("q=%ff%fe", 200),
        ("q[]=1&state[]=2", 200),
    ],
)
def test_bad_queries_are_told_so(world: World, alice: Browser, query: str, status: int) -> None:
    assert alice.get(f"{LIST}?{query}").status_code == status


def test_the_list_is_cut_into_pages(world: World, alice: Browser) -> None:
    add(world, 44)
    first = alice.get(f"{LIST}?state=open")
    assert "45 businesses" in text_of(first)
    assert "?state=open&amp;page=2" in text_of(first)
    assert len(alice.get(f"{LIST}?state=open&page=3").context["rows"]) == 5


def test_no_business_yet_is_said_kindly(world: World, alice: Browser) -> None:
    with company_scope(world.home.company):
        Notice.objects.all().delete()
        Process.objects.all().delete()
    assert "Nothing here yet" in text_of(alice.get(LIST))


@pytest.mark.parametrize("count", [10, 1000])
def test_the_pages_take_the_same_queries_at_any_size(
    world: World, alice: Browser, count_queries: Any, count: int
) -> None:
    process = world.home.processes["alice"]
    add(world, count)
    walk(world.home, process, times=count // 2)
    alice.get(LIST)
    for url, most in ((LIST, 8), (detail(process), 12)):
        with count_queries() as queries:
            assert alice.get(url).status_code == 200
        assert len(queries) <= most, "\n".join(queries)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_is_changed_here(world: World, alice: Browser, method: str) -> None:
    for url in (LIST, detail(world.home.processes["alice"])):
        assert getattr(alice, method)(url).status_code == 405
