"""Letting people in: one switch, one mail with a link, a password of their own, and in."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from portal_modules.accounts.models import Invitation
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact, Customer, Membership
from portal_modules.notifications.models import OutboxMessage
from portal_modules.users.models import User
from tests.accounts.mailing import link_in, mails_to
from tests.accounts.open_doors import open_doors
from tests.accounts.people import COMPANY_PAGES, HOME, Visitor, app_code, give_app
from tests.world.browsing import Browser
from tests.world.companies import PASSWORD, World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

INVITED = f"{COMPANY_PAGES}invited/"
MY = f"{HOME}my/"
NINA = "nina@example.com"
OLGA = "olga@example.com"
SECRET = "the lazy dog sleeps at 3"
PAIR = {"password1": SECRET, "password2": SECRET}


@pytest.fixture
def clerk(world: World) -> Browser:
    return Browser().sign_in(world.home.clerk)


@pytest.fixture
def nina(world: World) -> Contact:
    """A person of charlie's customer, who has never been here."""
    with company_scope(world.home.company):
        customer = world.home.customers["charlie"]
        return Contact.objects.create(
            customer=customer, name="Nina", email=NINA, language="en", role="finance"
        )


def press(browser: Browser, contact: Contact, verb: str) -> Any:
    return browser.post(f"/admin/access/contact/{contact.pk}/{verb}/")


def link_of(world: World, email: str = NINA) -> str:
    return link_in(mails_to(world.home.company, email)[-1], "access/invited/")


def later(world: World, **fields: Any) -> None:
    """The clock has gone on since the last invitation was sent."""
    with company_scope(world.home.company):
        Invitation.objects.update(**(fields or {"sent_at": timezone.now() - timedelta(minutes=5)}))


@pytest.mark.row("A19")
def test_nobody_chooses_a_password_for_a_customer(world: World, clerk: Browser, browser: Visitor) -> None:
    """Whoever is let in without one is mailed a link that opens once, and nothing is a password before."""
    page = f"/admin/customers/customer/inspect/{world.home.customers['alice'].pk}/"
    fields = re.findall(r'<(?:input|select|textarea)[^>]*name="([^"]+)"', clerk.get(page).content.decode())
    assert "contact-lets_in" in fields
    assert [name for name in fields if "password" in name] == []
    typed = {"name": "Olga Alves", "email": OLGA, "lets_in": "on", "password": "chosen-by-us"}
    sent = {"verb": "contact", **{f"contact-{name}": value for name, value in typed.items()}}
    assert clerk.post(page, sent).status_code == 302
    with as_owner():
        assert not User.objects.filter(email=OLGA).exists()
    (letter,) = mails_to(world.home.company, OLGA)
    assert "chosen-by-us" not in letter.body
    browser.get(link_in(letter, "access/invited/"))
    assert browser.send(INVITED, PAIR).url == MY
    assert Visitor().enter(OLGA, "chosen-by-us").status_code == 422
    assert Visitor().enter(OLGA, SECRET).url == MY
    again = Visitor()
    again.get(link_in(letter, "access/invited/"))
    assert again.get(INVITED).status_code == 404, "it opens once"


