"""The door of the back office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from portal_modules.core.models import StaffMembership
from portal_modules.core.scope import company_scope
from tests.accounts.people import (
    PLATFORM_PAGES,
    SIGN_IN,
    STAFF_SIGN_IN,
    Visitor,
    app_code,
    give_app,
    set_up_app,
)
from tests.world.companies import PASSWORD, World, add_customer
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

STEP = f"{PLATFORM_PAGES}second-step/"


def test_staff_change_how_they_are_called(world: World, browser: Visitor) -> None:
    browser.enter(world.home.manager.email, url=STAFF_SIGN_IN)
    page = browser.get("/admin/account/").content.decode()
    assert 'name="name_email-name"' in page
    assert "first_name" not in page
    fields = BeautifulSoup(page, "html.parser").find_all("select", attrs={"name": True})
    chosen = {str(field["name"]): str(field.find("option")["value"]) for field in fields}
    sent = browser.send("/admin/account/", chosen | {"name_email-name": "Teresa Prata"})
    assert sent.status_code == 302
    with as_owner():
        world.home.manager.refresh_from_db()
    assert world.home.manager.name == "Teresa Prata"


def test_staff_sign_in_work_and_leave(world: World, browser: Visitor) -> None:
    asked = browser.get("/admin/customers/customer/")
    assert asked.url == f"{STAFF_SIGN_IN}?next=/admin/customers/customer/"
    door = browser.get(asked.url)
    assert door.status_code == 200
    assert "Balcão" in door.content.decode()
    opened = browser.enter(world.home.manager.email, url=STAFF_SIGN_IN, next="/admin/pages/")
    assert (opened.status_code, opened.url) == (302, "/admin/pages/")
    assert browser.get("/admin/account/").status_code == 200
    assert browser.get(STAFF_SIGN_IN).url == "/admin/"

    assert browser.get("/admin/logout/").status_code == 200
    assert browser.get("/admin/account/").status_code == 200
    left = browser.send("/admin/logout/")
    assert (left.status_code, left.url) == (302, STAFF_SIGN_IN)
    assert browser.get("/admin/account/").status_code == 302


def test_it_works_below_no_company(world: World, browser: Visitor) -> None:
    assert browser.get(f"/p/castro-lima{STAFF_SIGN_IN}").status_code == 404


def test_the_account_leads_to_the_second_factor(world: World, browser: Visitor) -> None:
    browser.enter(world.home.manager.email, url=STAFF_SIGN_IN)
    body = browser.get("/admin/account/").content.decode()
    assert f'href="{PLATFORM_PAGES}second-factor/"' in body
    assert "Second factor and sessions" in body


def test_nobody_else_gets_in_and_all_hear_the_same(world: World) -> None:
    with company_scope(world.home.company):
        StaffMembership.objects.filter(user=world.home.clerk).update(until="2026-01-01T00:00Z")
    bodies = set()
    for email, password in [
        (world.home.manager.email, "wrong"),
        ("nobody@example.com", "wrong"),
        ("alice@example.com", PASSWORD),  # a customer
        (world.home.clerk.email, PASSWORD),  # worked here once
    ]:
        browser = Visitor()
        answer = browser.enter(email, password, url=STAFF_SIGN_IN)
        assert answer.status_code == 422
        assert "_auth_user_id" not in browser.kept()
        body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(
            email, "…"
        )
        bodies.add(body)
    assert len(bodies) == 1


def test_the_administrator_of_the_platform_gets_in(world: World, browser: Visitor) -> None:
    assert browser.enter(world.root.email, url=STAFF_SIGN_IN).url == "/admin/"
    assert browser.get("/admin/").url == "/admin/companies/"


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.test",
        "https://evil.test/",
        "/\\evil.test",
        "/p/altura/en/",
        "javascript:alert(1)",
        "/admin//x",
    ],
)
def test_it_leads_nowhere_else(world: World, browser: Visitor, wanted: str) -> None:
    assert browser.enter(world.home.manager.email, url=STAFF_SIGN_IN, next=wanted).url == "/admin/"
    assert browser.get("/admin/login/", {"next": wanted}).url == STAFF_SIGN_IN


def test_wagtails_own_door_lets_nobody_in(world: World, browser: Visitor) -> None:
    assert reverse("wagtailadmin_login") == "/admin/login/"
    assert browser.get("/admin/login/?next=/admin/pages/").url == f"{STAFF_SIGN_IN}?next=%2Fadmin%2Fpages%2F"
    posted = browser.send("/admin/login/", {"username": world.home.manager.email, "password": PASSWORD})
    assert posted.url == STAFF_SIGN_IN
    assert "_auth_user_id" not in browser.kept()
    assert browser.get("/admin/password_reset/").status_code in {302, 404}


def test_a_second_factor_follows_the_password(world: World, browser: Visitor) -> None:
    secret = give_app(world.home.manager)
    asked = browser.enter(world.home.manager.email, url=STAFF_SIGN_IN, next="/admin/pages/")
    assert asked.url == STEP
    assert browser.get("/admin/pages/").status_code == 302
    assert "Balcão" in browser.get(STEP).content.decode()
    opened = browser.send(STEP, {"code": app_code(secret)})
    assert opened.url == "/admin/pages/"
    assert browser.get("/admin/account/").status_code == 200


def test_whoever_sets_one_up_goes_on_working(world: World, browser: Visitor) -> None:
    browser.enter(world.home.manager.email, url=STAFF_SIGN_IN)
    set_up_app(browser, PLATFORM_PAGES)
    assert browser.get("/admin/account/").status_code == 200
    assert browser.get(f"{PLATFORM_PAGES}sessions/").content.decode().count("This browser") == 1


def test_a_customers_door_does_not_go_round_it(world: World, browser: Visitor) -> None:
    """Somebody who is customer and staff: the customer's door asks for the second factor, too."""
    with company_scope(world.home.company):
        add_customer(world.home, "alice", world.home.manager, ["viewer"])
    give_app(world.home.manager)
    assert "second-step" in browser.enter(world.home.manager.email, url=SIGN_IN).url
    assert browser.get("/admin/account/").url.startswith(STAFF_SIGN_IN)


