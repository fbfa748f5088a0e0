"""The customer's team: its owners see who has access, invite, change and remove, and both sides see what was done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal_modules.accounts.actions import Grant, change_access, invite_colleague, remove_colleague
from portal_modules.accounts.exceptions import NotTheirOwner, NotTheirSite
from portal_modules.accounts.models import Invitation
from portal_modules.core.models import LogEntry
from portal_modules.core.scope import PORTAL, company_scope
from portal_modules.customers.models import BuildingSite, Contact, Customer, Membership, MembershipSite
from portal_modules.notifications.models import OutboxMessage
from portal_modules.users.models import User
from tests.accounts.mailing import link_in, mails_to
from tests.accounts.people import COMPANY_PAGES, HOME, Visitor
from tests.processes.conftest import count_queries  # noqa: F401 (a fixture)
from tests.processes.visiting import text_of
from tests.world.browsing import Browser
from tests.world.companies import World, add_customer, make_user

pytestmark = pytest.mark.django_db

TEAM = f"{HOME}my/team/"
INVITED = f"{COMPANY_PAGES}invited/"
NINA = "nina@example.com"
SECRET = "the lazy dog sleeps at 3"
PAIR = {"password1": SECRET, "password2": SECRET}


@pytest.fixture
def customer(world: World) -> Customer:
    return world.home.customers["alice"]


@pytest.fixture
def alice(world: World) -> Visitor:
    """She has just signed in."""
    browser = Visitor()
    assert browser.enter("alice@example.com").status_code == 302
    return browser


def page_of(customer: Customer, more: str) -> str:
    return f"{TEAM}{customer.uuid}/{more}"


def own_team(customer: Customer) -> str:
    return f"{TEAM}?customer={customer.uuid}"


def invite(browser: Visitor, customer: Customer, **fields: Any) -> Any:
    data = {"name": "Nina", "email": NINA, "roles": "operations", **fields}
    return browser.send(page_of(customer, "invite/"), data)


def membership(world: World, user: User) -> Membership:
    with company_scope(world.home.company):
        found: Membership = Membership.objects.select_related("customer", "company").get(user=user)
        return found


@pytest.mark.row("A38")
@pytest.mark.row("A39")
def test_an_owner_invites_changes_and_removes_a_colleague(
    world: World, customer: Customer, alice: Visitor
) -> None:
    shown = text_of(alice.get(TEAM))
    assert "Alice CASTRO-OWN" in shown
    assert "bob@example.com" in shown
    assert "charlie@example.com" not in shown

    assert invite(alice, customer).url == own_team(customer)
    assert "Invited" in text_of(alice.get(TEAM))
    (letter,) = mails_to(world.home.company, NINA)
    assert "Alice CASTRO-OWN of Alice CASTRO-OWN invites you" in letter.body
    nina = Visitor()
    nina.get(link_in(letter, "access/invited/"))
    assert nina.send(INVITED, PAIR).status_code == 302
    assert nina.get(f"{HOME}my/processes/").status_code == 200
    assert nina.get(TEAM).status_code == 404, "only owners decide"

    with company_scope(world.home.company):
        member = Membership.objects.get(contact__email=NINA)
        assert (member.roles, member.granted_by_id) == (["operations"], world.alice.pk)
    with company_scope(world.home.company, role=PORTAL):
        user = User.objects.get(email=NINA)
    own = page_of(customer, f"{user.uuid}/")
    assert alice.send(own, {"roles": "finance"}).url == own_team(customer)
    assert nina.get(f"{HOME}my/processes/").status_code == 404, "from that moment"
    assert "was changed" in mails_to(world.home.company, NINA)[-1].subject

    asked = alice.get(f"{own}remove/")
    assert "End the access of Nina?" in text_of(asked)
    assert alice.send(f"{own}remove/").url == own_team(customer)
    assert nina.get(f"{HOME}my/").status_code == 302, "in running sessions, too"
    assert Visitor().enter(NINA, SECRET).status_code == 422
    assert "has ended" in mails_to(world.home.company, NINA)[-1].subject

    log = text_of(alice.get(TEAM))
    clerk = Browser().sign_in(world.home.clerk)
    office = text_of(clerk.get(f"/admin/customers/customer/inspect/{customer.pk}/"))
    for words in ("Invited: Nina", "Access changed: Nina", "Access ended by an owner: Nina"):
        assert words in log
        assert words in office


def test_an_owner_has_all_sites_and_decides_with_nothing_less(
    world: World, customer: Customer, alice: Visitor
) -> None:
    with company_scope(world.home.company):
        shop = BuildingSite.objects.create(customer=customer, name="Shop")
    refused = invite(alice, customer, roles=["owner"], sites=shop.pk)
    assert refused.status_code == 422
    assert "An owner has all sites" in text_of(refused)
    with company_scope(world.home.company):
        own = Membership.objects.get(user=world.alice, customer=customer)
        MembershipSite.objects.create(membership=own, site=shop, customer=customer)
    assert alice.get(TEAM).status_code == 404, "written otherwise, it opens no team"


@pytest.mark.row("A38")
def test_an_access_to_some_sites_until_some_day(world: World, customer: Customer, alice: Visitor) -> None:
    with company_scope(world.home.company):
        shop, _plant = (
            BuildingSite.objects.create(customer=customer, name=name) for name in ("Shop", "Plant")
        )
        foreign = BuildingSite.objects.create(customer=world.home.customers["charlie"], name="Elsewhere")
    form = text_of(alice.get(page_of(customer, "invite/")))
    assert "Shop" in form
    assert "Elsewhere" not in form
    assert invite(alice, customer, sites=foreign.pk).status_code == 422
    day = timezone.localdate() + timedelta(days=9)
    assert invite(alice, customer, sites=shop.pk, last_day=day.isoformat()).status_code == 303
    nina = Visitor()
    nina.get(link_in(mails_to(world.home.company, NINA)[-1], "access/invited/"))
    assert nina.send(INVITED, PAIR).status_code == 302
    with company_scope(world.home.company):
        member = Membership.objects.get(contact__email=NINA)
        assert list(member.sites.values_list("pk", flat=True)) == [shop.pk]
        assert timezone.localdate(member.until - timedelta(seconds=1), world.home.company.zone) == day
    assert "Shop" in text_of(alice.get(TEAM))

    assert nina.get(f"{HOME}my/").status_code == 200
    with company_scope(world.home.company):
        Membership.objects.filter(pk=member.pk).update(until=timezone.now() - timedelta(hours=1))
    assert nina.get(f"{HOME}my/").status_code == 302, "it has ended, whatever the session says"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"roles": []}, "Choose at least one role."),
        ({"roles": "director"}, "director"),
        ({"email": "nobody"}, "E-mail"),
        ({"email": "bob@example.com"}, "has access already"),
        ({"name": ""}, "Name"),
        ({"last_day": "2020-01-01"}, "today or later"),
        ({"last_day": "yesterday"}, "Last day"),
        ({"name": "x" * 400}, "Name"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    world: World, customer: Customer, alice: Visitor, fields: dict[str, Any], words: str
) -> None:
    answer = invite(alice, customer, **fields)
    assert answer.status_code == 422
    assert words in text_of(answer)
    with company_scope(world.home.company):
        assert not Invitation.objects.exists()
        assert not Contact.objects.filter(email=NINA).exists()


def test_who_owns_several_sees_the_people_of_one_at_a_time(
    world: World,
    customer: Customer,
    count_queries: Callable[[], AbstractContextManager[list[str]]],  # noqa: F811
) -> None:
    """The page costs the same however many there are."""
    alice = Browser().sign_in(world.alice, world.home.company)
    alice.get(TEAM)
    with count_queries() as before:
        alice.get(TEAM)
    with company_scope(world.home.company):
        others = [add_customer(world.home, f"c{number}", world.alice, ["owner"]) for number in range(6)]
        for number in range(6):
            user = make_user(f"p{number}@example.com", f"P{number}")
            add_customer(world.home, "alice", user, ["viewer"])
    page = text_of(alice.get(TEAM))
    assert page.count('class="table team"') == 1
    shown = text_of(alice.get(own_team(others[3])))
    assert "bob@example.com" not in shown
    assert "C3 CASTRO-OWN" in shown
    with count_queries() as after:
        alice.get(own_team(customer))
    assert len(after) <= len(before) + 1, "one more for the selector"
    assert "p5@example.com" in text_of(alice.get(own_team(customer)))
    assert "charlie@" not in text_of(alice.get(own_team(world.home.customers["charlie"])))


@pytest.mark.row("A38")
def test_the_last_owner_stays(world: World, customer: Customer, alice: Visitor) -> None:
    own = page_of(customer, f"{world.alice.uuid}/")
    for path, data in (
        (own, {"roles": "viewer"}),
        (own, {"roles": "owner", "last_day": timezone.localdate().isoformat()}),
        (f"{own}remove/", {}),
    ):
        answer = alice.send(path, data)
        assert answer.status_code == 422
        assert "last owner" in text_of(answer)
    member = membership(world, world.alice)
    assert (member.roles, member.until) == (["owner"], None)

    assert (
        alice.send(page_of(customer, f"{world.bob.uuid}/"), {"roles": ["owner", "finance"]}).status_code
        == 303
    )
    assert alice.send(f"{own}remove/").url == f"{HOME}my/"
    assert alice.get(f"{HOME}my/").status_code == 302
    assert membership(world, world.bob).roles == ["owner", "finance"]


def test_an_access_code_is_no_colleague(world: World, customer: Customer, alice: Visitor) -> None:
    """It is listed, and the company gives it out: an owner neither changes it nor counts on it as an owner."""
    code = make_user("code@codes.invalid", "Alice (access code)", is_technical=True)
    with company_scope(world.home.company):
        Membership.objects.create(customer=customer, user=code, roles=["owner"])
    page = text_of(alice.get(TEAM))
    assert "Alice (access code)" in page
    assert "code@codes.invalid" not in page
    path = page_of(customer, f"{code.uuid}/")
    assert path not in page
    for answer in (alice.get(path), alice.send(path, {"roles": "viewer"}), alice.send(f"{path}remove/")):
        assert answer.status_code == 404
    assert alice.send(page_of(customer, f"{world.alice.uuid}/remove/")).status_code == 422, "still the last"
    assert membership(world, code).roles == ["owner"]


@pytest.mark.parametrize("verb", ["", "remove/"])
def test_nobody_but_an_owner_of_the_customer_decides(world: World, customer: Customer, verb: str) -> None:
    """Bob may only look, and charlie owns another customer."""
    for email in ("bob@example.com", "charlie@example.com"):
        browser = Visitor()
        browser.enter(email)
        path = page_of(customer, f"{world.alice.uuid}/{verb}")
        assert browser.get(path).status_code == 404
        assert browser.send(path, {"roles": "viewer"}).status_code == 404
        assert invite(browser, customer).status_code == 404
    member = membership(world, world.alice)
    assert (member.roles, member.until) == (["owner"], None)
    with company_scope(world.home.company):
        assert not Invitation.objects.exists()
        for stranger in (world.bob, world.charlie, world.home.clerk):
            with pytest.raises(NotTheirOwner):
                change_access(member, grant=Grant(("viewer",)), by=stranger)
            with pytest.raises(NotTheirOwner):
                remove_colleague(member, by=stranger)
        assert not LogEntry.objects.filter(action="accounts.change_access").exists()


def test_a_colleague_of_another_customer_is_not_found_here(
    world: World, customer: Customer, alice: Visitor
) -> None:
    path = page_of(customer, f"{world.charlie.uuid}/")
    for answer in (alice.get(path), alice.send(path, {"roles": "viewer"}), alice.send(f"{path}remove/")):
        assert answer.status_code == 404
    assert membership(world, world.charlie).roles == ["owner"]


def test_an_invitation_is_sent_again_or_taken_back(world: World, customer: Customer, alice: Visitor) -> None:
    invite(alice, customer)
    with company_scope(world.home.company):
        invitation = Invitation.objects.get()
        Invitation.objects.update(sent_at=timezone.now() - timedelta(minutes=5))
    own = f"{TEAM}invitation/{invitation.pk}/"
    charlie = Visitor()
    charlie.enter("charlie@example.com")
    assert charlie.send(f"{own}again/").status_code == 404
    assert charlie.send(f"{own}take-back/").status_code == 404
    assert alice.send(f"{own}again/").url == own_team(customer)
    (letter,) = mails_to(world.home.company, NINA)
    assert alice.send(f"{own}take-back/").url == own_team(customer)
    nina = Visitor()
    nina.get(link_in(letter, "access/invited/"))
    assert nina.get(INVITED).status_code == 404
    assert "Nina" not in text_of(alice.get(TEAM)).partition("What was done")[0]
    nina.send(f"{COMPANY_PAGES}register/", {"email": NINA})
    assert "cannot open an account" in mails_to(world.home.company, NINA)[-1].body, "nor by registering"
    assert invite(alice, customer).status_code == 303, "they may be asked again"


def test_whom_the_company_keeps_out_its_customer_does_not_let_in(
    world: World, customer: Customer, alice: Visitor
) -> None:
    with company_scope(world.home.company):
        bob = Contact.objects.get(customer=customer, email="bob@example.com")
    clerk = Browser().sign_in(world.home.clerk)
    clerk.post(f"/admin/access/contact/{bob.pk}/take-away/")
    answer = invite(alice, customer, email="bob@example.com")
    assert answer.status_code == 422
    assert "We took this person" in text_of(answer)
    with company_scope(world.home.company):
        assert not Invitation.objects.exists()
    clerk.post(f"/admin/access/contact/{bob.pk}/let-in/")
    with company_scope(world.home.company):
        assert Invitation.objects.get().contact_id == bob.pk


def test_an_invitation_that_is_limited_does_not_grow(
    world: World, customer: Customer, alice: Visitor
) -> None:
    """Its site was put away, or its last day has passed, before it was taken up."""
    with company_scope(world.home.company):
        shop = BuildingSite.objects.create(customer=customer, name="Shop")
        with pytest.raises(NotTheirSite):
            invite_colleague(
                customer,
                name="Eve",
                email="eve@example.com",
                grant=Grant(("viewer",), (shop.pk + 1000,)),
                by=world.alice,
            )
    invite(alice, customer, sites=shop.pk)
    nina = Visitor()
    nina.get(link_in(mails_to(world.home.company, NINA)[-1], "access/invited/"))
    with company_scope(world.home.company):
        BuildingSite.objects.update(archived_at=timezone.now())
    assert nina.send(INVITED, PAIR).status_code == 422
    with company_scope(world.home.company):
        BuildingSite.objects.update(archived_at=None)
        Invitation.objects.update(until=timezone.now() - timedelta(hours=1))
    assert nina.send(INVITED, PAIR).status_code == 422
    with company_scope(world.home.company):
        assert not Membership.objects.filter(contact__email=NINA).exists()


def test_an_owner_sends_no_flood_of_mails(world: World, customer: Customer, alice: Visitor) -> None:
    answers = [
        invite(alice, customer, name=f"N{number}", email=f"n{number}@example.com").status_code
        for number in range(31)
    ]
    assert answers == [303] * 30 + [429]
    with company_scope(world.home.company):
        assert Invitation.objects.count() == 30


def test_nothing_changed_is_told_to_nobody(world: World, customer: Customer, alice: Visitor) -> None:
    path = page_of(customer, f"{world.bob.uuid}/")
    assert alice.send(path, {"roles": "viewer"}).status_code == 303
    with company_scope(world.home.company):
        assert not OutboxMessage.objects.filter(event="accounts.your_access_changed").exists()
        assert not LogEntry.objects.filter(action="accounts.change_access").exists()
