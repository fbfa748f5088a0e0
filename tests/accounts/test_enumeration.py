"""Nobody learns at a door who is a customer: equal answers, equal work."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from tests.accounts.open_doors import ALICES, CHARLIES, NOBODYS, NOBODYS_TOO, give_tax_id, open_doors
from tests.accounts.people import COMPANY_PAGES, Visitor
from tests.world.companies import World, make_user

pytestmark = pytest.mark.django_db

STARTS = ["register/", "reset/"]
# A customer with a login, a contact without one, somebody of the other company, staff, a closed login, nobody.
PEOPLE = [
    "alice@example.com",
    "nina@example.com",
    "dora@example.com",
    "manager@castro-lima.test",
    "closed@example.com",
    "nobody@example.com",
]


@pytest.fixture(autouse=True)
def _people(world: World) -> None:
    make_user("closed@example.com", "Closed", is_active=False)
    with company_scope(world.home.company):
        for email in ("nina@example.com", "closed@example.com"):
            Contact.objects.create(customer=world.home.customers["alice"], name="N", email=email)


def bare(answer: Any, *typed: str) -> tuple[Any, ...]:
    """All that an answer tells, but for what is everybody's own."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", answer.content.decode())
    for word in typed:
        body = body.replace(word, "…")
    headers = {name for name in answer.headers if name != "Set-Cookie"}
    return answer.status_code, answer.headers.get("Location"), sorted(headers), sorted(answer.cookies), body


