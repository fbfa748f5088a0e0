"""A sister company with a host name of its own: the switcher carries the person over, once and at once."""

from __future__ import annotations

import re
import threading
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from portal_modules.accounts import handing_over
from portal_modules.accounts.choices import AccessKind
from portal_modules.accounts.models import AccessEvent
from portal_modules.core.access import Level
from portal_modules.core.actions import dissolve_group, keep_group
from portal_modules.core.models import Company, CompanyGroup
from portal_modules.core.scope import company_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Customer
from tests.accounts.people import Visitor
from tests.accounts.test_legal import publish
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import World, add_customer

pytestmark = pytest.mark.django_db

HOST = "clientes.altura.example"
ARRIVED = "/en/access/arrive/"
HOME = "/en/my/"


@pytest.fixture
def branch(world: World) -> Customer:
    """Alice's customer at altura, which has a host of its own and is castro-lima's sister."""
    company = world.other.company
    with company_scope(company):
        customer = add_customer(world.other, "branch", world.alice, [CustomerRole.OWNER])
        Company.objects.filter(pk=company.pk).update(own_host=HOST)
    keep_group("Both", [world.home.company.pk, company.pk], by=world.root)
    return customer


@pytest.fixture
def here(world: World, branch: Customer) -> Browser:
    return Browser().sign_in(world.alice, world.home.company, Level.REGISTERED)


class There(Visitor):
    """A browser at the sister's host, with cookies of its own."""

    def __init__(self) -> None:
        super().__init__(HTTP_HOST=HOST)

    def press(self) -> Any:
        """The button of the page where one arrives."""
        token = self.cookies[settings.CSRF_COOKIE_NAME].value
        return self.post(ARRIVED, {"csrfmiddlewaretoken": token})


def way_over(world: World, here: Browser, query: str = "") -> str:
    """The path at the sister's host, word and all."""
    answer = here.get(at(f"my/sister/{world.other.company.uuid}/{query}"))
    assert answer.status_code == 303
    place = urlsplit(answer.headers["Location"])
    assert place.hostname == HOST
    return place.path


@pytest.mark.row("A37")
@pytest.mark.row("S08")
def test_the_switcher_carries_a_person_over(world: World, here: Browser, branch: Customer) -> None:
    link = re.search(r'href="([^"]*/my/sister/[^"]*)"', text_of(here.get(at("my/"))))
    assert link
    path = way_over(world, here, f"?{urlsplit(link[1]).query}")
    there = There()
    assert there.get(HOME).status_code == 302, "a host of its own knows nobody yet"
    first = there.get(path)
    assert (first.status_code, first.headers["Location"]) == (303, ARRIVED), "the word leaves the address"
    page = text_of(there.get(ARRIVED))
    assert "a•••••@e•••••" in page
    assert "alice@example.com" not in page
    assert there.get(HOME).status_code == 302, "opening the page changes nothing"
    key = there.key
    done = there.press()
    assert (done.status_code, done.headers["Location"]) == (303, HOME)
    assert there.key != key
    assert branch.name in text_of(there.get(HOME))
    with company_scope(world.other.company):
        assert AccessEvent.objects.get(kind=AccessKind.SIGNED_IN).methods == ["sister"]


def test_it_brings_an_address_and_no_more(world: World, branch: Customer) -> None:
    """A password that was given to one is asked for again at the other."""
    here = Browser().sign_in(world.alice, world.home.company, Level.SECOND_FACTOR)
    there = _over(world, here)
    assert there.get("/en/my/processes/").status_code == 200
    assert "/access/more-proof/" in there.get("/en/my/team/").headers["Location"]
    assert "/access/more-proof/" in there.get("/en/access/second-factor/").headers["Location"]
    assert there.get("/admin/").status_code == 302


def test_a_word_is_good_once(world: World, here: Browser) -> None:
    path = way_over(world, here)
    for browser, status in ((There(), 303), (There(), 404)):
        browser.get(path)
        browser.get(ARRIVED)
        assert browser.press().status_code == status
    assert browser.get(HOME).status_code == 302


