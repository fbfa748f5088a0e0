"""One's own account: its page, its browsers, its mails, and a page that needs more proof."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.urls import include, path, set_urlconf

from cms import urls as site_urls
from portal_modules.core.access import Level
from portal_modules.core.languages import public_language_patterns
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Membership
from tests.accounts.mailing import deliver, mails_to
from tests.accounts.people import (
    COMPANY_PAGES,
    HOME,
    PLATFORM_PAGES,
    SIGN_IN,
    STAFF_SIGN_IN,
    Visitor,
    app_code,
    give_app,
    set_up_app,
)
from tests.world.browsing import Browser
from tests.world.companies import PASSWORD, World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

ACCOUNT = f"{COMPANY_PAGES}account/"
MORE = f"{COMPANY_PAGES}more-proof/"
SESSIONS = f"{COMPANY_PAGES}sessions/"
MY = f"{HOME}my/"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 "
    "Safari/537.36 Edg/131.0"
)


def test_the_menu_leads_to_ones_account(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    assert f'href="{ACCOUNT}"' in browser.get(MY).content.decode()
    body = browser.get(ACCOUNT).content.decode()
    assert "alice@example.com" in body
    assert "your password alone lets you in" in body
    for page in ("password/", "second-factor/", "sessions/"):
        assert f'href="{COMPANY_PAGES}{page}"' in body
    give_app(world.alice)
    assert browser.get(ACCOUNT).status_code == 200


def test_ones_browsers_have_names_and_are_signed_out_one_by_one(world: World, browser: Visitor) -> None:
    phone, desk = Visitor(HTTP_USER_AGENT=IPHONE), Visitor(HTTP_USER_AGENT=WINDOWS)
    bob = Visitor(HTTP_USER_AGENT=IPHONE)
    bob.enter("bob@example.com")
    for each in (phone, desk, browser):
        each.enter("alice@example.com")
    body = browser.get(SESSIONS).content.decode()
    assert "Safari on iPhone" in body
    assert "Edge on Windows" in body
    assert body.count('name="session"') == 2, "not this one"
    key = body.split("Safari on iPhone")[1].split('name="session" value="')[1].split('"')[0]
    assert browser.send(SESSIONS, {"session": key}).url == SESSIONS
    assert phone.get(MY).status_code == 302
    assert desk.get(MY).status_code == 200
    theirs = bob.get(SESSIONS)
    assert theirs.content.decode().count("This browser") == 1
    for foreign in ("0", "-1", "x", "9" * 30, "\x00", "١", key):
        assert browser.send(SESSIONS, {"session": foreign}).status_code == 302
    for number in range(1, 60):
        browser.send(SESSIONS, {"session": str(number)})
    assert bob.get(MY).status_code == 200, "somebody else's browsers are not one's own"


@pytest.mark.row("A05")
def test_each_change_of_ones_protection_is_mailed(
    world: World, browser: Visitor, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    company = world.home.company
    browser.enter("alice@example.com")
    new = "another sentence that nobody guesses"
    browser.send(f"{COMPANY_PAGES}password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert [each.subject for each in mails_to(company, "alice@example.com")] == ["Your password was changed"]
    browser.send(f"{COMPANY_PAGES}again/", {"password": new})
    asked = browser.get(f"{COMPANY_PAGES}second-factor/app/add/")
    assert asked.status_code == 200
    secret = asked.content.decode().split('id="authenticator_secret" type="text" value="')[1].split('"')[0]
    with django_capture_on_commit_callbacks(execute=True):
        browser.send(f"{COMPANY_PAGES}second-factor/app/add/", {"code": app_code(secret)})
    with django_capture_on_commit_callbacks(execute=True):
        browser.send(f"{COMPANY_PAGES}second-factor/app/remove/")
    letters = mails_to(company, "alice@example.com")[1:]
    subjects = [each.subject for each in letters]
    assert "Your login has a new protection" in subjects
    assert "A protection of your login was removed" in subjects
    assert any("Authenticator app" in each.body for each in letters)
    assert all("cannot be switched off" in each.body for each in letters)


def test_staff_are_told_by_the_company_that_they_work_in(
    world: World, browser: Visitor, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    browser.enter(world.home.manager.email, url=STAFF_SIGN_IN)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(browser, PLATFORM_PAGES)
    letter = mails_to(world.home.company, world.home.manager.email)[0]
    assert "tell Castro" in letter.body
    assert "reset" not in letter.body
    root = Visitor()
    root.enter(world.root.email, url=STAFF_SIGN_IN)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(root, PLATFORM_PAGES)
    assert not [each for each in deliver(world.home.company) if world.root.email in each.to[0]]


@requires(Level.SECOND_FACTOR)
def vault(request: Any) -> HttpResponse:
    """A page that a password alone does not open."""
    return HttpResponse("inside the vault")


@pytest.fixture
def a_vault(settings: Any) -> str:
    """The address of the page, below a module's."""
    with_vault = ModuleType("tests.accounts.urls_with_a_vault")
    own = path("my/vault/", include(([path("", vault, name="vault")], "users")))
    with_vault.urlpatterns = [  # type: ignore[attr-defined]
        *public_language_patterns(own),
        *site_urls.urlpatterns,
    ]
    settings.ROOT_URLCONF = with_vault
    set_urlconf(None)
    return f"{MY}vault/"