@pytest.mark.row("A08")
@pytest.mark.row("A18")
@pytest.mark.row("A20")
def test_one_switch_lets_a_contact_in(world: World, clerk: Browser, nina: Contact, browser: Visitor) -> None:
    page = f"/admin/customers/customer/inspect/{nina.customer_id}/"
    assert 'aria-checked="false"' in clerk.get(page).content.decode()
    assert press(clerk, nina, "let-in").status_code == 302
    (letter,) = mails_to(world.home.company, NINA)
    assert f"{HOME}" in letter.body
    assert "assword" not in letter.subject
    link = link_in(letter, "access/invited/")

    assert browser.get(link).url == INVITED
    shown = browser.get(INVITED)
    assert shown.status_code == 200
    assert NINA in shown.content.decode()
    assert link.rsplit("/", 2)[1] not in shown.content.decode(), "the token has left the page"
    assert "Opened the page" in clerk.get(page).content.decode()
    assert browser.send(INVITED, {"password1": SECRET, "password2": "another"}).status_code == 422
    key = browser.key
    done = browser.send(INVITED, PAIR)
    assert (done.status_code, done.url) == (302, MY)
    assert browser.key != key
    assert browser.get(MY).status_code == 200
    with company_scope(world.home.company):
        membership = Membership.objects.get(contact=nina)
        assert (membership.customer_id, membership.roles) == (nina.customer_id, ["finance"])
    assert "Has access" in clerk.get(page).content.decode()
    assert Visitor().enter(NINA, SECRET).url == MY

    assert press(clerk, nina, "take-away").status_code == 302
    assert browser.get(MY).status_code == 302, "from that moment"
    assert Visitor().enter(NINA, SECRET).status_code == 422
    assert "Access taken away" in clerk.get(page).content.decode()


def test_who_lost_their_access_does_not_register_again(
    world: World, clerk: Browser, nina: Contact, browser: Visitor
) -> None:
    press(clerk, nina, "let-in")
    press(clerk, nina, "take-away")
    browser.send(f"{COMPANY_PAGES}register/", {"email": NINA})
    letter = mails_to(world.home.company, NINA)[-1]
    assert "cannot open an account" in letter.body
    assert browser.get(INVITED).status_code == 404


def test_an_old_session_is_worth_nothing_after_a_new_invitation(
    world: World, clerk: Browser, nina: Contact, browser: Visitor
) -> None:
    press(clerk, nina, "let-in")
    browser.get(link_of(world))
    browser.send(INVITED, PAIR)
    press(clerk, nina, "take-away")
    later(world)
    press(clerk, nina, "let-in")
    phone = Visitor()
    phone.get(link_of(world))
    assert phone.send(INVITED, {"password": SECRET}).url == MY
    assert phone.get(MY).status_code == 200
    assert browser.get(MY).status_code == 302


def test_the_link_opens_once_and_only_the_newest(
    world: World, clerk: Browser, nina: Contact, browser: Visitor
) -> None:
    press(clerk, nina, "let-in")
    first = link_of(world)
    press(clerk, nina, "again")
    assert len(mails_to(world.home.company, NINA)) == 1, "not twice in the same minute"
    later(world)
    press(clerk, nina, "again")
    second = link_of(world)
    assert first != second
    scanner = Visitor(HTTP_USER_AGENT="SafeLinks")
    for _time in range(3):
        scanner.head(second)
        scanner.get(second)
        scanner.get(INVITED)
    old = Visitor()
    old.get(first)
    assert old.get(INVITED).status_code == 404
    browser.get(second)
    assert browser.send(INVITED, PAIR).url == MY
    late = Visitor()
    late.get(second)
    assert late.get(INVITED).status_code == 404
    assert scanner.send(INVITED, PAIR).status_code == 404
    with company_scope(world.home.company):
        assert Membership.objects.filter(contact=nina).count() == 1


@pytest.mark.parametrize("change", ["old", "moved", "archived", "ended", "off"])
def test_a_link_that_leads_nowhere_any_more(
    world: World, clerk: Browser, nina: Contact, browser: Visitor, change: str
) -> None:
    press(clerk, nina, "let-in")
    browser.get(link_of(world))
    assert browser.get(INVITED).status_code == 200
    with company_scope(world.home.company):
        match change:
            case "old":
                Invitation.objects.update(sent_at=timezone.now() - timedelta(days=15))
            case "moved":
                Contact.objects.filter(pk=nina.pk).update(email="other@example.com")
            case "archived":
                Customer.objects.filter(pk=nina.customer_id).update(archived_at=timezone.now())
            case "ended":
                Invitation.objects.update(ended_at=timezone.now())
            case "off":
                Contact.objects.filter(pk=nina.pk).update(may_enter=False)
    assert browser.get(INVITED).status_code == 404
    assert browser.send(INVITED, PAIR).status_code == 404
    with as_owner():
        assert not User.objects.filter(email=NINA).exists()


