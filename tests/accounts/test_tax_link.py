"""The door by tax id and link, over HTTP."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from portal_modules.accounts.models import AddressProof
from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact, Customer, Membership
from portal_modules.users.models import User
from tests.accounts.mailing import deliver, link_in, mails_to
from tests.accounts.open_doors import ALICES, NOBODYS, NOBODYS_TOO, give_tax_id, open_doors
from tests.accounts.people import COMPANY_PAGES, Visitor, give_app
from tests.world.companies import World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

DOOR = f"{COMPANY_PAGES}by-link/"
CHOOSE = f"{DOOR}address/"
SENT = f"{DOOR}sent/"
OPENED = f"{COMPANY_PAGES}link/"
MY = "/p/castro-lima/en/my/"


@pytest.fixture(autouse=True)
def _door(world: World) -> None:
    open_doors(world.home.company, "tax_id_link")
    give_tax_id(world.home.company, world.home.customers["alice"], ALICES)


def ask(browser: Visitor, tax_id: str = ALICES, choice: str = "0", **more: str) -> Any:
    """Type a number, and choose an address."""
    assert browser.send(DOOR, {"tax_id": tax_id}).status_code == 303
    return browser.send(CHOOSE, {"address": choice, **more})


def newest_link(company: Company, email: str) -> str:
    """The path of the newest link that reached an address."""
    return link_in(mails_to(company, email)[-1], "/access/link/")


def masks_in(page: Any) -> list[str]:
    """The addresses that a page shows."""
    return re.findall(r"\S•+@\S•+", page.content.decode())


@pytest.mark.row("A30")
@pytest.mark.row("A32")
@pytest.mark.row("A33")
@pytest.mark.row("A34")
def test_number_address_link_button_and_in(world: World, browser: Visitor) -> None:
    door = browser.get(MY)
    door = browser.get(browser.get(door.url).url)
    assert door.status_code == 200
    assert f'name="next" value="{MY}"' in door.content.decode()
    assert browser.send(DOOR, {"tax_id": "599 142-707", "next": MY}).status_code == 303
    page = browser.get(CHOOSE)
    # Alice and bob, whose addresses both end in example.com.
    assert masks_in(page) == ["a•••••@e•••••", "b•••••@e•••••"]
    assert "alice@example.com" not in page.content.decode()
    assert browser.send(CHOOSE, {"address": "0"}).url == SENT
    assert "a•••••@e•••••" in browser.get(SENT).content.decode()

    path = newest_link(world.home.company, "alice@example.com")
    key = browser.key
    opened = browser.get(path)
    assert (opened.status_code, opened.url) == (303, OPENED)
    page = browser.get(OPENED)
    assert page.status_code == 200
    assert path.rstrip("/").split("/")[-1] not in page.content.decode()
    assert browser.get(MY).status_code == 302, "looking at the link lets nobody in"
    entered = browser.send(OPENED)
    assert (entered.status_code, entered.url) == (302, MY)
    assert browser.key != key
    grant = browser.kept()["access.grants"][str(world.home.company.pk)]
    assert (grant["level"], grant["actor"]) == (20, "contact")
    assert browser.get(MY).status_code == 200
    # A page about the login itself asks for more.
    account = browser.get(f"{COMPANY_PAGES}account/")
    assert (account.status_code, account.url.partition("?")[0]) == (302, f"{COMPANY_PAGES}more-proof/")


@pytest.mark.row("A16")
def test_the_pages_say_what_to_check(world: World, browser: Visitor) -> None:
    ask(browser)
    sent = browser.get(SENT).content.decode()
    for advice in ("unwanted mail", "Advogados CASTRO-OWN", "firewall", "address is the one"):
        assert advice in sent
    open_doors(world.home.company, "access_code")
    door = browser.get(f"{COMPANY_PAGES}code/").content.decode()
    for advice in ("another browser", "firewall", "letter by letter"):
        assert advice in door


def test_a_link_opens_once_and_the_newer_kills_the_older(world: World) -> None:
    first = Visitor()
    ask(first)
    older = newest_link(world.home.company, "alice@example.com")
    ask(Visitor(REMOTE_ADDR="198.51.100.7"))
    newer = newest_link(world.home.company, "alice@example.com")
    assert older != newer
    first.get(older)
    assert first.send(OPENED).status_code == 404
    first.get(newer)
    assert first.send(OPENED).status_code == 302
    other = Visitor()
    other.get(newer)
    assert other.send(OPENED).status_code == 404
    assert other.get(MY).status_code == 302


@pytest.mark.parametrize("agent", ["Mozilla/5.0", "Microsoft Office Existence Discovery", "curl/8"])
def test_a_scanner_that_opens_links_uses_none_up(world: World, browser: Visitor, agent: str) -> None:
    ask(browser)
    path = newest_link(world.home.company, "alice@example.com")
    scanner = Visitor(HTTP_USER_AGENT=agent)
    for _time in range(3):
        scanner.head(path)
        scanner.get(path)
        assert scanner.get(OPENED).status_code == 200
    assert scanner.get(MY).status_code == 302
    browser.get(path)
    assert browser.send(OPENED).status_code == 302


def test_a_link_is_good_for_ten_minutes(world: World, browser: Visitor) -> None:
    ask(browser)
    path = newest_link(world.home.company, "alice@example.com")
    with company_scope(world.home.company):
        AddressProof.objects.update(asked_at=timezone.now() - timedelta(seconds=601))
    browser.get(path)
    assert browser.send(OPENED).status_code == 404
    assert browser.get(MY).status_code == 302


def test_a_link_opens_nothing_at_another_company_or_for_another_end(world: World, browser: Visitor) -> None:
    open_doors(world.other.company, "tax_id_link")
    ask(browser)
    path = newest_link(world.home.company, "alice@example.com")
    elsewhere = path.replace("castro-lima", "altura")
    browser.get(elsewhere)
    assert browser.get("/p/altura/en/access/link/").status_code == 404
    assert browser.send("/p/altura/en/access/link/").status_code == 404
    browser.get(path.replace("/link/", "/reset/link/"))
    assert browser.get(f"{COMPANY_PAGES}reset/link/").status_code == 404
    browser.get(path)
    assert browser.send(OPENED).status_code == 302
    assert browser.get("/p/altura/en/my/").status_code == 302


@pytest.mark.parametrize("token", ["x", "0" * 96, "a" * 32])
def test_an_invented_link_opens_nothing(world: World, browser: Visitor, token: str) -> None:
    browser.get(f"{OPENED}{token}/")
    assert browser.get(OPENED).status_code == 404
    assert browser.send(OPENED).status_code == 404


@pytest.mark.row("A01")
def test_a_number_that_nobody_has_is_answered_alike_and_always_the_same(world: World) -> None:
    pages = {}
    for number, tax_id in enumerate((NOBODYS, NOBODYS_TOO)):
        shown = []
        for turn in range(2):
            browser = Visitor(REMOTE_ADDR=f"198.51.100.{10 * number + turn}")
            browser.send(DOOR, {"tax_id": tax_id})
            shown.append(masks_in(browser.get(CHOOSE)))
        assert shown[0] == shown[1]
        assert 1 <= len(shown[0]) <= 3
        pages[tax_id] = shown[0]
        assert browser.send(CHOOSE, {"address": "0"}).url == SENT
        assert browser.get(SENT).status_code == 200
    assert deliver(world.home.company) == []
    with company_scope(world.home.company):
        assert set(AddressProof.objects.values_list("customer", flat=True)) == {None}
        assert all(
            each.endswith("@nobody.invalid") for each in AddressProof.objects.values_list("email", flat=True)
        )


def test_one_more_customer_changes_few_invented_masks(world: World) -> None:
    from portal_modules.accounts.masks import offered_to
    from portal_modules.accounts.tax_ids import TypedTaxId

    numbers = [TypedTaxId((("PT", f"5{number:08d}"),)) for number in range(100)]
    company = world.home.company
    with company_scope(company):
        for number in range(40):
            customer = Customer.objects.create(name=f"C{number}", country="PT")
            Contact.objects.create(
                customer=customer, name="N", email=f"{'abcdefghij'[number % 10]}{number}@x.pt"
            )
        before = [offered_to(typed).masks for typed in numbers]
        customer = Customer.objects.create(name="New", country="PT")
        Contact.objects.create(customer=customer, name="N", email="z@z.pt")
        after = [offered_to(typed).masks for typed in numbers]
    changed = sum(one != other for one, other in zip(before, after, strict=True))
    assert changed < 12
    assert len(set(before)) > 5, "they are not all the same"


def test_another_registered_address_gets_a_link_and_a_stranger_s_does_not(world: World) -> None:
    customer = world.home.customers["alice"]
    with company_scope(world.home.company):
        Contact.objects.create(customer=customer, name="Nina", email="nina@example.com")
    answer = ask(Visitor(), choice="other", email=" Nina@Example.com")
    assert answer.url == SENT
    assert len(mails_to(world.home.company, "nina@example.com")) == 1
    # Charlie is known, at another customer; eve is not known at all.
    for email in ("charlie@example.com", "eve@example.com"):
        assert ask(Visitor(), choice="other", email=email).url == SENT
    assert len(deliver(world.home.company)) == 1
    assert ask(Visitor(), choice="other", email="").status_code == 422


def test_who_comes_for_the_first_time_gets_a_login_without_a_password(world: World, browser: Visitor) -> None:
    customer = world.home.customers["alice"]
    with company_scope(world.home.company):
        Contact.objects.create(customer=customer, name="Nina", email="nina@example.com")
        before = Contact.objects.count(), Customer.objects.count()
    ask(browser, choice="2")
    browser.get(newest_link(world.home.company, "nina@example.com"))
    assert browser.send(OPENED).url == MY
    with as_owner():
        nina = User.objects.get(email="nina@example.com")
        assert not nina.has_usable_password()
    with company_scope(world.home.company):
        assert Membership.objects.get(user=nina).roles == ["viewer"]
        assert (Contact.objects.count(), Customer.objects.count()) == before, "no door makes people"


def test_whose_access_was_taken_away_gets_no_link(world: World, browser: Visitor) -> None:
    with company_scope(world.home.company):
        Contact.objects.filter(email="alice@example.com").update(may_enter=False)
    ask(browser, choice="other", email="alice@example.com")
    assert deliver(world.home.company) == []


def test_an_access_that_ended_meanwhile_is_not_opened_by_the_link(world: World, browser: Visitor) -> None:
    ask(browser)
    path = newest_link(world.home.company, "alice@example.com")
    with company_scope(world.home.company):
        Membership.objects.filter(user=world.alice).update(until=timezone.now() - timedelta(hours=1))
    browser.get(path)
    assert browser.send(OPENED).status_code == 404
    assert browser.get(MY).status_code == 302


def test_who_has_a_second_factor_is_asked_for_it(world: World, browser: Visitor) -> None:
    give_app(world.alice)
    ask(browser)
    browser.get(newest_link(world.home.company, "alice@example.com"))
    answer = browser.send(OPENED)
    assert answer.url.endswith("/access/second-step/")
    assert browser.get(MY).status_code == 302


def test_a_link_does_not_open_the_back_office(world: World, browser: Visitor) -> None:
    with company_scope(world.home.company):
        Contact.objects.create(
            customer=world.home.customers["alice"], name="M", email=world.home.manager.email
        )
    ask(browser, choice="other", email=world.home.manager.email)
    browser.get(newest_link(world.home.company, world.home.manager.email))
    assert browser.send(OPENED).status_code == 302
    assert browser.get(MY).status_code == 200
    answer = browser.get("/admin/")
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/admin/sign-in/")


def test_a_wrong_number_is_said_and_nothing_is_kept(world: World, browser: Visitor) -> None:
    for typed in ("599142708", "", "x" * 50, "99999999\x000", "999999990"):
        assert browser.send(DOOR, {"tax_id": typed}).status_code == 422
    assert browser.get(CHOOSE).url == DOOR
    assert browser.get(SENT).url == DOOR
    assert mail.outbox == []


@pytest.mark.row("A36")
def test_numbers_and_links_are_not_tried_without_end(world: World) -> None:
    browser = Visitor()
    answers = [browser.send(DOOR, {"tax_id": ALICES}).status_code for _try in range(21)]
    assert answers == [303] * 20 + [429]
    # From elsewhere the same number is still asked for.
    assert Visitor(REMOTE_ADDR="198.51.100.9").send(DOOR, {"tax_id": ALICES}).status_code == 303
    asked = [ask(Visitor(REMOTE_ADDR="198.51.100.10")).status_code for _try in range(6)]
    assert asked == [303] * 5 + [429]


def test_a_shut_door_is_not_there(world: World, browser: Visitor) -> None:
    open_doors(world.home.company, "email")
    for page in (DOOR, CHOOSE, SENT, OPENED, f"{OPENED}x/"):
        assert browser.get(page).status_code == 404


def test_a_stranger_s_session_is_not_taken_over(world: World, browser: Visitor) -> None:
    planted = Visitor()
    planted.get(DOOR)
    planted.send(DOOR, {"tax_id": ALICES})
    key = planted.key
    ask(planted)
    planted.get(newest_link(world.home.company, "alice@example.com"))
    planted.send(OPENED)
    assert planted.key != key