@pytest.mark.parametrize("start", STARTS)
def test_asking_is_answered_alike_and_costs_the_same(
    world: World, start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(salt)
        return encode(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    Visitor().get(COMPANY_PAGES + start)  # what is kept of the company is read by the first request
    answers, costs = [], []
    for number, email in enumerate(PEOPLE):
        browser = Visitor(REMOTE_ADDR=f"198.51.100.{number}")
        browser.get(COMPANY_PAGES + start)
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            answer = browser.send(COMPANY_PAGES + start, {"email": email})
        costs.append((len(asked), len(hashed)))
        answers.append(bare(answer, email))
    assert all(answer == answers[0] for answer in answers)
    assert set(costs) == {costs[0]}, dict(zip(PEOPLE, costs, strict=True))


@pytest.mark.parametrize("start", STARTS)
def test_the_page_of_the_code_and_a_wrong_one_tell_nothing(world: World, start: str) -> None:
    pages, refusals, costs = [], [], []
    for number, email in enumerate(PEOPLE):
        browser = Visitor(REMOTE_ADDR=f"198.51.100.{number}")
        browser.send(COMPANY_PAGES + start, {"email": email})
        pages.append(bare(browser.get(f"{COMPANY_PAGES}{start}code/"), email))
        with CaptureQueriesContext(connection) as asked:
            answer = browser.send(f"{COMPANY_PAGES}{start}code/", {"code": "000000"})
        refusals.append(bare(answer, email))
        costs.append(len(asked))
    assert all(page == pages[0] for page in pages)
    assert all(refusal == refusals[0] for refusal in refusals)
    assert len(set(costs)) == 1, costs


@pytest.mark.parametrize("start", STARTS)
def test_known_and_unknown_addresses_are_made_to_wait_alike(world: World, start: str) -> None:
    for email in ("alice@example.com", "nobody@example.com"):
        answers = [Visitor().send(COMPANY_PAGES + start, {"email": email}).status_code for _try in range(6)]
        assert answers == [302] * 5 + [429], email


def test_both_ends_share_the_count(world: World) -> None:
    for number in range(5):
        Visitor().send(COMPANY_PAGES + STARTS[number % 2], {"email": "alice@example.com"})
    for start in STARTS:
        answer = Visitor().send(COMPANY_PAGES + start, {"email": "alice@example.com"})
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 0


def test_spelling_does_not_begin_a_new_count(world: World) -> None:
    spellings = [
        "alice@example.com",
        "ALICE@example.com",
        " alice@example.com",
        "ａｌｉｃｅ@example.com",
        "Alice@Example.Com",
    ]
    for spelling in spellings:
        assert Visitor().send(f"{COMPANY_PAGES}reset/", {"email": spelling}).status_code == 302, spelling
    assert Visitor().send(f"{COMPANY_PAGES}reset/", {"email": "alice@example.com"}).status_code == 429


def test_one_place_asks_for_forty_addresses(world: World) -> None:
    answers = [
        Visitor().send(f"{COMPANY_PAGES}register/", {"email": f"p{number}@example.com"}).status_code
        for number in range(42)
    ]
    assert answers == [302] * 40 + [429] * 2


@pytest.fixture
def numbers(world: World) -> list[str]:
    """Numbers of a customer with addresses, of one without, and of nobody."""
    home = world.home
    give_tax_id(home.company, home.customers["alice"], ALICES)
    give_tax_id(home.company, home.customers["charlie"], CHARLIES)
    with company_scope(home.company):
        Contact.objects.filter(customer=home.customers["charlie"]).update(email="")
    return [ALICES, CHARLIES, NOBODYS, NOBODYS_TOO]


# A door, what is posted there beside the number, and the page where the answer stands.
BY_NUMBER: list[tuple[str, str, dict[str, str], int]] = [
    ("tax_id_link", "by-link/", {}, 303),
    ("access_code", "code/", {"code": "AAAA-BBBB-CCCC"}, 422),
    ("tax_id_password", "three/", {"login": "alice@example.com", "password": "wrong"}, 422),
    ("tax_id_only", "tax-id/", {}, 303),
    ("tax_id_email", "first/", {"email": "eve@example.com"}, 303),
    ("tax_id_link", "missing/", {"name": "Eve", "email": "eve@example.com"}, 303),
]


@pytest.mark.parametrize(("door", "page", "data", "status"), BY_NUMBER, ids=[each[1] for each in BY_NUMBER])
def test_no_number_is_told_from_another(
    world: World, numbers: list[str], door: str, page: str, data: dict[str, str], status: int
) -> None:
    """By the answer, or by what it costs."""
    open_doors(world.home.company, door, "email")
    Visitor().get(f"{COMPANY_PAGES}{page}")
    answers, costs = [], []
    for number, tax_id in enumerate(numbers):
        browser = Visitor(REMOTE_ADDR=f"198.51.100.{number}")
        browser.get(f"{COMPANY_PAGES}{page}")
        # Whoever's address is missing is counted by it, too.
        who = {"email": f"eve{number}@example.com"} if page == "missing/" else {}
        with CaptureQueriesContext(connection) as asked:
            answer = browser.send(f"{COMPANY_PAGES}{page}", {"tax_id": tax_id, **data, **who})
        assert answer.status_code == status
        costs.append(len(asked))
        answers.append(bare(answer, tax_id))
    assert all(answer == answers[0] for answer in answers)
    assert len(set(costs)) == 1, costs


def test_choosing_an_address_costs_the_same_for_every_number(world: World, numbers: list[str]) -> None:
    open_doors(world.home.company, "tax_id_link")
    for choice in ({"address": "0"}, {"address": "other", "email": "alice@example.com"}):
        shown, answers, costs = [], [], []
        for number, tax_id in enumerate(numbers):
            browser = Visitor(REMOTE_ADDR=f"203.0.113.{number}")
            browser.send(f"{COMPANY_PAGES}by-link/", {"tax_id": tax_id})
            with CaptureQueriesContext(connection) as asked:
                browser.get(f"{COMPANY_PAGES}by-link/address/")
            shown.append(len(asked))
            with CaptureQueriesContext(connection) as asked:
                answer = browser.send(f"{COMPANY_PAGES}by-link/address/", choice)
            costs.append(len(asked))
            answers.append(bare(answer, tax_id))
        assert all(answer == answers[0] for answer in answers)
        assert len(set(shown)) == 1, shown
        assert len(set(costs)) == 1, costs