def test_the_link_of_one_company_opens_nothing_at_another(
    world: World, clerk: Browser, nina: Contact, browser: Visitor
) -> None:
    press(clerk, nina, "let-in")
    elsewhere = link_of(world).replace("castro-lima", "altura")
    assert browser.get(elsewhere).status_code == 302
    assert browser.get(INVITED.replace("castro-lima", "altura")).status_code == 404
    assert browser.get(INVITED).status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 32, "0" * 96, "z" * 96, "1" * 400])
def test_guessing_finds_nothing(world: World, browser: Visitor, token: str) -> None:
    assert browser.get(f"{INVITED}{token}/").url == INVITED
    assert browser.get(INVITED).status_code == 404


def test_somebody_with_a_login_elsewhere_proves_it_with_its_password(
    world: World, clerk: Browser, browser: Visitor
) -> None:
    with company_scope(world.home.company):
        customer = world.home.customers["charlie"]
        card = Contact.objects.create(customer=customer, name="Dora", email="dora@example.com")
    press(clerk, card, "let-in")
    browser.get(link_of(world, "dora@example.com"))
    shown = browser.get(INVITED).content.decode()
    assert 'name="password1"' not in shown
    assert browser.send(INVITED, PAIR).status_code == 422
    assert browser.send(INVITED, {"password": SECRET}).status_code == 422
    with company_scope(world.home.company):
        assert not Membership.objects.filter(contact=card).exists()
    assert browser.send(INVITED, {"password": PASSWORD}).url == MY
    assert browser.get(MY).status_code == 200
    assert Visitor().enter("dora@example.com", PASSWORD).url == MY, "the password is the one it was"
    with company_scope(world.home.company):
        assert Membership.objects.get(contact=card).user_id == world.dora.pk


def test_a_second_factor_is_not_gone_round(world: World, clerk: Browser, browser: Visitor) -> None:
    secret = give_app(world.dora)
    with company_scope(world.home.company):
        card = Contact.objects.create(
            customer=world.home.customers["charlie"], name="Dora", email="dora@example.com"
        )
    press(clerk, card, "let-in")
    browser.get(link_of(world, "dora@example.com"))
    asked = browser.send(INVITED, {"password": PASSWORD})
    assert asked.url == f"{COMPANY_PAGES}second-step/"
    assert browser.get(MY).status_code == 302
    assert browser.send(asked.url, {"code": app_code(secret)}).url == MY


def test_passwords_are_counted_like_at_any_door(world: World, clerk: Browser, browser: Visitor) -> None:
    with company_scope(world.home.company):
        card = Contact.objects.create(
            customer=world.home.customers["charlie"], name="Dora", email="dora@example.com"
        )
    press(clerk, card, "let-in")
    browser.get(link_of(world, "dora@example.com"))
    for _time in range(10):
        assert browser.send(INVITED, {"password": SECRET}).status_code == 422
    assert browser.send(INVITED, {"password": PASSWORD}).status_code == 429


