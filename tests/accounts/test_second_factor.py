"""Second factors, from the first code to the day without the phone."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from portal_modules.core.scope import company_scope
from tests.accounts.people import (
    COMPANY_PAGES,
    OTHER,
    OTHER_SIGN_IN,
    PLATFORM_PAGES,
    STAFF_SIGN_IN,
    Visitor,
    app_code,
    give_app,
    recovery_codes,
    set_up_app,
)
from tests.world.companies import PASSWORD, World, add_customer
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

MY = "/p/castro-lima/en/my/"
STEP = f"{COMPANY_PAGES}second-step/"


def test_from_setting_up_to_signing_in_with_it(
    world: World, browser: Visitor, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    browser.enter("alice@example.com")
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up_app(browser, COMPANY_PAGES)
    assert browser.kept()["access.grants"][str(world.home.company.pk)]["level"] == 40
    index = browser.get(f"{COMPANY_PAGES}second-factor/").content.decode()
    assert "Your login has a second factor" in index
    assert "Castro &amp; Lima" in index
    codes = browser.get(f"{COMPANY_PAGES}second-factor/codes/")
    assert codes.status_code == 200
    assert recovery_codes(world.alice)[0] in codes.content.decode()

    phone = Visitor()
    asked = phone.enter("alice@example.com", next=f"{MY}?from=mail")
    assert (asked.status_code, asked.url) == (302, STEP)
    assert phone.get(MY).status_code == 302, "the password alone opens nothing"
    assert phone.get(STEP).status_code == 200
    assert phone.send(STEP, {"code": "000000"}).status_code == 422
    key = phone.key
    opened = phone.send(STEP, {"code": app_code(secret, shift=0)})
    assert opened.status_code == 422, "the code that set the app up was used"
    with as_owner():
        Authenticator.objects.filter(user=world.alice, type="totp").delete()
    secret = give_app(world.alice)
    opened = phone.send(STEP, {"code": f" {app_code(secret)[:3]} {app_code(secret)[3:]} "})
    assert (opened.status_code, opened.url) == (302, f"{MY}?from=mail")
    assert phone.key != key
    assert phone.kept()["access.grants"][str(world.home.company.pk)]["level"] == 40
    assert phone.get(MY).status_code == 200


def test_a_code_opens_once_at_any_door_and_without_the_cache(world: World, settings: Any) -> None:
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/valkey.sock?db=0"}
    }
    secret = give_app(world.alice)
    with company_scope(world.other.company):
        add_customer(world.other, "dora", world.alice, ["viewer"])
    first, second = Visitor(), Visitor()
    first.enter("alice@example.com")
    second.enter("alice@example.com", url=OTHER_SIGN_IN)
    code = app_code(secret)
    assert first.send(STEP, {"code": code}).status_code == 302
    assert second.send(f"{OTHER}access/second-step/", {"code": code}).status_code == 422


def test_a_recovery_code_lets_in_once(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    set_up_app(browser, COMPANY_PAGES)
    code = recovery_codes(world.alice)[0]
    for expected in (302, 422):
        lost = Visitor()
        lost.enter("alice@example.com")
        assert lost.send(STEP, {"code": code}).status_code == expected
    assert len(recovery_codes(world.alice)) == 9


def test_codes_are_not_guessed_without_end(world: World, browser: Visitor) -> None:
    secret = give_app(world.alice)
    browser.enter("alice@example.com")
    for _ in range(10):
        assert browser.send(STEP, {"code": "123456"}).status_code == 422
    last = browser.send(STEP, {"code": app_code(secret)})
    assert last.status_code == 429
    assert int(last["Retry-After"]) > 0
    again = Visitor()
    again.enter("alice@example.com")
    assert again.send(STEP, {"code": app_code(secret)}).status_code == 429, "a new session is no new count"
    elsewhere = Visitor(REMOTE_ADDR="198.51.100.99")
    elsewhere.enter("alice@example.com")
    assert elsewhere.send(STEP, {"code": app_code(secret)}).status_code == 302


def test_the_step_belongs_to_whoever_gave_the_password(world: World, browser: Visitor) -> None:
    assert browser.get(STEP).status_code == 302
    assert browser.send(STEP, {"code": "123456"}).status_code == 302
    give_app(world.alice)
    browser.enter("alice@example.com")
    stranger = Visitor()
    assert "second-step" not in stranger.get(STEP).url


def test_giving_up_leaves_nothing(world: World, browser: Visitor) -> None:
    give_app(world.alice)
    browser.enter("alice@example.com")
    assert "account_login" in browser.kept()
    assert browser.send(f"{COMPANY_PAGES}give-up/").status_code == 302
    assert "account_login" not in browser.kept()


def test_a_step_begun_at_one_company_gives_nothing_at_another(world: World, browser: Visitor) -> None:
    secret = give_app(world.alice)
    browser.enter("alice@example.com")
    browser.send(f"{OTHER}access/second-step/", {"code": app_code(secret)})
    assert browser.get(f"{OTHER}my/").status_code == 302
    assert "access.grants" not in browser.kept()


def test_whoever_is_signed_in_without_it_can_show_it(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    secret = give_app(world.alice)
    assert browser.enter("alice@example.com").url == STEP
    assert browser.get(STEP).status_code == 200
    assert browser.send(STEP, {"code": app_code(secret)}).url == MY
    assert browser.kept()["access.grants"][str(world.home.company.pk)]["level"] == 40


def test_a_session_without_it_cannot_take_it_away(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    give_app(world.alice)
    for page in ("second-factor/", "second-factor/app/remove/", "again/", "sessions/", "password/"):
        for pages in (COMPANY_PAGES, PLATFORM_PAGES):
            for answer in (browser.get(pages + page), browser.send(pages + page, {"password": PASSWORD})):
                assert answer.status_code == 302, page
                assert "sign-in" in answer.url, page
    with as_owner():
        assert Authenticator.objects.filter(user=world.alice, type="totp").exists()


def test_taking_the_app_away_asks_once_more(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    set_up_app(browser, COMPANY_PAGES)
    remove = f"{COMPANY_PAGES}second-factor/app/remove/"
    page = browser.get(remove)
    assert page.status_code == 200, "asked less than five minutes ago"
    assert browser.send(remove).status_code == 302
    with as_owner():
        assert not Authenticator.objects.filter(user=world.alice).exists()


def test_secrets_are_kept_encrypted(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    secret = set_up_app(browser, COMPANY_PAGES)
    with as_owner():
        rows = str(list(Authenticator.objects.filter(user=world.alice).values_list("data", flat=True)))
    assert secret not in rows
    assert "gAAAA" in rows
    browser.get(f"{COMPANY_PAGES}second-factor/app/remove/")
    assert secret not in str(browser.kept())


def test_a_secret_that_waits_in_the_session_is_encrypted_too(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    asked = browser.get(f"{COMPANY_PAGES}second-factor/app/add/")
    browser.send(asked.url, {"password": PASSWORD})
    page = browser.get(f"{COMPANY_PAGES}second-factor/app/add/").content.decode()
    secret = re.search(r'value="([A-Z2-7=]{32})"', page)
    assert secret
    assert secret[1] not in str(browser.kept())
    assert browser.send(f"{COMPANY_PAGES}second-factor/app/add/", {"code": "000000"}).status_code == 422


def test_a_secret_of_a_lost_key_opens_nothing(world: World, browser: Visitor, settings: Any) -> None:
    give_app(world.alice)
    browser.enter("alice@example.com")
    with as_owner():
        row = Authenticator.objects.get(user=world.alice)
        row.data["secret"] = "gAAAAA-not-ours"
        row.save()
    assert browser.send(STEP, {"code": "328482"}).status_code == 422


def test_the_picture_fits_the_security_policy(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    asked = browser.get(f"{COMPANY_PAGES}second-factor/app/add/")
    browser.send(asked.url, {"password": PASSWORD})
    page = browser.get(f"{COMPANY_PAGES}second-factor/app/add/")
    body = page.content.decode()
    picture = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', body)
    assert picture
    assert base64.b64decode(picture[1]).startswith(b"<?xml")
    assert "img-src 'self' data:" in page["Content-Security-Policy"]
    _no_inline_code(body)


def _no_inline_code(body: str) -> None:
    for attributes in re.findall(r"<script([^>]*)>", body):
        assert "src=" in attributes or "application/json" in attributes or "nonce=" in attributes, attributes
    assert not re.search(r'\son\w+="|\sstyle="|<style|javascript:', body)


PAGES = [
    "second-factor/",
    "second-factor/codes/",
    "second-factor/codes/new/",
    "second-factor/codes/download/",
    "second-factor/keys/",
    "second-factor/keys/add/",
    "second-factor/app/remove/",
    "sessions/",
    "password/",
    "again/",
    "second-factor/again/",
]


@pytest.mark.parametrize("place", ["company", "platform"])
def test_every_page_stands_in_our_frame(world: World, browser: Visitor, place: str) -> None:
    if place == "company":
        browser.enter("alice@example.com")
        pages, name = COMPANY_PAGES, "Castro &amp; Lima"
    else:
        browser.enter(world.home.manager.email, url=STAFF_SIGN_IN)
        pages, name = PLATFORM_PAGES, "Balcão"
    set_up_app(browser, pages)
    for page in PAGES:
        answer = browser.get(pages + page)
        assert answer.status_code == 200, page
        assert "no-store" in answer["Cache-Control"], page
        if "download" in page:
            assert answer["Content-Disposition"].startswith("attachment")
            continue
        body = answer.content.decode()
        assert name in body, page
        assert 'class="shell' in body, page
        assert "components.css" in body, page
        _no_inline_code(body)


@pytest.mark.parametrize("page", [*PAGES, "second-factor/app/add/"])
def test_the_pages_are_closed_to_strangers(world: World, browser: Visitor, page: str) -> None:
    at_company = browser.get(COMPANY_PAGES + page)
    assert at_company.url.startswith(f"{COMPANY_PAGES}sign-in/?next=")
    at_platform = browser.get(PLATFORM_PAGES + page)
    assert at_platform.url.startswith(f"{STAFF_SIGN_IN}?next=")
    browser.enter("alice@example.com")
    assert browser.get(f"{OTHER}access/{page}").url.startswith(OTHER_SIGN_IN)


def test_a_key_of_somebody_else_is_not_there(world: World, browser: Visitor) -> None:
    with as_owner():
        key = Authenticator.objects.create(
            user=world.bob, type="webauthn", data={"name": "Bob's", "credential": {}}
        )
    browser.enter("alice@example.com")
    asked = browser.get(f"{COMPANY_PAGES}second-factor/keys/{key.pk}/remove/")
    browser.send(asked.url, {"password": PASSWORD})
    for page in (f"second-factor/keys/{key.pk}/", f"second-factor/keys/{key.pk}/remove/"):
        assert browser.get(COMPANY_PAGES + page).status_code == 404
        assert browser.send(COMPANY_PAGES + page, {"name": "mine"}).status_code == 404
    with as_owner():
        assert Authenticator.objects.get(pk=key.pk).data["name"] == "Bob's"


_EMPTY = '"id":"AA","rawId":"AA","type":"public-key"'
NONSENSE = [
    "",
    "5",
    "[]",
    "{}",
    '"x"',
    "null",
    "{",
    '{"id": 3}',
    f'{{{_EMPTY},"response":{{}}}}',
    f'{{{_EMPTY},"response":{{"clientDataJSON":"AA","authenticatorData":"AA","signature":"AA"}}}}',
    f'{{{_EMPTY},"response":{{"clientDataJSON":"AA","attestationObject":"AA"}}}}',
]


@pytest.mark.parametrize("answer", NONSENSE)
def test_no_answer_of_a_key_breaks_a_page(world: World, browser: Visitor, answer: str) -> None:
    give_app(world.bob)
    browser.enter("bob@example.com")
    assert browser.send(STEP, {"credential": answer}).status_code == 422

    other = Visitor()
    other.enter("alice@example.com")
    add = f"{COMPANY_PAGES}second-factor/keys/add/"
    asked = other.get(add)
    other.send(asked.url, {"password": PASSWORD})
    other.get(add)
    assert other.send(add, {"name": "x", "credential": answer}).status_code == 422


def test_a_key_is_bound_to_the_platform(world: World, browser: Visitor, settings: Any) -> None:
    settings.PLATFORM_HOST = "testserver"
    browser.enter("alice@example.com")
    add = f"{COMPANY_PAGES}second-factor/keys/add/"
    browser.send(browser.get(add).url, {"password": PASSWORD})
    assert '"rp": {"name": "Castro' in browser.get(add).content.decode()
    assert '"id": "testserver"' in browser.get(add).content.decode()


def test_the_password_is_changed_after_the_old_one(world: World, browser: Visitor) -> None:
    elsewhere = Visitor()
    elsewhere.enter("alice@example.com")
    browser.enter("alice@example.com")
    page = f"{COMPANY_PAGES}password/"
    new = "another sentence that nobody guesses"
    wrong = browser.send(page, {"oldpassword": "wrong", "password1": new, "password2": new})
    assert wrong.status_code == 422
    assert elsewhere.get(MY).status_code == 200
    done = browser.send(page, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (done.status_code, done.url) == (302, f"{COMPANY_PAGES}second-factor/")
    assert "Your password is changed" in browser.get(done.url).content.decode()
    assert browser.get(MY).status_code == 200
    assert elsewhere.get(MY).status_code == 302
    assert Visitor().enter("alice@example.com", new).status_code == 302


def test_one_sees_ones_sessions_and_ends_the_others(world: World, browser: Visitor) -> None:
    other = Visitor(HTTP_USER_AGENT="Tablet of <b>Alice</b>")
    other.enter("alice@example.com")
    bob = Visitor(HTTP_USER_AGENT="Bob's phone")
    bob.enter("bob@example.com")
    browser.enter("alice@example.com")
    body = browser.get(f"{COMPANY_PAGES}sessions/").content.decode()
    assert "Tablet of &lt;b&gt;Alice" in body
    assert "This browser" in body
    assert "Bob" not in body
    assert browser.send(f"{COMPANY_PAGES}sessions/").status_code == 302
    assert other.get(MY).status_code == 302
    assert browser.get(MY).status_code == 200
    assert bob.get(MY).status_code == 200


def test_the_settings_name_our_adapter() -> None:
    """Without this line second factors are written readable: MFA_ADAPTER in cms/settings/base.py."""
    from cms.settings import base

    assert getattr(base, "MFA_ADAPTER", "") == "portal_modules.accounts.adapter.PortalMFAAdapter"
