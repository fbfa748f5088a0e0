"""A new password for somebody who forgot theirs."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import connection

from portal_modules.accounts.models import AddressProof
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact, Membership
from portal_modules.users.models import User
from tests.accounts.mailing import code_in, link_in, mails_to
from tests.accounts.people import COMPANY_PAGES, HOME, OTHER, SIGN_IN, Visitor, app_code, give_app
from tests.world.companies import PASSWORD, World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

RESET = f"{COMPANY_PAGES}reset/"
CODE = f"{RESET}code/"
OPENED = f"{RESET}link/"
CHOOSE = f"{RESET}password/"
MY = f"{HOME}my/"
ALICE = "alice@example.com"
SECRET = "the lazy dog sleeps at 3"
PAIR = {"password1": SECRET, "password2": SECRET}


def begin(browser: Visitor, email: str = ALICE) -> Any:
    return browser.send(RESET, {"email": email})


def knows(password: str) -> bool:
    with as_owner():
        return User.objects.get(email=ALICE).check_password(password)


@pytest.mark.row("A05")
def test_by_the_code_of_a_mail(world: World, browser: Visitor) -> None:
    elsewhere = Visitor()
    elsewhere.enter(ALICE)
    assert f'href="{RESET}' in browser.get(SIGN_IN).content.decode()
    assert begin(browser).url == CODE
    (letter,) = mails_to(world.home.company, ALICE)
    key = browser.key
    assert browser.send(CODE, {"code": code_in(letter)}).url == CHOOSE
    assert browser.key != key
    assert browser.get(MY).status_code == 302, "a code alone opens nothing"
    key = browser.key
    assert browser.send(CHOOSE, PAIR).url == MY
    assert browser.key != key
    assert "Your password is changed" in browser.get(MY).content.decode()
    assert knows(SECRET)
    assert elsewhere.get(MY).status_code == 302, "every other session ends"
    assert Visitor().enter(ALICE, PASSWORD).status_code == 422
    assert Visitor().enter(ALICE, SECRET).url == MY
    told = mails_to(world.home.company, ALICE)[-1]
    assert told.subject == "Your password was changed"
    assert link_in(told, "access/reset/") == RESET


@pytest.mark.row("A05")
def test_by_the_link_of_a_mail_in_another_browser(world: World, browser: Visitor) -> None:
    begin(browser)
    (letter,) = mails_to(world.home.company, ALICE)
    link = link_in(letter, "access/reset/link/")
    scanner = Visitor(HTTP_USER_AGENT="SafeLinks")
    for _time in range(3):
        scanner.head(link)
        assert scanner.get(link).url == OPENED
        page = scanner.get(OPENED)
        assert page.status_code == 200
        assert "Referrer-Policy" in page.headers
    assert knows(PASSWORD)

    phone = Visitor()
    assert phone.get(link).url == OPENED
    assert link.rsplit("/", 2)[1] not in phone.get(OPENED).content.decode(), "the token has left the page"
    key = phone.key
    assert phone.send(OPENED).url == CHOOSE
    assert phone.key != key
    assert scanner.send(OPENED).status_code == 404, "it opens once"
    assert browser.send(CODE, {"code": code_in(letter)}).status_code == 422, "and its code with it"
    assert phone.send(CHOOSE, PAIR).url == MY
    assert knows(SECRET)
    assert phone.get(MY).status_code == 200


def test_nothing_readable_is_kept(world: World, browser: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    begin(browser)
    (letter,) = mails_to(world.home.company, ALICE)
    link = link_in(letter, "access/reset/link/")
    browser.get(link)
    code, token = code_in(letter).replace(" ", ""), link.rsplit("/", 2)[1]
    tables = ("accounts_addressproof", "notifications_outboxmessage", "django_session")
    with as_owner(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"select t::text from {table} t")
            rows = " ".join(row[0] for row in cursor.fetchall())
            assert not any(f'"{code}"' in rows or f",{code}," in rows or token in rows for _once in (1,)), (
                table
            )
    assert code not in str(browser.kept())
    assert token not in str(browser.kept())
    assert token not in caplog.text


def test_a_second_factor_is_not_gone_round(world: World, browser: Visitor) -> None:
    secret = give_app(world.alice)
    begin(browser)
    browser.send(CODE, {"code": code_in(mails_to(world.home.company, ALICE)[-1])})
    asked = browser.send(CHOOSE, PAIR)
    assert asked.url == f"{COMPANY_PAGES}second-step/"
    assert browser.get(MY).status_code == 302
    assert browser.send(asked.url, {"code": app_code(secret)}).url == MY
    assert browser.kept()["access.grants"][str(world.home.company.pk)]["level"] == 40


def test_it_ends_ones_own_session_of_before_too(world: World, browser: Visitor) -> None:
    """Somebody who is signed in and does not know the password any more: with an app, and without one."""
    browser.enter(ALICE)
    begin(browser)
    browser.send(CODE, {"code": code_in(mails_to(world.home.company, ALICE)[-1])})
    assert browser.send(CHOOSE, PAIR).url == MY
    assert browser.get(MY).status_code == 200
    give_app(world.alice)
    _later()
    begin(browser)
    browser.send(CODE, {"code": code_in(mails_to(world.home.company, ALICE)[-1])})
    assert browser.send(CHOOSE, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    assert browser.get(MY).status_code == 302


def _later() -> None:
    with as_owner():
        AddressProof._base_manager.update(used_at="2026-01-01T00:00Z")


@pytest.mark.parametrize("change", ["another letter", "shorter", "other row", "empty row", "html"])
def test_a_changed_link_opens_nothing(world: World, browser: Visitor, change: str) -> None:
    begin(browser)
    link = link_in(mails_to(world.home.company, ALICE)[-1], "access/reset/link/")
    start, token, _end = link.rsplit("/", 2)
    token = {
        "another letter": token[:-1] + ("0" if token[-1] != "0" else "1"),
        "shorter": token[:-1],
        "other row": "0" * 32 + token[32:],
        "empty row": token[:32],
        "html": "x-_x" * 500,
    }[change]
    other = Visitor()
    assert other.get(f"{start}/{token}/").url == OPENED
    assert other.get(OPENED).status_code == 404
    assert other.send(OPENED).status_code == 404
    assert other.get(CHOOSE).url == RESET


def test_links_are_not_guessed_without_end(world: World, browser: Visitor) -> None:
    answers = [browser.get(f"{OPENED}{number:096}/").status_code for number in range(42)]
    assert answers == [302] * 40 + [429] * 2


def test_an_old_link_opens_nothing(world: World, browser: Visitor) -> None:
    begin(browser)
    link = link_in(mails_to(world.home.company, ALICE)[-1], "access/reset/link/")
    browser.get(link)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("update accounts_addressproof set asked_at = asked_at - interval '601 seconds'")
    assert browser.send(OPENED).status_code == 404
    assert knows(PASSWORD)


def test_a_link_of_one_company_or_end_is_none_of_another(world: World, browser: Visitor) -> None:
    begin(browser)
    link = link_in(mails_to(world.home.company, ALICE)[-1], "access/reset/link/")
    token = link.rsplit("/", 2)[1]
    other = Visitor()
    assert other.get(f"{OTHER}access/reset/link/{token}/").status_code == 302
    assert other.get(f"{OTHER}access/reset/link/").status_code == 404
    browser.get(link)
    assert browser.get(f"{OTHER}access/reset/link/").status_code == 404
    assert browser.get(f"{COMPANY_PAGES}register/password/").url == f"{COMPANY_PAGES}register/"


def test_a_code_for_registering_resets_nothing(world: World, browser: Visitor) -> None:
    with company_scope(world.home.company):
        Contact.objects.create(customer=world.home.customers["alice"], name="Nina", email="nina@example.com")
    browser.send(f"{COMPANY_PAGES}register/", {"email": "nina@example.com"})
    code = code_in(mails_to(world.home.company, "nina@example.com")[-1])
    assert browser.send(CODE, {"code": code}).url == RESET
    browser.send(RESET, {"email": "nina@example.com"})
    assert browser.send(CODE, {"code": code}).status_code == 422


class TestSomebodyElse:
    def test_who_has_no_account_yet_is_told_how_to_get_one(self, world: World, browser: Visitor) -> None:
        with company_scope(world.home.company):
            Contact.objects.create(
                customer=world.home.customers["alice"], name="Nina", email="nina@example.com"
            )
        assert begin(browser, "nina@example.com").url == CODE
        (letter,) = mails_to(world.home.company, "nina@example.com")
        assert "no account yet" in letter.body
        assert link_in(letter, "access/register/") == f"{COMPANY_PAGES}register/"

    @pytest.mark.parametrize("email", ["dora@example.com", "manager@castro-lima.test", "who@example.com"])
    def test_who_is_no_customer_here_resets_nothing(self, world: World, browser: Visitor, email: str) -> None:
        begin(browser, email)
        (letter,) = mails_to(world.home.company, email)
        assert "not on file" in letter.body
        assert "reset/link" not in letter.body

    def test_whose_access_ended_meanwhile_resets_nothing(self, world: World, browser: Visitor) -> None:
        begin(browser)
        browser.send(CODE, {"code": code_in(mails_to(world.home.company, ALICE)[-1])})
        with company_scope(world.home.company):
            Membership.objects.filter(user=world.alice).update(until="2026-01-01T00:00Z")
        answer = browser.send(CHOOSE, PAIR)
        assert answer.status_code == 422
        assert "cannot open an account" in answer.content.decode()
        assert knows(PASSWORD)


def test_waiting_for_wrong_passwords_ends_with_the_right_one(world: World, browser: Visitor) -> None:
    for _try in range(11):
        last = browser.enter(ALICE, "wrong")
    assert last.status_code == 429
    begin(browser)
    browser.send(CODE, {"code": code_in(mails_to(world.home.company, ALICE)[-1])})
    assert browser.send(CHOOSE, PAIR).url == MY
    assert Visitor().enter(ALICE, SECRET).url == MY