def test_nothing_readable_is_kept(
    world: World, clerk: Browser, nina: Contact, browser: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    press(clerk, nina, "let-in")
    link = link_of(world)
    browser.get(link)
    token = link.rsplit("/", 2)[1]
    with as_owner(), connection.cursor() as cursor:
        for table in (
            "accounts_invitation",
            "notifications_outboxmessage",
            "django_session",
            "core_logentry",
        ):
            cursor.execute(f"select t::text from {table} t")
            assert token[32:] not in " ".join(row[0] for row in cursor.fetchall()), table
    assert token not in str(browser.kept())
    assert token not in caplog.text
    assert browser.get(INVITED).headers["Referrer-Policy"] in {"same-origin", "no-referrer"}


@pytest.mark.parametrize("verb", ["let-in", "again", "take-away"])
def test_only_whoever_may_lets_people_in(world: World, nina: Contact, verb: str) -> None:
    for person in (world.home.reader, world.home.editor):
        assert press(Browser().sign_in(person), nina, verb).status_code == 302
    stranger = Browser().sign_in(world.other.manager)
    assert press(stranger, nina, verb).status_code == 404
    assert (
        Browser().sign_in(world.home.clerk).get(f"/admin/access/contact/{nina.pk}/{verb}/").status_code == 405
    )
    with company_scope(world.home.company):
        assert not Invitation.objects.exists()
        assert Contact.objects.get(pk=nina.pk).may_enter


def test_who_is_in_already_gets_a_way_back_in(world: World, clerk: Browser, browser: Visitor) -> None:
    with company_scope(world.home.company):
        alice = Contact.objects.get(email="alice@example.com")
    people = clerk.get(
        f"/admin/customers/customer/inspect/{world.home.customers['alice'].pk}/"
    ).content.decode()
    assert "Send a way back in" in people
    for _time in range(2):
        press(clerk, alice, "again")
    (letter,) = mails_to(world.home.company, "alice@example.com")
    assert "/p/castro-lima/" in letter.body
    assert PASSWORD not in letter.body
    link = link_in(letter, "access/reset/link/")
    browser.get(link)
    opened = f"{COMPANY_PAGES}reset/link/"
    assert browser.send(opened, {}).status_code == 302
    assert browser.send(f"{COMPANY_PAGES}reset/password/", PAIR).status_code == 302
    late = Visitor()
    late.get(link)
    assert late.send(opened, {}).status_code == 404, "it opens once"
    with company_scope(world.home.company):
        assert not Invitation.objects.filter(contact=alice).exists()
    assert browser.get(MY).status_code == 200


def test_a_company_without_passwords_sends_only_its_address(world: World, clerk: Browser) -> None:
    open_doors(world.home.company, "tax_id_link")
    with company_scope(world.home.company):
        alice = Contact.objects.get(email="alice@example.com")
    press(clerk, alice, "again")
    (letter,) = mails_to(world.home.company, "alice@example.com")
    assert "access/reset" not in letter.body
    assert "/p/castro-lima/" in letter.body


@pytest.mark.row("A10")
def test_who_cannot_be_let_in_is_said_why(world: World, clerk: Browser) -> None:
    with company_scope(world.home.company):
        customer = world.home.customers["charlie"]
        without = Contact.objects.create(customer=customer, name="No Mail")
        inside = Contact.objects.get(email="charlie@example.com")
    for card in (without, inside):
        press(clerk, card, "let-in")
    assert press(clerk, inside, "burn").status_code == 404
    assert clerk.post("/admin/access/contact/999999/let-in/").status_code == 404
    with company_scope(world.home.company):
        assert not Invitation.objects.exists()
        assert not OutboxMessage.objects.filter(event="accounts.invitation").exists()


@pytest.mark.row("A17")
def test_a_contact_of_a_supplier_is_added_and_let_in_at_once(world: World, clerk: Browser) -> None:
    with company_scope(world.home.company):
        supplier = Customer.objects.create(
            name="Paper Mill", country="PT", is_customer=False, is_supplier=True
        )
    page = f"/admin/customers/customer/inspect/{supplier.pk}/"
    assert "Supplier" in clerk.get(page).content.decode()
    data = {
        "verb": "contact",
        "contact-name": "Rui",
        "contact-email": "  RUI@Mill.example ",
        "contact-lets_in": "on",
    }
    assert clerk.post(page, {**data, "contact-email": ""}).status_code == 422
    assert clerk.post(page, data).status_code == 302
    assert clerk.post(page, data).status_code == 422, "once at this customer"
    with company_scope(world.home.company):
        card = Contact.objects.get(customer=supplier)
        assert card.email == "rui@mill.example"
        assert Invitation.objects.filter(contact=card).count() == 1
    assert len(mails_to(world.home.company, "rui@mill.example")) == 1
