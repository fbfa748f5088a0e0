"""My e-mail is not registered: asked, answered by the customer's owner or by the staff."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal_modules.accounts.models import AccessRequest, Invitation
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact, Customer, Membership
from tests.accounts.mailing import deliver, mails_to
from tests.accounts.open_doors import ALICES, NOBODYS, give_tax_id
from tests.accounts.people import COMPANY_PAGES, HOME, SIGN_IN, Visitor
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

DOOR = f"{COMPANY_PAGES}missing/"
OWN = f"{COMPANY_PAGES}requests/"
STAFF = "/admin/access/requests/"
NINA = {"name": "Nina Prado", "email": "nina@example.com", "phone": "+351 910 000 000"}


@pytest.fixture(autouse=True)
def _number(world: World) -> None:
    give_tax_id(world.home.company, world.home.customers["alice"], ALICES)


def ask(tax_id: str = ALICES, where: str = "198.51.100.1", **person: str) -> Any:
    return Visitor(REMOTE_ADDR=where).send(DOOR, {"tax_id": tax_id, **NINA, **person})


def rows(world: World) -> list[AccessRequest]:
    with company_scope(world.home.company):
        return list(AccessRequest.objects.order_by("asked_at"))


@pytest.mark.row("A07")
def test_the_owner_is_asked_and_invites(world: World, browser: Visitor) -> None:
    assert f'href="{DOOR}"' in browser.get(SIGN_IN).content.decode()
    assert ask().url == f"{DOOR}sent/"
    (mail,) = mails_to(world.home.company, "alice@example.com")
    assert "Alice" in mail.subject
    assert mails_to(world.home.company, "nina@example.com") == []
    (row,) = rows(world)
    assert row.staff_from > timezone.now() + timedelta(days=1)
    staff = Browser().sign_in(world.home.clerk)
    assert f"{STAFF}{row.pk}/accept/" not in staff.get(STAFF).content.decode(), (
        "it is the owner's for two days"
    )

    browser.enter("alice@example.com")
    assert "Nina Prado" in browser.get(OWN).content.decode()
    assert "Nina Prado asks for access" in browser.get(f"{HOME}my/").content.decode()
    assert "1 person asks for access" in browser.get(f"{HOME}my/team/").content.decode()
    own = f"{OWN}{row.pk}/let-in/"
    assert "What may Nina Prado do?" in browser.get(own).content.decode()
    assert browser.send(own).status_code == 422, "an access without a role is none"
    assert browser.send(own, {"roles": "operations"}).url == OWN
    with company_scope(world.home.company):
        nina = Contact.objects.get(email="nina@example.com")
        assert nina.customer_id == world.home.customers["alice"].pk
        invitation = Invitation.objects.get(contact=nina)
        assert (invitation.asked_by_id, invitation.roles) == (world.alice.pk, ["operations"])
    assert "Nina Prado" not in browser.get(OWN).content.decode().partition("</h1>")[2]
    assert len(mails_to(world.home.company, "nina@example.com")) == 1


def test_who_may_only_look_and_who_is_another_customer_see_and_answer_nothing(world: World) -> None:
    ask()
    (row,) = rows(world)
    for name in ("bob", "charlie"):
        browser = Visitor()
        browser.enter(f"{name}@example.com")
        assert "Nina" not in browser.get(OWN).content.decode()
        assert browser.send(f"{OWN}{row.pk}/let-in/", {"roles": "owner"}).status_code == 404
        assert browser.send(f"{OWN}{row.pk}/decline/").status_code == 404
    with company_scope(world.home.company):
        assert not Contact.objects.filter(email="nina@example.com").exists()
        assert AccessRequest.objects.get().state == "open"


def test_an_owner_declines_and_nobody_is_told(world: World, browser: Visitor) -> None:
    ask()
    (row,) = rows(world)
    browser.enter("alice@example.com")
    assert browser.send(f"{OWN}{row.pk}/decline/").url == OWN
    assert browser.send(f"{OWN}{row.pk}/let-in/", {"roles": "viewer"}).status_code == 404
    with company_scope(world.home.company):
        assert AccessRequest.objects.get().state == "declined"
        assert not Contact.objects.filter(email="nina@example.com").exists()
    assert mails_to(world.home.company, "nina@example.com") == []


def test_whom_the_company_keeps_out_no_owner_lets_in_by_a_request(world: World, browser: Visitor) -> None:
    with company_scope(world.home.company):
        Contact.objects.create(
            customer=world.home.customers["alice"],
            name="Nina",
            email="nina@example.com",
            may_enter=False,
            is_kept_out=True,
        )
    ask()
    (row,) = rows(world)
    browser.enter("alice@example.com")
    assert browser.send(f"{OWN}{row.pk}/let-in/", {"roles": "viewer"}).status_code == 422
    with company_scope(world.home.company):
        assert not Invitation.objects.exists()
        assert AccessRequest.objects.get().state == "open"


def test_an_old_proof_invites_nobody(world: World) -> None:
    ask()
    (row,) = rows(world)
    browser = Visitor()
    browser.cookies = Browser().sign_in(world.alice, world.home.company).cookies
    answer = browser.send(f"{OWN}{row.pk}/let-in/", {"roles": "viewer"})
    assert "/access/again/" in answer.url
    with company_scope(world.home.company):
        assert not Invitation.objects.exists()


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_after_two_working_days_the_staff_answer(world: World, verb: str) -> None:
    ask()
    with company_scope(world.home.company):
        AccessRequest.objects.update(staff_from=timezone.now() - timedelta(minutes=1))
    (row,) = rows(world)
    staff = Browser().sign_in(world.home.clerk)
    assert f"{STAFF}{row.pk}/accept/" in staff.get(STAFF).content.decode()
    assert staff.post(f"{STAFF}{row.pk}/{verb}/", {"role": "finance"}).status_code == 302
    with company_scope(world.home.company):
        found = Contact.objects.filter(email="nina@example.com")
        assert [card.role for card in found] == (["finance"] if verb == "accept" else [])
    again = staff.post(f"{STAFF}{row.pk}/accept/", follow=True)
    assert "Somebody has answered this request already" in again.content.decode()
    assert staff.post(f"{STAFF}{row.pk}/burn/").status_code == 404
    assert Browser().sign_in(world.other.manager).post(f"{STAFF}{row.pk}/accept/").status_code == 404


def test_where_nobody_owns_the_customer_or_has_the_number_the_staff_see_it_at_once(world: World) -> None:
    ask(NOBODYS, where="198.51.100.2", email="one@example.com")
    with company_scope(world.home.company):
        Membership.objects.filter(customer=world.home.customers["alice"]).update(roles=["viewer"])
    ask(where="198.51.100.3", email="two@example.com")
    page = Browser().sign_in(world.home.clerk).get(STAFF).content.decode()
    assert "one@example.com" in page
    assert "two@example.com" in page
    assert "no customer has this number" in page
    unknown = next(row for row in rows(world) if row.customer_id is None)
    refused = Browser().sign_in(world.home.clerk).post(f"{STAFF}{unknown.pk}/accept/", follow=True)
    assert "No customer has this tax number" in refused.content.decode()
    with company_scope(world.home.company):
        assert not Customer.objects.filter(tax_id=NOBODYS).exists()


def test_the_answer_is_always_the_same(world: World) -> None:
    answers = []
    for number, tax_id in enumerate((ALICES, NOBODYS, ALICES)):
        browser = Visitor(REMOTE_ADDR=f"198.51.100.{number}")
        answer = browser.send(DOOR, {"tax_id": tax_id, **NINA})
        page = browser.get(answer.url).content.decode()
        answers.append((answer.status_code, answer.url, re.sub(r'nonce="[^"]+"', "", page)))
    assert all(answer == answers[0] for answer in answers)
    assert len(rows(world)) == 2, "asking twice is asking once"
    assert len(deliver(world.home.company)) == 1


def test_it_is_not_asked_without_end(world: World) -> None:
    answers = [ask(email=f"p{number}@example.com", where="198.51.100.4").status_code for number in range(6)]
    assert 429 in answers
    assert answers.count(303) <= 5


def test_what_cannot_be_read_is_refused(world: World) -> None:
    for wrong in ({"name": ""}, {"email": "x"}, {"name": "a\nb"}, {"tax_id": "1"}, {"phone": "1" * 41}):
        assert (
            Visitor(REMOTE_ADDR="198.51.100.5").send(DOOR, {"tax_id": ALICES, **NINA, **wrong}).status_code
            == 422
        )
    assert rows(world) == []