def _admin_addresses() -> Iterator[str]:
    """An address for every pattern below /admin/: numbers and words stand for what it takes."""

    def walk(patterns: Any, before: str) -> Iterator[str]:
        for pattern in patterns:
            route = before + _example(str(pattern.pattern))
            if isinstance(pattern, URLPattern):
                yield route
            else:
                yield from walk(pattern.url_patterns, route)

    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern) == "admin/" and isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, "/admin/")


def _example(route: str) -> str:
    route = re.sub(r"<(?:int|path|str|slug|uuid|\w+):?(\w*)>", lambda found: "1", route)
    route = re.sub(r"\(\?P<\w+>[^)]*\)", "1", route)
    return (
        route.replace("^", "").replace("\\Z", "").replace("$", "").replace("\\", "").replace(".*", "nowhere")
    )


def test_no_address_of_the_back_office_opens_to_the_password_alone(world: World, browser: Visitor) -> None:
    """A session of before the second factor was set up, at every pattern, read and written."""
    browser.enter(world.home.manager.email, url=STAFF_SIGN_IN)
    assert browser.get("/admin/account/").status_code == 200
    give_app(world.home.manager)
    # The last one says that more proof is needed, and where to give it.
    doors = {"/admin/sign-in/", "/admin/login/", "/admin/logout/", "/admin/protect/"}
    addresses = sorted(set(_admin_addresses()) - doors)
    assert len(addresses) > 150
    for address in addresses:
        answers: list[Any] = [browser.get(address), browser.send(address), browser.head(address)]
        for answer in answers:
            assert answer.status_code == 302, address
            assert answer.url.startswith(STAFF_SIGN_IN), address
    for address in ("/admin", "/admin/pages", "/admin/x", "/ADMIN/", "/admin//pages/", "/admin/%2e/pages/"):
        answer = browser.get(address)
        assert answer.status_code in {301, 302, 404}, address
        assert "Castro" not in answer.content.decode(), address
    assert "Castro" not in browser.get("/admin/protect/").content.decode()
    assert browser.get("/admin/sign-in/").status_code == 200, "the door does not lead in a circle"
    assert browser.send("/admin/logout/").url == STAFF_SIGN_IN


def test_no_address_of_the_back_office_opens_before_the_code(world: World, browser: Visitor) -> None:
    give_app(world.home.manager)
    browser.enter(world.home.manager.email, url=STAFF_SIGN_IN)
    # Scripts and icons of Wagtail that are the same for everybody.
    for address in sorted(set(_admin_addresses())):
        answer = browser.get(address)
        body = answer.content.decode() if not answer.streaming else ""
        assert "CASTRO-OWN" not in body, address
        if answer.status_code == 200:
            assert address in {
                "/admin/sign-in/",
                "/admin/forgotten/",
                "/admin/logout/",
                "/admin/sprite/",
                "/admin/jsi18n/",
            }, address


def test_a_security_key_counts_and_recovery_codes_alone_do_not(world: World, browser: Visitor) -> None:
    browser.enter(world.home.manager.email, url=STAFF_SIGN_IN)
    with as_owner():
        only = Authenticator.objects.create(user=world.home.manager, type="recovery_codes", data={})
    assert browser.get("/admin/account/").status_code == 200
    with as_owner():
        only.delete()
        Authenticator.objects.create(
            user=world.home.manager, type="webauthn", data={"name": "k", "credential": {}}
        )
    assert browser.get("/admin/account/").url.startswith(STAFF_SIGN_IN)
