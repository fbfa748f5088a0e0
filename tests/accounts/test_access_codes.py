"""Access codes: made and mailed by staff, typed beside a tax id, replaced, ended."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal_modules.accounts.access_codes import code_of, read_code, written
from portal_modules.accounts.actions import end_access_code, make_access_code
from portal_modules.accounts.models import AccessCode
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer, Membership
from portal_modules.notifications.models import OutboxMessage
from portal_modules.users.models import User
from tests.accounts.mailing import deliver, mails_to
from tests.accounts.open_doors import ALICES, CHARLIES, NOBODYS, give_tax_id, open_doors
from tests.accounts.people import COMPANY_PAGES, Visitor
from tests.world.browsing import Browser
from tests.world.companies import World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

DOOR = f"{COMPANY_PAGES}code/"
MY = "/p/castro-lima/en/my/"
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")


@pytest.fixture(autouse=True)
def _door(world: World) -> None:
    open_doors(world.home.company, "access_code")
    give_tax_id(world.home.company, world.home.customers["alice"], ALICES)
    give_tax_id(world.home.company, world.home.customers["charlie"], CHARLIES)


def page_of(world: World, name: str = "alice") -> str:
    return f"/admin/access/code/{world.home.customers[name].pk}/"


def make(world: World, name: str = "alice", **more: Any) -> str:
    """Give a customer a code; the code, as it is mailed."""
    with company_scope(world.home.company):
        code = make_access_code(
            world.home.customers[name],
            emails=["front@example.com"],
            expires_at=more.get("expires_at") or timezone.now() + timedelta(days=30),
            by=world.home.manager,
        )
        return written(code_of(code.pk))


def enter(browser: Visitor, code: str, tax_id: str = ALICES) -> Any:
    return browser.send(DOOR, {"tax_id": tax_id, "code": code})


@pytest.mark.row("A13")
@pytest.mark.row("A14")
@pytest.mark.row("A15")
@pytest.mark.row("A09")
def test_staff_make_and_mail_a_code_and_it_opens(world: World, browser: Visitor) -> None:
    staff = Browser().sign_in(world.home.manager)
    until = (timezone.localdate() + timedelta(days=90)).isoformat()
    data = {"verb": "make", "until": until, "emails": "One@example.com\ntwo@example.com, one@example.com"}
    done = staff.post(page_of(world), data, follow=True)
    body = done.content.decode()
    assert (
        "The access code is made, and a mail with it is on its way to: one@example.com, two@example.com."
        in body
    )
    assert CODE.search(body) is None, "nobody of the staff sees it"
    assert len(deliver(world.home.company)) == 2
    (mail,) = mails_to(world.home.company, "two@example.com")
    found = CODE.search(str(mail.body))
    assert found
    with company_scope(world.home.company):
        code = AccessCode.objects.get()
        assert found[0].replace("-", "") not in str(code.__dict__)
        assert found[0] not in str(list(OutboxMessage.objects.values()))

    assert f'action="{DOOR}"' in browser.get("/p/castro-lima/en/").content.decode()
    key = browser.key
    entered = enter(browser, found[0].lower().replace("-", " "))
    assert (entered.status_code, entered.url) == (302, MY)
    assert browser.key != key
    grant = browser.kept()["access.grants"][str(world.home.company.pk)]
    assert (grant["level"], grant["actor"]) == (20, "access_code")
    assert browser.get(MY).status_code == 200
    assert browser.get("/p/castro-lima/en/my/processes/").status_code == 200
    with company_scope(world.home.company):
        assert AccessCode.objects.get().last_used_at


@pytest.mark.row("A11")
@pytest.mark.parametrize("name", ["clerk", "editor", "reader"])
def test_who_may_not_give_codes_out_gets_nowhere(world: World, name: str) -> None:
    staff = Browser().sign_in(getattr(world.home, name))
    data = {"verb": "make", "until": timezone.localdate().isoformat(), "emails": "a@example.com"}
    # Wagtail leads whoever may not to the start, with a sentence.
    assert staff.get(page_of(world)).status_code in {302, 403}
    assert staff.post(page_of(world), data).status_code in {302, 403}
    with company_scope(world.home.company):
        assert not AccessCode.objects.exists()


def test_staff_of_another_company_do_not_find_the_customer(world: World) -> None:
    staff = Browser().sign_in(world.other.manager)
    assert staff.get(page_of(world)).status_code == 404
    assert staff.post(page_of(world), {"verb": "make"}).status_code == 404


def test_a_new_code_ends_the_old_one_and_whoever_is_in_by_it(world: World, browser: Visitor) -> None:
    old = make(world)
    enter(browser, old)
    assert browser.get(MY).status_code == 200
    new = make(world)
    assert new != old
    assert browser.get(MY).status_code == 302
    assert enter(Visitor(), old).status_code == 422
    assert enter(Visitor(), new).status_code == 302


def test_a_code_that_was_taken_back_opens_nothing(world: World, browser: Visitor) -> None:
    code = make(world)
    enter(browser, code)
    with company_scope(world.home.company):
        end_access_code(AccessCode.objects.get(), by=world.home.manager)
    assert browser.get(MY).status_code == 302
    assert enter(Visitor(), code).status_code == 422


def test_a_code_ends_by_itself(world: World, browser: Visitor) -> None:
    code = make(world)
    enter(browser, code)
    with company_scope(world.home.company):
        # PostgreSQL's clock stands while a test's transaction runs.
        past = timezone.now() - timedelta(hours=1)
        AccessCode.objects.update(expires_at=past)
        Membership.objects.filter(contact=None).update(until=past)
    assert browser.get(MY).status_code == 302
    assert enter(Visitor(), code).status_code == 422


@pytest.mark.row("A15")
def test_an_access_code_never_reaches_a_password(world: World, browser: Visitor) -> None:
    enter(browser, make(world))
    asked = browser.get(f"{COMPANY_PAGES}account/")
    page = browser.get(asked.url)
    assert page.status_code == 200
    assert "This needs an access of your own" in page.content.decode()
    answer = browser.send(f"{COMPANY_PAGES}more-proof/password/")
    assert answer.url == f"{COMPANY_PAGES}more-proof/"
    assert deliver(world.home.company)[0].to == ["front@example.com"]
    assert len(deliver(world.home.company)) == 1, "no code goes to the technical address"
    with as_owner():
        technical = User.objects.get(is_technical=True)
    assert not technical.has_usable_password()
    for page in ("password/", "second-factor/app/add/", "again/", "sessions/"):
        assert browser.get(f"{COMPANY_PAGES}{page}").status_code == 302
    assert browser.get("/admin/").status_code == 302


def test_it_opens_its_own_customer_only(world: World, browser: Visitor) -> None:
    enter(browser, make(world))
    theirs = world.home.processes["charlie"]
    assert browser.get(f"/p/castro-lima/en/my/processes/{theirs.pk}/").status_code == 404
    assert enter(Visitor(), make(world), CHARLIES).status_code == 422
    assert browser.get("/p/altura/en/my/").status_code == 302


def test_wrong_codes_and_unknown_numbers_are_answered_alike(world: World) -> None:
    make(world)
    answers = []
    for number, (tax_id, code) in enumerate(
        [(ALICES, "AAAA-BBBB-CCCC"), (CHARLIES, "AAAA-BBBB-CCCC"), (NOBODYS, "AAAA-BBBB-CCCC"), (ALICES, "é")]
    ):
        browser = Visitor(REMOTE_ADDR=f"198.51.100.{number}")
        answer = enter(browser, code, tax_id)
        body = answer.content.decode().replace(tax_id, "…").replace(code, "…")
        answers.append((answer.status_code, re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", body)))
        assert browser.get(MY).status_code == 302
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][0] == 422


def test_the_code_of_a_customer_who_was_archived_opens_nothing(world: World, browser: Visitor) -> None:
    code = make(world)
    with company_scope(world.home.company):
        Customer.objects.filter(pk=world.home.customers["alice"].pk).update(archived_at=timezone.now())
    assert enter(browser, code).status_code == 422


def test_who_has_the_number_and_its_code_are_asked_for_together(world: World, browser: Visitor) -> None:
    make(world)
    for tax_id in (ALICES, NOBODYS):
        with CaptureQueriesContext(connection) as asked:
            assert enter(browser, "AAAA-BBBB-CCCC", tax_id).status_code == 422
        about_customers = [each["sql"] for each in asked if "customers_customer" in each["sql"]]
        about_codes = [each["sql"] for each in asked if "accounts_accesscode" in each["sql"]]
        assert (len(about_codes), about_customers) == (1, about_codes)


@pytest.mark.row("A36")
def test_codes_are_not_tried_without_end_and_nobody_else_waits_for_it(world: World) -> None:
    code = make(world)
    thief = Visitor(REMOTE_ADDR="198.51.100.66")
    answers = [enter(thief, f"AAAA-BBBB-{number:04d}").status_code for number in range(11)]
    assert answers == [422] * 10 + [429]
    assert enter(thief, code).status_code == 429
    assert enter(Visitor(), code).status_code == 302


def test_more_addresses_get_the_same_code(world: World) -> None:
    code = make(world)
    staff = Browser().sign_in(world.home.manager)
    staff.post(page_of(world), {"verb": "send", "more-emails": "late@example.com"})
    (mail,) = mails_to(world.home.company, "late@example.com")
    assert code in str(mail.body)
    assert "late@example.com" in staff.get(page_of(world)).content.decode()
    refused = staff.post(page_of(world), {"verb": "send", "more-emails": "no address"})
    assert refused.status_code == 422
    assert staff.post(page_of(world), {"verb": "burn"}).status_code == 404


def test_what_cannot_be_is_refused_and_changes_nothing(world: World) -> None:
    staff = Browser().sign_in(world.home.manager)
    today = timezone.localdate()
    for until, emails in [
        ((today - timedelta(days=1)).isoformat(), "a@example.com"),
        ((today + timedelta(days=900)).isoformat(), "a@example.com"),
        ("never", "a@example.com"),
        (today.isoformat(), ""),
        (today.isoformat(), "\n".join(f"p{number}@example.com" for number in range(11))),
        (today.isoformat(), "a@example.com\x00"),
    ]:
        answer = staff.post(page_of(world), {"verb": "make", "until": until, "emails": emails})
        assert answer.status_code == 422, (until, emails)
    give_tax_id(world.home.company, world.home.customers["alice"], "")
    staff.post(page_of(world), {"verb": "make", "until": today.isoformat(), "emails": "a@example.com"})
    with company_scope(world.home.company):
        assert not AccessCode.objects.exists()


def test_letters_that_look_alike_are_read_as_one() -> None:
    assert read_code(" 7gq4–M2xw 9Kt_o il") == "7GQ4M2XW9KT011"


def test_the_technical_user_has_no_other_way_in(world: World, browser: Visitor) -> None:
    make(world)
    open_doors(world.home.company, "email", "access_code")
    with as_owner():
        technical = User.objects.get(is_technical=True)
        technical.set_password("a sentence that nobody guesses")
        technical.save()
    assert browser.enter(technical.email).status_code == 422
