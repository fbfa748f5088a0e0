"""How often one may try: counted in PostgreSQL, before the password is looked at."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher

from tests.accounts.people import OTHER_SIGN_IN, SIGN_IN, STAFF_SIGN_IN, Visitor
from tests.world.companies import PASSWORD, World

pytestmark = pytest.mark.django_db


def _fail(browser: Visitor, email: str = "alice@example.com", times: int = 10, **extra: Any) -> None:
    for _ in range(times):
        assert browser.enter(email, "wrong", **extra).status_code == 422


def test_the_eleventh_attempt_waits_even_with_the_right_password(
    world: World, browser: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail(browser)

    def never(*args: object) -> str:
        raise AssertionError("the password was hashed")

    monkeypatch.setattr(MD5PasswordHasher, "encode", never)
    answer = browser.enter("alice@example.com")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 900
    assert "_auth_user_id" not in browser.kept()


@pytest.mark.parametrize("first", ["alice@example.com", "nobody@example.com"])
def test_known_and_unknown_addresses_wait_alike(world: World, browser: Visitor, first: str) -> None:
    _fail(browser, first)
    assert browser.enter(first, "wrong").status_code == 429


def test_spelling_does_not_begin_anew(world: World, browser: Visitor) -> None:
    spellings = [
        "alice@example.com",
        "ALICE@EXAMPLE.COM",
        " alice@example.com ",
        "álice@example.com",
        "alicé@example.com",
        "alice @example.com",
        "ａｌｉｃｅ@example.com",
        "a\u200blice@example.com",
        "ALİCE@example.com",
        "alice@exämple.com",
    ]
    for spelling in spellings:
        assert browser.enter(spelling, "wrong").status_code == 422, spelling
    for spelling in spellings:
        assert browser.enter(spelling, "wrong").status_code == 429, spelling


def test_a_made_up_origin_does_not_help(world: World, browser: Visitor) -> None:
    for number in range(10):
        origin = f"203.0.113.{number}"
        headers = {"HTTP_X_FORWARDED_FOR": f"{origin}, 198.51.100.{number}", "HTTP_X_REAL_IP": origin}
        assert browser.enter("alice@example.com", "wrong", at=headers).status_code == 422
    long = {"HTTP_X_FORWARDED_FOR": ", ".join(f"10.0.0.{number}" for number in range(100))}
    assert browser.enter("alice@example.com", at=long).status_code == 429


def test_the_same_behind_our_own_proxy(world: World, browser: Visitor, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(10):
        headers = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{number}, 198.51.100.7"}
        assert browser.enter("alice@example.com", "wrong", at=headers).status_code == 422
    headers = {"HTTP_X_FORWARDED_FOR": "198.51.100.7"}
    assert browser.enter("alice@example.com", at=headers).status_code == 429


def test_the_owner_gets_in_from_elsewhere(world: World, browser: Visitor) -> None:
    _fail(browser)
    assert browser.enter("alice@example.com").status_code == 429
    elsewhere = {"REMOTE_ADDR": "198.51.100.99"}
    assert Visitor().enter("alice@example.com", at=elsewhere).status_code == 302


def test_all_doors_share_the_count(world: World, browser: Visitor) -> None:
    _fail(browser, times=4)
    _fail(browser, times=3, url=OTHER_SIGN_IN)
    _fail(browser, times=3, url=STAFF_SIGN_IN)
    for url in (SIGN_IN, OTHER_SIGN_IN, STAFF_SIGN_IN):
        assert browser.enter("alice@example.com", url=url).status_code == 429


def test_success_forgets_the_pair_but_not_the_address(world: World, browser: Visitor) -> None:
    _fail(browser, times=9)
    assert browser.enter("alice@example.com").status_code == 302
    _fail(browser, times=9)
    assert browser.enter("alice@example.com").status_code == 302
    for number in range(42):
        _fail(browser, f"person-{number}@example.com", times=1)
    assert browser.enter("bob@example.com").status_code == 429, "60 failures from one address"
    assert browser.enter("alice@example.com").status_code == 429, "an account of one's own does not reset it"


def test_successes_alone_never_wait(world: World, browser: Visitor) -> None:
    for _ in range(14):
        assert browser.enter("alice@example.com", PASSWORD).status_code == 302


def test_a_right_password_of_a_stranger_counts_as_a_failure(world: World, browser: Visitor) -> None:
    _fail_as = [browser.enter("dora@example.com", PASSWORD).status_code for _ in range(11)]
    assert _fail_as == [422] * 10 + [429]