def test_a_word_is_old_soon(world: World, here: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    path = way_over(world, here)
    monkeypatch.setattr(handing_over, "SECONDS", -1)
    _refused(path)


def test_a_sisters_terms_are_asked_for_where_one_arrives(
    world: World, here: Browser, branch: Customer
) -> None:
    publish(world.other)
    there = _over(world, here)
    closed = there.get(HOME)
    assert closed.status_code == 302, "not before they are accepted"
    asked = there.get(closed.url)
    assert asked.url.startswith("/en/access/agree/")
    page = text_of(there.get(asked.url))
    token = there.cookies[settings.CSRF_COOKIE_NAME].value
    seen = page.split('name="seen" value="')[1].split('"')[0]
    done = there.post(
        "/en/access/agree/", {"csrfmiddlewaretoken": token, "seen": seen, "accept": "on", "next": HOME}
    )
    assert done.url == HOME
    assert branch.name in text_of(there.get(HOME))
    assert here.get(at("my/")).status_code == 200


def test_it_ends_with_the_session_that_it_comes_from(world: World, here: Browser) -> None:
    path = way_over(world, here)
    here.post(at("access/sign-out/"))
    _refused(path)


def test_it_ends_with_the_group_before_and_after(world: World, here: Browser) -> None:
    there, path = _over(world, here), way_over(world, here)
    assert there.get(HOME).status_code == 200
    with company_scope(world.home.company):
        group = CompanyGroup.objects.get()
    dissolve_group(group, by=world.root)
    assert there.get(HOME).status_code == 302
    _refused(path)
    assert here.get(at(f"my/sister/{world.other.company.uuid}/")).status_code == 404


def test_it_opens_no_other_company(world: World, here: Browser) -> None:
    word = way_over(world, here).rstrip("/").rpartition("/")[2]
    at_home = Visitor()
    at_home.get(at(f"access/arrive/{word}/"))
    assert at_home.get(at("access/arrive/")).status_code == 404


@pytest.mark.parametrize("word", ["x", "gAAAAABm", "A" * 400])
def test_a_word_that_nobody_wrote_opens_nothing(world: World, branch: Customer, word: str) -> None:
    _refused(f"/en/access/arrive/{word}/")


def test_who_has_nothing_there_is_not_sent(world: World, here: Browser) -> None:
    bob = Browser().sign_in(world.bob, world.home.company)
    assert bob.get(at(f"my/sister/{world.other.company.uuid}/")).status_code == 404
    assert here.get(at(f"my/sister/{world.home.company.uuid}/")).status_code == 404
    number = Browser().with_number(world.home.company, world.home.processes["alice"].pk)
    assert number.get(at(f"my/sister/{world.other.company.uuid}/")).status_code == 302


def test_an_access_that_was_taken_away_on_the_way_opens_nothing(
    world: World, here: Browser, branch: Customer
) -> None:
    path = way_over(world, here)
    with company_scope(world.other.company):
        Customer.objects.filter(pk=branch.pk).update(archived_at="2026-01-01T00:00Z")
    _refused(path)


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_page_wanted_stays_inside_the_company(world: World, here: Browser, wanted: str) -> None:
    there = There()
    there.get(way_over(world, here, f"?next={wanted}"))
    there.get(ARRIVED)
    assert there.press().headers["Location"] == HOME


def test_all_together_leads_to_the_very_record(world: World, here: Browser) -> None:
    page = text_of(here.get(at("my/everywhere/")))
    process = world.other.processes["branch"].pk
    link = re.search(rf'href="([^"]*/my/sister/[^"]*{process}[^"]*)"', page)
    assert link
    there = There()
    there.get(urlsplit(here.get(link[1]).headers["Location"]).path)
    there.get(ARRIVED)
    assert there.press().headers["Location"] == f"/en/my/processes/{process}/"


def test_somebody_else_who_was_signed_in_there_is_gone(world: World, here: Browser) -> None:
    there = There()
    there.get(way_over(world, here))
    dora = Browser(HTTP_HOST=HOST).sign_in(world.dora, world.other.company)
    there.cookies[settings.SESSION_COOKIE_NAME] = dora.cookies[settings.SESSION_COOKIE_NAME].value
    there.get(way_over(world, here))
    assert "a•••••@e•••••" in text_of(there.get(ARRIVED))
    assert there.press().status_code == 303
    home = text_of(there.get(HOME))
    assert "Branch" in home
    assert "Dora ALTURA" not in home


def test_of_many_at_once_one_uses_a_word_up() -> None:
    arrival: Any = handing_over.Arrival(None, 0, None, None, "", "a nonce")  # type: ignore[arg-type]
    found: list[bool] = []
    threads = [threading.Thread(target=lambda: found.append(arrival.use_up())) for _each in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(found) == 1


def _over(world: World, here: Browser) -> There:
    there = There()
    there.get(way_over(world, here))
    there.get(ARRIVED)
    assert there.press().status_code == 303
    return there


def _refused(path: str) -> None:
    there = There()
    there.get(path)
    assert there.get(ARRIVED).status_code == 404
    assert there.get(HOME).status_code == 302