def test_who_has_no_second_factor_is_offered_one_and_comes_back(
    world: World, browser: Visitor, a_vault: str
) -> None:
    assert browser.get(a_vault).url.startswith(SIGN_IN)
    browser.enter("alice@example.com")
    asked = browser.get(a_vault)
    assert asked.url.startswith(MORE)
    page = browser.get(asked.url).content.decode()
    assert "One more protection is needed" in page
    assert f'href="{COMPANY_PAGES}second-factor/app/add/"' in page
    set_up_app(browser, COMPANY_PAGES)
    codes = browser.get(f"{COMPANY_PAGES}second-factor/codes/").content.decode()
    way_on = codes.split(f'href="{MORE}')[1].split('"')[0].replace("&amp;", "&")
    back = browser.get(f"{MORE}{way_on}")
    assert back.url == a_vault
    assert browser.get(a_vault).content == b"inside the vault"
    assert "accounts.after_factor" not in browser.kept()


def test_who_has_one_and_has_not_shown_it_shows_it(world: World, browser: Visitor, a_vault: str) -> None:
    browser.enter("alice@example.com")
    secret = give_app(world.alice)
    page = browser.get(browser.get(a_vault).url).content.decode()
    assert "Show your second factor" in page
    step = browser.enter("alice@example.com", next=a_vault).url
    assert browser.send(step, {"code": app_code(secret)}).url == a_vault
    assert browser.get(a_vault).status_code == 200


OUTSIDE = [
    "//evil.test/",
    "///evil.test/",
    "////evil.test",
    "\\\\evil.test",
    "/\\evil.test",
    "https://evil.test/",
    "https:evil.test",
    "http://testserver@evil.test/",
    "javascript:alert(1)",
    "/%0a/evil.test",
    "/\tevil.test",
    "/p/altura/en/my/",
    "/p/castro-lima/%2e%2e/altura/en/",
]


@pytest.mark.parametrize("wanted", OUTSIDE)
def test_no_page_leads_outside(world: World, browser: Visitor, wanted: str) -> None:
    for start in ("register/", "reset/"):
        assert 'name="next"' not in browser.get(COMPANY_PAGES + start, {"next": wanted}).content.decode()
        browser.send(COMPANY_PAGES + start, {"email": "who@example.com", "next": wanted})
        assert all(kept["next"] == "" for kept in browser.kept()["accounts.asked"].values())
    assert browser.get(f"{COMPANY_PAGES}agree/", {"next": wanted}).url == MY
    browser.enter("alice@example.com")
    browser.get(MORE, {"next": wanted})
    assert browser.kept()["accounts.after_factor"]["next"] == MY
    set_up_app(browser, COMPANY_PAGES)
    assert browser.get(MORE, {"next": wanted}).url == MY


