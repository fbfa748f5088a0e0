"""A second factor that a company requires: whoever lacks one is led to set it up, and gets nothing before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile

from portal_modules.core.access import ActorKind, Level
from portal_modules.core.actions import change_settings, enter_company
from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope
from portal_modules.documents.actions import store_file
from tests.accounts.people import (
    COMPANY_PAGES,
    PLATFORM_PAGES,
    STAFF_SIGN_IN,
    Visitor,
    app_code,
    give_app,
    set_up_app,
)
from tests.core.test_matrix import office_addresses, path_of
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

PROTECT = "/admin/protect/"
MY = "/p/castro-lima/en/my/"
WAYS_IN = "/admin/our-company/ways-in/"


def require(world: World, **lists: list[str]) -> None:
    with company_scope(world.home.company):
        change_settings(
            world.home.company, {f"accounts.{name}": each for name, each in lists.items()}, by=None
        )


def test_a_password_alone_gets_nothing_of_the_back_office(world: World) -> None:
    require(world, staff_factor=["operator"])
    clerk = Browser(raise_request_exception=False).sign_in(world.home.clerk)
    opened = []
    for address in office_addresses():
        for method in ("get", "post"):
            answer = getattr(clerk, method)(path_of(address, world))
            if answer.status_code == 200 and not address.startswith(
                ("admin/sign-in/", "admin/login/", "admin/forgotten/", "admin/protect/")
            ):
                opened.append(f"{method} {address}")
            assert answer.status_code < 500, address
    assert opened == []
    assert clerk.get("/admin/").url == PROTECT
    words = clerk.get(PROTECT).content.decode()
    assert "Set up an app" in words


@pytest.mark.row("A35")
def test_staff_set_up_an_app_and_are_in(
    world: World, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    require(world, staff_factor=["operator"])
    browser = Visitor()
    assert browser.enter(world.home.clerk.email, url=STAFF_SIGN_IN).status_code == 302
    assert browser.get("/admin/").url == PROTECT
    assert f"{PLATFORM_PAGES}second-factor/app/add/" in browser.get(PROTECT).content.decode()
    set_up_app(browser, PLATFORM_PAGES)
    assert browser.get("/admin/").status_code == 200
    assert browser.get(PROTECT).url == "/admin/"
    other = Visitor()
    other.enter(world.home.clerk.email, url=STAFF_SIGN_IN)
    assert other.get("/admin/").status_code == 302, "from now on with the app"


def test_other_roles_go_on_as_before_and_the_platform_is_asked_too(world: World) -> None:
    require(world, staff_factor=["operator"])
    assert Browser().sign_in(world.home.manager).get("/admin/").status_code == 200
    assert Browser().sign_in(world.other.clerk).get("/admin/").status_code == 200
    with company_scope(world.home.company):
        enter_company(world.home.company, world.root)
    root: Any = Browser().sign_in(world.root).get("/admin/")
    assert root.url == PROTECT


@pytest.mark.parametrize(("required", "asked"), [(["all"], True), (["owner"], True), (["finance"], False)])
def test_customers_are_led_to_it_before_anything_else(world: World, required: list[str], asked: bool) -> None:
    home = world.home
    require(world, customer_factor=required)
    with company_scope(home.company):
        process = home.processes["alice"]
        file = store_file(
            type(process).objects.select_related("customer", "company").get(pk=process.pk),
            ContentFile(b"x", name="x.txt"),
            by=None,
            actor=ActorKind.STAFF,
            author_name="",
        )
    alice = Browser().sign_in(world.alice, home.company)
    for path in (
        MY,
        f"{MY}processes/",
        f"{MY}processes/{process.pk}/",
        f"{MY}team/",
        f"{COMPANY_PAGES}account/",
        f"{COMPANY_PAGES}log/",
        f"/p/castro-lima/files/{file.pk}/",
    ):
        answer = alice.get(path)
        assert (answer.status_code == 302) is asked, path
        if asked:
            assert "/access/more-proof/" in answer["Location"], path
    assert alice.get("/p/castro-lima/en/").status_code == 200
    if asked:
        words = alice.get(f"{COMPANY_PAGES}more-proof/").content.decode()
        assert "Set up an app" in words
        assert "asks whoever comes in here" in words
        assert alice.post(f"{MY}processes/{process.pk}/key/").status_code == 302
        assert alice.get(f"{COMPANY_PAGES}second-factor/").status_code == 200
    proved = Browser().sign_in(world.alice, home.company, Level.SECOND_FACTOR)
    assert proved.get(MY).status_code == 200


def test_a_customer_sets_up_an_app_and_is_in(world: World, browser: Visitor) -> None:
    require(world, customer_factor=["all"])
    browser.enter("alice@example.com")
    assert "/access/more-proof/" in browser.get(MY).url
    set_up_app(browser, COMPANY_PAGES)
    assert browser.get(MY).status_code == 200


def test_whoever_has_an_app_comes_in_with_it(world: World, browser: Visitor) -> None:
    require(world, customer_factor=["all"])
    secret = give_app(world.alice)
    asked = browser.enter("alice@example.com")
    assert browser.send(asked.url, {"code": app_code(secret)}).status_code == 302
    assert browser.get(MY).status_code == 200


def test_managers_choose_it_and_are_not_spared(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    page = manager.get(WAYS_IN).content.decode()
    assert "Ask for a second factor" in page
    sent = {"preset": "register", "staff_factor": ["manager"], "customer_factor": ["all", "owner"]}
    assert manager.post(WAYS_IN, {**sent, "staff_factor": ["owner"]}).status_code == 422
    assert manager.get("/admin/").status_code == 200, "nothing was saved"
    assert manager.post(WAYS_IN, sent).status_code == 302
    assert manager.get("/admin/").url == PROTECT  # type: ignore[attr-defined]
    assert manager.post(WAYS_IN, {"preset": "register"}).status_code == 302
    assert manager.get(WAYS_IN).status_code == 302, "no way around it either"


def test_staff_reach_their_own_login_where_a_company_is_alone(world: World) -> None:
    host = "portal.castro.example"
    with company_scope(world.home.company):
        Company.objects.filter(pk=world.home.company.pk).update(own_host=host)
    require(world, staff_factor=["operator"])
    clerk: Any = Browser(HTTP_HOST=host).sign_in(world.home.clerk)
    assert clerk.get("/admin/").url == PROTECT
    for page in ("second-factor/", "sessions/"):
        assert clerk.get(f"/en/access/{page}").status_code == 200, page
    assert clerk.get("/en/my/").status_code == 302
    assert Browser(HTTP_HOST=host).get("/en/access/second-factor/").status_code == 302
    alice = Browser(HTTP_HOST=host).sign_in(world.alice, world.home.company)
    assert "Castro" in alice.get("/en/access/second-factor/").content.decode()
