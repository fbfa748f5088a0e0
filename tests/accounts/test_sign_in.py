"""The customers' door, over HTTP."""

from __future__ import annotations

import logging
import re

import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal_modules.core.scope import company_scope
from portal_modules.users.models import User
from tests.accounts.people import HOME, OTHER_SIGN_IN, SIGN_IN, Visitor
from tests.world.companies import PASSWORD, World, add_customer, make_user
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

MY = "/p/castro-lima/en/my/"
OTHER_MY = "/p/altura/en/my/"


def test_a_customer_signs_in_sees_home_and_leaves(world: World, browser: Visitor) -> None:
    closed = browser.get(MY)
    assert (closed.status_code, closed.url) == (302, f"{SIGN_IN}?next=%2Fp%2Fcastro-lima%2Fen%2Fmy%2F")
    door = browser.get(closed.url)
    assert door.status_code == 200
    assert f'name="next" value="{MY}"' in door.content.decode()
    assert "no-store" in door["Cache-Control"]

    opened = browser.enter("alice@example.com", next=MY)
    assert (opened.status_code, opened.url) == (302, MY)
    grant = browser.kept()["access.grants"][str(world.home.company.pk)]
    assert grant["level"] == 30
    assert browser.get(MY).status_code == 200

    left = browser.send("/p/castro-lima/en/access/sign-out/")
    assert (left.status_code, left.url) == (302, "/p/castro-lima/")
    assert browser.get(MY).status_code == 302


def test_without_a_page_asked_for_it_leads_home(world: World, browser: Visitor) -> None:
    assert browser.enter("Alice@Example.com ").url == MY


def test_a_wrong_password_gets_the_form_again_and_changes_nothing(world: World, browser: Visitor) -> None:
    browser.get(SIGN_IN)
    before = browser.kept()
    answer = browser.enter("alice@example.com", "something else")
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "We do not recognise this e-mail and password" in body
    assert 'value="alice@example.com"' in body
    assert "something else" not in body
    assert browser.kept() == before
    with as_owner():
        assert User.objects.get(pk=world.alice.pk).last_login is None


@pytest.mark.parametrize(
    "data", [{}, {"login": "alice@example.com"}, {"login": "a\x00b@x.y", "password": "x"}]
)
def test_what_cannot_be_read_is_refused(world: World, browser: Visitor, data: dict[str, str]) -> None:
    assert browser.send(SIGN_IN, data).status_code == 422


def _same_but(body: str, *typed: str) -> str:
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)
    for word in typed:
        body = body.replace(word, "…")
    return re.sub(r'nonce="[^"]+"', "", body)


def test_known_unknown_and_foreign_people_get_the_same_answer(world: World) -> None:
    with as_owner():
        User.objects.filter(pk=world.charlie.pk).update(is_active=False)
    answers = []
    for email, password in [
        ("alice@example.com", "wrong"),
        ("nobody@example.com", "wrong"),
        ("not an address", "wrong"),
        ("dora@example.com", PASSWORD),  # of the other company
        ("charlie@example.com", PASSWORD),  # not active
        (world.home.manager.email, PASSWORD),  # staff is no customer
    ]:
        answer = Visitor().enter(email, password)
        headers = {name: value for name, value in answer.items() if name != "Content-Security-Policy"}
        answers.append((answer.status_code, _same_but(answer.content.decode(), email), headers.keys()))
    assert all(answer == answers[0] for answer in answers), [answer[0] for answer in answers]


