"""Doors by tax id with a password: the first access, and the three fields; and the number alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from portal_modules.accounts.models import AddressProof
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from portal_modules.users.models import User
from tests.accounts.mailing import code_in, deliver, link_in, mails_to
from tests.accounts.open_doors import ALICES, CHARLIES, NOBODYS, give_tax_id, open_doors
from tests.accounts.people import COMPANY_PAGES, SIGN_IN, Visitor
from tests.world.companies import PASSWORD, World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

FIRST = f"{COMPANY_PAGES}first/"
THREE = f"{COMPANY_PAGES}three/"
ONLY = f"{COMPANY_PAGES}tax-id/"
MY = "/p/castro-lima/en/my/"
SECRET = "the lazy dog sleeps at 3"


@pytest.fixture(autouse=True)
def _numbers(world: World) -> None:
    give_tax_id(world.home.company, world.home.customers["alice"], ALICES)
    give_tax_id(world.home.company, world.home.customers["charlie"], CHARLIES)
    with company_scope(world.home.company):
        Contact.objects.create(customer=world.home.customers["alice"], name="Nina", email="nina@example.com")


@pytest.mark.row("A02")
@pytest.mark.row("A03")
@pytest.mark.row("A04")
def test_number_and_address_a_mail_a_code_a_password_and_later_without_the_number(
    world: World, browser: Visitor
) -> None:
    company = world.home.company
    open_doors(company, "tax_id_email")
    assert f'href="{FIRST}' in browser.get(SIGN_IN).content.decode()
    assert browser.send(FIRST, {"tax_id": ALICES, "email": "Nina@example.com"}).url == f"{FIRST}sent/"
    assert "nina@example.com" in browser.get(f"{FIRST}sent/").content.decode()
    (mail,) = mails_to(company, "nina@example.com")
    path = link_in(mail, "/first/link/")
    # A day and a half later, in another browser.
    with company_scope(company):
        AddressProof.objects.update(asked_at=timezone.now() - timedelta(hours=36))
    later = Visitor()
    assert later.get(path).url == f"{FIRST}link/"
    assert later.get(f"{FIRST}link/").status_code == 200
    assert len(deliver(company)) == 1, "looking at the page mails nothing"
    asked = later.send(f"{FIRST}link/")
    assert asked.url == f"{COMPANY_PAGES}register/code/"
    code = code_in(mails_to(company, "nina@example.com")[-1])
    password = later.send(asked.url, {"code": code}).url
    assert later.send(password, {"password1": SECRET, "password2": SECRET}).url == MY
    assert later.get(MY).status_code == 200
    again = Visitor()
    assert again.enter("nina@example.com", SECRET, next=MY).url == MY


def test_the_link_of_a_first_access_is_good_for_two_days_and_opens_nothing_by_itself(
    world: World, browser: Visitor
) -> None:
    open_doors(world.home.company, "tax_id_email")
    browser.send(FIRST, {"tax_id": ALICES, "email": "nina@example.com"})
    path = link_in(mails_to(world.home.company, "nina@example.com")[0], "/first/link/")
    browser.get(path)
    assert browser.get(MY).status_code == 302
    with company_scope(world.home.company):
        AddressProof.objects.update(asked_at=timezone.now() - timedelta(hours=48, seconds=1))
    assert browser.get(f"{FIRST}link/").status_code == 404
    assert browser.send(f"{FIRST}link/").status_code == 404
    with as_owner():
        assert not User.objects.filter(email="nina@example.com").exists()


def test_a_first_access_is_answered_alike_whatever_was_typed(world: World) -> None:
    open_doors(world.home.company, "tax_id_email")
    pairs = [
        (ALICES, "nina@example.com"),  # fits
        (CHARLIES, "nina@example.com"),  # hers, and another's number
        (NOBODYS, "nina@example.com"),
        (ALICES, "eve@example.com"),
        (NOBODYS, "eve@example.com"),
        (ALICES, "alice@example.com"),  # has an account
    ]
    answers = []
    for number, (tax_id, email) in enumerate(pairs):
        browser = Visitor(REMOTE_ADDR=f"198.51.100.{number}")
        answer = browser.send(FIRST, {"tax_id": tax_id, "email": email})
        page = browser.get(answer.url).content.decode().replace(email, "…")
        answers.append((answer.status_code, answer.url, re.sub(r'nonce="[^"]+"', "", page)))
    assert all(answer == answers[0] for answer in answers)
    letters = {(mail.to[0], mail.subject) for mail in deliver(world.home.company)}
    assert sum("Create your access" in subject for _to, subject in letters) == 1
    assert ("alice@example.com", "You have an account already") in letters


@pytest.mark.row("A21")
@pytest.mark.row("A22")
def test_three_fields_and_the_device_remembers(world: World, browser: Visitor) -> None:
    open_doors(world.home.company, "tax_id_password")
    door = browser.get(browser.get(SIGN_IN).url)
    assert door.status_code == 200
    data = {"tax_id": ALICES, "login": "alice@example.com", "password": PASSWORD}
    assert browser.send(THREE, data).url == MY
    kept = browser.kept()
    assert kept["_session_expiry"] == 0
    grant = kept["access.grants"][str(world.home.company.pk)]
    assert (grant["level"], grant["until"] - grant["at"]) == (30, 12 * 3600)
    assert browser.cookies["balcao_session"]["max-age"] == ""

    device = Visitor()
    assert device.send(THREE, {**data, "remember": "on"}).url == MY
    grant = device.kept()["access.grants"][str(world.home.company.pk)]
    assert grant["until"] - grant["at"] == 30 * 24 * 3600
    assert int(device.cookies["balcao_session"]["max-age"]) == 30 * 24 * 3600


def test_a_browser_that_never_closes_is_out_after_twelve_hours(
    world: World, browser: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    browser.enter("alice@example.com")
    assert browser.get(MY).status_code == 200
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 12 * 3600 + 1)
    assert browser.get(MY).status_code == 302


def test_three_fields_have_to_go_together(world: World) -> None:
    open_doors(world.home.company, "tax_id_password")
    answers = []
    for number, (tax_id, login, password) in enumerate(
        [
            (CHARLIES, "alice@example.com", PASSWORD),
            (NOBODYS, "alice@example.com", PASSWORD),
            (ALICES, "alice@example.com", "wrong"),
            (ALICES, "nobody@example.com", PASSWORD),
            (ALICES, "dora@example.com", PASSWORD),
        ]
    ):
        browser = Visitor(REMOTE_ADDR=f"198.51.100.{number}")
        answer = browser.send(THREE, {"tax_id": tax_id, "login": login, "password": password})
        body = answer.content.decode().replace(tax_id, "…").replace(login, "…")
        answers.append((answer.status_code, re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", body)))
        assert browser.get(MY).status_code == 302
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][0] == 422


@pytest.mark.row("A29")
def test_the_number_alone_opens_the_same_page_for_all_and_nothing_personal(world: World) -> None:
    open_doors(world.home.company, "tax_id_link", "tax_id_only")
    pages = []
    for number, tax_id in enumerate((ALICES, NOBODYS)):
        browser = Visitor(REMOTE_ADDR=f"198.51.100.{number}")
        assert browser.get(f"{ONLY}open/").status_code == 302
        answer = browser.send(ONLY, {"tax_id": tax_id})
        assert (answer.status_code, answer.url) == (303, f"{ONLY}open/")
        page = browser.get(answer.url)
        assert page.status_code == 200
        assert "Alice" not in page.content.decode()
        pages.append(re.sub(r'nonce="[^"]+"', "", page.content.decode()))
        for closed in (MY, "/p/castro-lima/en/my/processes/", f"{COMPANY_PAGES}account/"):
            assert browser.get(closed).status_code == 302
        assert browser.get("/p/altura/en/access/tax-id/open/").status_code in {302, 404}
    assert pages[0] == pages[1]


@pytest.mark.row("A31")
def test_the_number_alone_is_shut_unless_chosen(world: World, browser: Visitor) -> None:
    open_doors(world.home.company, "tax_id_link")
    assert browser.get(ONLY).status_code == 404
    assert browser.send(ONLY, {"tax_id": ALICES}).status_code == 404


@pytest.mark.row("A36")
def test_numbers_alone_are_counted(world: World) -> None:
    open_doors(world.home.company, "tax_id_only", "tax_id_link")
    browser = Visitor()
    answers = [browser.send(ONLY, {"tax_id": ALICES}).status_code for _try in range(21)]
    assert answers == [303] * 20 + [429]