class TestStaff:
    """A session of the back office has shown a password at least."""

    @pytest.mark.parametrize("methods", [None, [], [{"method": "code", "at": 1.0}], "password", [{}]])
    def test_a_session_that_has_shown_none_is_led_to_the_door(self, world: World, methods: Any) -> None:
        browser = Browser().sign_in(world.home.manager)
        assert browser.get("/admin/account/").status_code == 200
        self._change(browser, account_authentication_methods=methods)
        for address in ("/admin/", "/admin/account/", "/admin/customers/customer/"):
            answer = browser.get(address)
            assert answer.status_code == 302
            assert answer.url.startswith(STAFF_SIGN_IN)
        assert browser.get(STAFF_SIGN_IN).status_code == 200, "the door does not lead in a circle"

    def test_a_password_of_somebody_else_is_none(self, world: World) -> None:
        browser = Browser().sign_in(world.home.manager)
        self._change(browser, account_authentication_methods_user=str(world.home.clerk.pk))
        assert browser.get("/admin/account/").url.startswith(STAFF_SIGN_IN)

    @staticmethod
    def _change(browser: Browser, **values: Any) -> None:
        with as_owner():
            session = SessionStore(browser.cookies[site_settings.SESSION_COOKIE_NAME].value)
            for name, value in values.items():
                session[name] = value
            session.save()


def test_an_access_that_ends_closes_the_account_page(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    with company_scope(world.home.company):
        Membership.objects.filter(user=world.alice).update(until="2026-01-01T00:00Z")
    assert browser.get(ACCOUNT).url.startswith(SIGN_IN)


HOSTILE: list[tuple[str, bytes, str]] = [
    ("not utf-8", b"email=%ff%fe%80&code=%ff&password1=%ff", "application/x-www-form-urlencoded"),
    ("raw bytes", b"email=\xff\xfe&code=\xff&password1=\xff", "application/x-www-form-urlencoded"),
    ("100 kB", b"email=" + b"a" * 100_000 + b"&code=" + b"1" * 100_000, "application/x-www-form-urlencoded"),
    ("null bytes", b"email=a%00b@example.com&code=1%00&seen=%00", "application/x-www-form-urlencoded"),
    ("array", b"email[]=a@b.c&code[]=1", "application/x-www-form-urlencoded"),
    ("json", b'{"email": ["a@b.c"]}', "application/json"),
    ("surrogates", b"email=%ed%a0%80@b.c&code=%ed%a0%80", "application/x-www-form-urlencoded"),
    ("header", b"email=a@example.com%0d%0aBcc:%20b@example.com", "application/x-www-form-urlencoded"),
    ("two addresses", b"email=a@example.com,b@example.com", "application/x-www-form-urlencoded"),
    ("html", b"email=%3Cscript%3Ealert(1)%3C/script%3E@b.c", "application/x-www-form-urlencoded"),
    ("broken multipart", b"--x\r\nnope", "multipart/form-data; boundary=x"),
    ("6 MB", b"email=" + b"a" * 6_000_000, "application/x-www-form-urlencoded"),
    ("3,000 fields", b"&".join(b"f%d=1" % n for n in range(3000)), "application/x-www-form-urlencoded"),
]
PAGES = [
    "register/",
    "register/code/",
    "register/password/",
    "reset/",
    "reset/code/",
    "reset/password/",
    "agree/",
]


@pytest.mark.parametrize(("body", "kind"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_hostile_bodies_are_refused(world: World, body: bytes, kind: str) -> None:
    client = Browser()
    client.post(f"{COMPANY_PAGES}register/", {"email": "who@example.com"})
    client.post(f"{COMPANY_PAGES}reset/", {"email": "who@example.com"})
    for page in PAGES:
        answer = client.post(COMPANY_PAGES + page, body, content_type=kind)
        led_back = answer.status_code == 302 and page.endswith(("password/", "agree/"))
        assert led_back or 400 <= answer.status_code < 500, page
        assert b"<script>alert" not in answer.content
    assert not [each for each in deliver(world.home.company) if "who@" not in each.to[0]]


@pytest.mark.parametrize("page", [*PAGES, "register/again/", "reset/again/", "reset/link/"])
def test_a_form_of_another_site_is_refused(world: World, page: str) -> None:
    assert Browser(enforce_csrf_checks=True).post(COMPANY_PAGES + page).status_code == 403
    for method in ("put", "delete", "patch"):
        assert getattr(Browser(), method)(COMPANY_PAGES + page).status_code == 405