def test_known_and_unknown_people_cost_the_same(
    world: World, browser: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(salt)
        return encode(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    browser.get(SIGN_IN)
    costs = []
    for email in ("alice@example.com", "nobody@example.com", "dora@example.com", "no address"):
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            assert browser.enter(email, "wrong").status_code == 422
        costs.append((len(hashed), len(asked)))
    assert set(costs) == {(1, costs[0][1])}, costs


def test_a_person_of_another_company_gets_no_grant(world: World, browser: Visitor) -> None:
    assert browser.enter("dora@example.com").status_code == 422
    assert "access.grants" not in browser.kept()
    assert "_auth_user_id" not in browser.kept()


def test_somebody_known_to_one_company_is_a_stranger_at_the_other(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    assert browser.get(MY).status_code == 200
    stranger = browser.get(OTHER_MY)
    assert stranger.status_code == 302
    assert stranger.url.startswith(OTHER_SIGN_IN)
    assert "Alice" not in browser.get(OTHER_SIGN_IN).content.decode()


def test_signing_in_elsewhere_as_somebody_else_ends_the_first_session(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    first = browser.kept()
    assert browser.enter("dora@example.com", url=OTHER_SIGN_IN).url == OTHER_MY
    assert browser.get(OTHER_MY).status_code == 200
    assert browser.get(MY).status_code == 302
    assert str(world.home.company.pk) in first["access.grants"]
    assert str(world.home.company.pk) not in browser.kept()["access.grants"]


def test_a_refusal_at_the_other_company_leaves_the_session_alone(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    assert browser.enter("alice@example.com", url=OTHER_SIGN_IN).status_code == 422
    assert browser.get(MY).status_code == 200


def test_one_person_at_two_companies_keeps_both(world: World, browser: Visitor) -> None:
    with company_scope(world.other.company):
        add_customer(world.other, "dora", world.alice, ["viewer"])
    browser.enter("alice@example.com")
    assert browser.get(OTHER_MY).status_code == 302
    browser.enter("alice@example.com", url=OTHER_SIGN_IN)
    assert browser.get(OTHER_MY).status_code == 200
    assert browser.get(MY).status_code == 200


def test_a_technical_user_has_no_password_door(world: World, browser: Visitor) -> None:
    robot = make_user("code@example.com", "Code", is_technical=True)
    with company_scope(world.home.company):
        add_customer(world.home, "alice", robot, ["viewer"])
    assert browser.enter("code@example.com").status_code == 422


def test_a_planted_session_never_becomes_signed_in(world: World) -> None:
    attacker = Visitor()
    attacker.send(SIGN_IN, {"login": "x", "password": "y"})
    with as_owner():
        planted = SessionStore()
        planted["anything"] = "of the attacker"
        planted.save()
    victim = Visitor()
    victim.cookies[settings.SESSION_COOKIE_NAME] = str(planted.session_key)
    victim.enter("alice@example.com")
    assert victim.key not in {"", planted.session_key}
    attacker.cookies[settings.SESSION_COOKIE_NAME] = str(planted.session_key)
    assert attacker.get(MY).status_code == 302


def test_the_identifier_changes_each_time(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    first = browser.key
    browser.enter("alice@example.com")
    assert browser.key != first
    old = Visitor()
    old.cookies[settings.SESSION_COOKIE_NAME] = first
    assert old.get(MY).status_code == 302


OUTSIDE = [
    "//evil.test/",
    "///evil.test/",
    "////evil.test",
    "\\\\evil.test",
    "/\\evil.test",
    "/p/castro-lima/\\evil.test",
    "https://evil.test/",
    "https:evil.test",
    "https:///evil.test",
    "http://testserver@evil.test/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%0a/evil.test",
    "/\tevil.test",
    " //evil.test",
    "/p/altura/en/my/",
    "/p/castro-lima/../altura/en/",
    "/p/castro-lima/%2e%2e/altura/en/",
    "/admin/",
    "http://testserver/p/altura/",
    "x" * 3000,
]


@pytest.mark.parametrize("wanted", OUTSIDE)
def test_it_never_leads_outside(world: World, browser: Visitor, wanted: str) -> None:
    assert browser.enter("alice@example.com", next=wanted).url == MY


@pytest.mark.parametrize("wanted", OUTSIDE)
def test_the_form_does_not_carry_what_leads_outside(world: World, browser: Visitor, wanted: str) -> None:
    body = browser.get(SIGN_IN, {"next": wanted}).content.decode()
    assert 'name="next"' not in body


def test_leaving_takes_a_press_of_a_button(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    for url in ("/p/castro-lima/en/access/sign-out/", "/p/castro-lima/en/access/give-up/", "/admin/logout/"):
        for method in (browser.get, browser.head, browser.options):
            method(url)
    assert browser.get(MY).status_code == 200
    assert "Sign out" in browser.get("/p/castro-lima/en/access/sign-out/").content.decode()


def test_a_form_from_elsewhere_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(SIGN_IN, {"login": "alice@example.com", "password": PASSWORD})
    assert answer.status_code == 403
    signed_in = Visitor()
    signed_in.enter("alice@example.com")
    assert signed_in.post("/p/castro-lima/en/access/sign-out/").status_code == 403
    assert signed_in.get(MY).status_code == 200


def test_the_token_changes_with_signing_in(world: World, browser: Visitor) -> None:
    browser.get(SIGN_IN)
    before = browser.cookies[settings.CSRF_COOKIE_NAME].value
    browser.enter("alice@example.com")
    assert browser.cookies[settings.CSRF_COOKIE_NAME].value != before


def test_there_is_no_door_without_a_company(world: World, browser: Visitor) -> None:
    assert browser.get("/en/access/sign-in/").status_code == 404
    assert browser.get("/p/nobody/en/access/sign-in/").status_code == 404


def test_the_door_speaks_the_language_of_the_address(world: World, browser: Visitor) -> None:
    for language in ("pt", "es", "en"):
        assert browser.get(f"/p/castro-lima/{language}/access/sign-in/").status_code == 200


def test_the_cache_may_be_gone(world: World, browser: Visitor, settings: object) -> None:
    settings.CACHES = {  # type: ignore[attr-defined]
        "default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/valkey.sock?db=0"}  # type: ignore[attr-defined]
    }
    assert browser.get(SIGN_IN).status_code == 200
    assert browser.enter("alice@example.com", "wrong").status_code == 422
    assert browser.enter("alice@example.com").url == MY
    assert browser.get(MY).status_code == 200
    for _ in range(12):
        last = browser.enter("bob@example.com", "wrong")
    assert last.status_code == 429


def test_the_log_tells_who_in_no_readable_way(
    world: World, browser: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "balcao.doors")
    browser.enter("alice@example.com", "tell-nobody")
    browser.enter("alice@example.com")
    browser.send("/p/castro-lima/en/access/sign-out/")
    lines = [record.getMessage() for record in caplog.records if record.name == "balcao.doors"]
    assert [line.split()[0] for line in lines] == ["door.refused", "door.signed_in", "door.signed_out"]
    assert str(world.alice.uuid) in lines[1]
    text = " ".join(lines)
    assert not any(word in text for word in ("alice", "tell-nobody", PASSWORD, browser.key or "-----"))


def test_signing_up_by_the_library_is_closed(world: World, browser: Visitor) -> None:
    assert get_adapter().is_open_for_signup(None) is False
    for name in ("signup", "email", "password/reset", "login", "2fa"):
        assert browser.get(f"{HOME}access/{name}/").status_code == 404, name
    assert reverse("account_login")
