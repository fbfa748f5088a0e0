"""The opinion box: who sees it, what is kept, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from portal_modules.core.access import Level
from portal_modules.core.models import CompanyModule, CompanySetting
from portal_modules.core.scope import PORTAL, VISITOR, company_scope
from portal_modules.feedback.models import Opinion
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

BASE = "/p/castro-lima/en/"
GIVE = f"{BASE}opinion/"
MINE = f"{BASE}my/processes/"
BOX = 'id="opinion"'


def as_alice(world: World) -> Browser:
    return Browser().sign_in(world.alice, world.home.company)


def by_number(world: World) -> Browser:
    return Browser().with_number(world.home.company, world.home.processes["alice"].pk)


def opinions(world: World) -> list[Opinion]:
    with company_scope(world.home.company):
        return list(Opinion.objects.select_related("customer", "contact"))


def has_box(browser: Client, path: str) -> bool:
    answer = browser.get(path)
    assert answer.status_code == 200
    return BOX in answer.content.decode()


@pytest.mark.row("Q01")
def test_the_box_is_there_after_coming_in_and_never_before(world: World) -> None:
    for path in ("", "lookup/", "access/sign-in/"):
        assert not has_box(Client(), BASE + path), path
    assert has_box(by_number(world), f"{BASE}lookup/process/")
    assert has_box(by_number(world), BASE)
    assert has_box(as_alice(world), MINE)
    assert has_box(as_alice(world), f"{BASE}my/")
    stranger = Browser().sign_in(world.dora, world.other.company)
    assert not has_box(stranger, BASE), "signed in at another company"
    proved_little = Browser().sign_in(world.alice, world.home.company, level=Level.TAX_ID)
    assert not has_box(proved_little, BASE)


@pytest.mark.row("Q01")
def test_what_a_customer_says_is_kept_with_who_and_where(world: World) -> None:
    alice = as_alice(world)
    said = {"mark": "4", "text": "It <b>works</b>.", "email": "", "page": f"{MINE}?q=secret"}
    answer = alice.post(GIVE, said)
    assert (answer.status_code, answer["Location"]) == (303, f"{MINE}?q=secret")
    (opinion,) = opinions(world)
    assert (opinion.mark, opinion.text, opinion.mode) == (4, "It <b>works</b>.", "login")
    assert (opinion.page, opinion.language) == (MINE, "en")
    assert opinion.customer == world.home.customers["alice"]
    assert opinion.contact.email == "alice@example.com"
    page = alice.get(MINE).content.decode()
    assert "Thank you. It is good to know" in page
    assert BOX not in page, "once is enough in a session"
    assert not has_box(alice, MINE)
    assert has_box(as_alice(world), MINE), "another session may be asked again"


@pytest.mark.row("Q01")
def test_what_a_number_says_names_nobody(world: World) -> None:
    reader = by_number(world)
    reader.post(GIVE, {"mark": "1", "email": "me@example.com", "page": f"{BASE}lookup/process/"})
    (opinion,) = opinions(world)
    assert (opinion.mark, opinion.mode, opinion.email) == (1, "number", "me@example.com")
    assert (opinion.customer, opinion.contact) == (None, None)
    page = reader.get(f"{BASE}lookup/process/").content.decode()
    assert "We want to do better" in page or "we want to do better" in page
    assert "We answer to the address that you left." in page


def test_said_twice_is_kept_once(world: World) -> None:
    alice = as_alice(world)
    for mark in ("5", "1"):
        assert alice.post(GIVE, {"mark": mark, "page": MINE}).status_code == 303
    assert [opinion.mark for opinion in opinions(world)] == [5]
    assert "We have your opinion already." in alice.get(MINE).content.decode()


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"mark": ""},
        {"mark": "0"},
        {"mark": "6"},
        {"mark": "4.5"},
        {"mark": "\u0665"},
        {"mark": "5", "text": "x" * 2001},
        {"mark": "5", "text": "a\x00b"},
        {"mark": "5", "email": "nobody"},
        {"mark": "5", "email": "x" * 300 + "@example.com"},
        {"mark": "5", "page": "x" * 2001},
    ],
)
def test_what_is_no_opinion_is_refused_in_words(world: World, said: dict[str, str]) -> None:
    answer = as_alice(world).post(GIVE, said)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert opinions(world) == []


@pytest.mark.parametrize(
    "page", ["https://evil.example/", "//evil.example", "/p/altura/en/", "javascript:alert(1)", "/admin/", ""]
)
def test_it_leads_back_to_pages_of_the_company_only(world: World, page: str) -> None:
    answer = as_alice(world).post(GIVE, {"mark": "3", "page": page})
    assert answer["Location"] == f"{BASE}my/"
    assert opinions(world)[0].page == f"{BASE}my/"


def test_nobody_else_says_anything(world: World) -> None:
    stranger = Browser().sign_in(world.dora, world.other.company)
    for browser in (Client(), stranger):
        assert browser.post(GIVE, {"mark": "5"}).status_code == 302
    assert as_alice(world).get("/p/altura/en/opinion/").status_code == 302
    assert opinions(world) == []


def test_a_company_can_switch_it_off(world: World) -> None:
    with company_scope(world.home.company):
        CompanySetting.objects.create(name="function:feedback.box", value=False)
    alice = as_alice(world)
    assert not has_box(alice, MINE)
    assert alice.get(GIVE).status_code == 404
    assert alice.post(GIVE, {"mark": "5"}).status_code == 404
    assert opinions(world) == []


def test_off_is_off_with_its_module(world: World) -> None:
    with company_scope(world.home.company):
        CompanyModule.objects.create(module="feedback", is_on=False)
    alice = as_alice(world)
    assert not has_box(alice, MINE)
    assert alice.get(GIVE).status_code == 404


def test_nobody_floods_the_office(world: World) -> None:
    answers = [as_alice(world).post(GIVE, {"mark": "1", "page": MINE}).status_code for _time in range(22)]
    assert answers == [303] * 20 + [429] * 2
    assert len(opinions(world)) == 20


def test_the_box_costs_no_statement(
    world: World, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    alice = as_alice(world)
    alice.get(MINE)
    with count_queries() as with_box:
        alice.get(MINE)
    assert not [each for each in with_box if "feedback" in each]
    with company_scope(world.home.company):
        CompanySetting.objects.create(name="function:feedback.box", value=False)
    alice.get(MINE)
    with count_queries() as without:
        assert not has_box(alice, MINE)
    assert len(with_box) == len(without)


def test_customers_read_no_opinions(world: World) -> None:
    as_alice(world).post(GIVE, {"mark": "5", "page": MINE})
    alice = world.home.customers["alice"].pk
    for role, more in ((PORTAL, {"customers": [alice]}), (VISITOR, {})):
        with pytest.raises(Exception, match="permission denied"):
            read_as(world, role, more)


def read_as(world: World, role: str, more: dict[str, Any]) -> None:
    with company_scope(world.home.company, role=role, **more):
        list(Opinion.objects.all())
