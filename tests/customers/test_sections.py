"""What a role does not see does not exist for it, and an access that is limited to sites reaches only those."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from portal_modules.conversations.actions import write_message
from portal_modules.core.access import Access, ActorKind, Level, MembershipGrant
from portal_modules.core.looking import memberships_of
from portal_modules.core.records import records
from portal_modules.core.scope import company_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import BuildingSite, Contact, Membership, MembershipSite
from portal_modules.documents.actions import ask_for_document
from portal_modules.notifications.models import BellEntry, OutboxMessage
from portal_modules.processes.actions import place_process, publish_notice
from portal_modules.processes.exceptions import SiteOfAnotherCustomer
from portal_modules.processes.models import Process
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import World, make_process, make_user

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def fiona(world: World) -> Any:
    """She looks after the money of alice's customer."""
    user = make_user("fiona@example.com", "Fiona")
    with company_scope(world.home.company):
        customer = world.home.customers["alice"]
        card = Contact.objects.create(customer=customer, name="Fiona", email=user.email)
        Membership.objects.create(customer=customer, user=user, contact=card, roles=[CustomerRole.FINANCE])
    return user


@pytest.fixture
def browser(world: World, fiona: Any) -> Browser:
    return Browser().sign_in(fiona, world.home.company)


@pytest.mark.row("A39")
@pytest.mark.parametrize(
    "path",
    [
        "my/processes/",
        "my/processes/{process}/",
        "my/processes/reviews/",
        "my/processes/reviews/new/",
        "my/processes/write/",
    ],
)
def test_a_section_has_no_address_for_a_role_that_does_not_see_it(
    world: World, browser: Browser, path: str
) -> None:
    path = at(path.format(process=world.home.processes["alice"].pk))
    assert browser.get(path).status_code == 404
    assert browser.post(path).status_code == 404
    assert Browser().sign_in(world.bob, world.home.company).get(path).status_code in {200, 302, 403}


@pytest.mark.row("A39")
def test_nor_an_entry_a_card_a_step_or_a_counter(world: World, browser: Browser) -> None:
    own, other = Browser().sign_in(world.bob, world.home.company), browser
    assert 'href="/p/castro-lima/en/my/processes/' in text_of(own.get(at("my/")))
    for answer in (other.get(at("my/")), other.get(at("my/cards/"), headers=HTMX), other.get(at("help/"))):
        assert answer.status_code == 200
        assert "my/processes/" not in text_of(answer)
        assert "Registry CASTRO-OWN" not in text_of(answer)


@pytest.mark.row("A39")
def test_nor_a_switch_for_its_mails(world: World, browser: Browser) -> None:
    page = at("my/notifications/preferences/")
    assert "entered a new phase" in text_of(Browser().sign_in(world.bob, world.home.company).get(page))
    shown = text_of(browser.get(page))
    assert "entered a new phase" not in shown
    assert "We wrote to you" in shown


@pytest.mark.row("A39")
def test_nor_what_hangs_from_its_records(world: World, browser: Browser, fiona: Any) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        write_message(
            process,
            body="Between us and the owner",
            files=[],
            by=world.home.clerk,
            actor=ActorKind.STAFF,
            author_name="Clerk",
        )
        ask_for_document(
            process.customer, title={"en": "Birth record"}, reason={}, due_on=None, record=process, by=None
        )
        ask_for_document(
            process.customer, title={"en": "Bank proof"}, reason={}, due_on=None, record=None, by=None
        )
    assert "Between us and the owner" not in text_of(browser.get(at("my/conversations/")))
    papers = text_of(browser.get(at("my/documents/")))
    assert "Bank proof" in papers
    assert "Birth record" not in papers
    answer = browser.post(at(f"my/conversations/processes.process/{process.pk}/"), {"body": "hello"})
    assert answer.status_code == 404
    owner = Browser().sign_in(world.alice, world.home.company)
    assert "Birth record" in text_of(owner.get(at("my/documents/")))


def test_nor_a_mail_or_the_bell(world: World, fiona: Any) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        publish_notice(
            process, title={"en": "News"}, body={"en": "Of it"}, is_marked=False, by=world.home.clerk
        )
        mailed = set(OutboxMessage.objects.values_list("contact__email", flat=True))
        rung = set(BellEntry.objects.values_list("user_id", flat=True))
    assert "alice@example.com" in mailed
    assert "fiona@example.com" not in mailed
    assert world.alice.pk in rung
    assert fiona.pk not in rung


def test_a_role_counts_for_its_own_customer_only(world: World) -> None:
    alice, charlie = (world.home.customers[name].pk for name in ("alice", "charlie"))
    access = Access(
        company=world.home.company,
        actor=ActorKind.CONTACT,
        level=Level.PASSWORD,
        memberships=(
            MembershipGrant(alice, frozenset({CustomerRole.FINANCE})),
            MembershipGrant(charlie, frozenset({CustomerRole.OWNER})),
        ),
    )
    with company_scope(world.home.company):
        seen = records.visible_to("processes.process", access)
        assert {process.customer_id for process in seen} == {charlie}


def test_an_access_to_some_sites_reaches_no_other(world: World) -> None:
    customer = world.home.customers["alice"]
    with company_scope(world.home.company):
        shop, plant = (
            BuildingSite.objects.create(customer=customer, name=name) for name in ("Shop", "Plant")
        )
        grant = MembershipGrant(customer.pk, frozenset({CustomerRole.OPERATIONS}), frozenset({shop.pk}))
        limited, whole = (
            Access(company=world.home.company, actor=ActorKind.CONTACT, memberships=(each,))
            for each in (grant, MembershipGrant(customer.pk, grant.roles))
        )
        assert list(BuildingSite.objects.visible_to(limited)) == [shop]
        assert set(BuildingSite.objects.visible_to(whole)) == {shop, plant}


# ---- sites ----------------------------------------------------------------------------------------


@pytest.fixture
def sites(world: World) -> list[BuildingSite]:
    """Two places of alice's customer, as staff write them down."""
    clerk = Browser().sign_in(world.home.clerk)
    customer = world.home.customers["alice"]
    page = f"/admin/customers/customer/inspect/{customer.pk}/"
    for name in ("Shop", "Plant"):
        assert clerk.post(page, {"verb": "site", "site-name": name}).status_code == 302
    assert clerk.post(page, {"verb": "site", "site-name": "shop"}).status_code == 422, "there is one"
    assert "Plant" in text_of(clerk.get(page))
    with company_scope(world.home.company):
        return list(BuildingSite.objects.filter(customer=customer).order_by("-name"))


@pytest.mark.row("A39")
def test_who_is_limited_to_a_site_sees_and_hears_only_of_what_is_there(
    world: World, sites: list[BuildingSite]
) -> None:
    shop, plant = sites
    process, customer = world.home.processes["alice"], world.home.customers["alice"]
    clerk = Browser().sign_in(world.home.clerk)
    page = f"/admin/processes/process/inspect/{process.pk}/"
    assert clerk.post(page, {"verb": "place", "place-site": shop.pk}).status_code == 302
    with company_scope(world.home.company):
        other = make_process(world.home, customer, title="At the plant", site=plant)
        bob = Membership.objects.get(user=world.bob)
        MembershipSite.objects.create(membership=bob, site=shop, customer=customer)
        asked = ask_for_document(
            customer, title={"en": "Plan of the plant"}, reason={}, due_on=None, record=other, by=None
        )
        write_message(other, body="Of the plant", by=None, actor=ActorKind.STAFF, author_name="Clerk")
        mailed = set(OutboxMessage.objects.values_list("contact__email", flat=True))
        rung = set(BellEntry.objects.values_list("user_id", flat=True))
    browser = Browser().sign_in(world.bob, world.home.company)
    shown = text_of(browser.get(at("my/processes/")))
    assert str(process.pk) in shown
    assert str(other.pk) not in shown
    assert "Shop" in text_of(browser.get(at(f"my/processes/{process.pk}/")))
    assert browser.get(at(f"my/processes/{other.pk}/")).status_code == 404
    assert browser.get(at(f"my/documents/{asked.pk}/")).status_code == 404
    for path in ("my/", "my/documents/", "my/conversations/", "my/notifications/"):
        page = text_of(browser.get(at(path)))
        assert "plant" not in page.lower(), path
    assert (world.alice.pk in rung, world.bob.pk in rung) == (True, False)
    assert "alice@example.com" in mailed
    assert "bob@example.com" not in mailed


@pytest.mark.row("A39")
def test_what_is_asked_of_the_customer_as_a_whole_is_not_asked_of_who_is_limited(
    world: World, sites: list[BuildingSite]
) -> None:
    customer, process = world.home.customers["alice"], world.home.processes["alice"]
    with company_scope(world.home.company):
        bob = Membership.objects.get(user=world.bob)
        MembershipSite.objects.create(membership=bob, site=sites[0], customer=customer)
        Process.objects.filter(pk=process.pk).update(site=sites[0])
        whole, there = (
            ask_for_document(customer, title={"en": title}, reason={}, due_on=None, record=about, by=None)
            for title, about in (("The balance sheet", None), ("The plan", process))
        )
        rung = set(BellEntry.objects.filter(record_id=whole.pk).values_list("user_id", flat=True))
        held = memberships_of(world.bob.pk, world.home.company)
        access = Access(actor=ActorKind.CONTACT, user_id=world.bob.pk, memberships=held)
        assert not Contact.objects.visible_to(access).exists(), "nor are the others' cards"
    bobs, alices = (Browser().sign_in(each, world.home.company) for each in (world.bob, world.alice))
    for path in ("my/", "my/documents/", "my/notifications/"):
        assert "balance sheet" not in text_of(bobs.get(at(path))), path
    assert "The plan" in text_of(bobs.get(at("my/documents/")))
    assert bobs.get(at(f"my/documents/{there.pk}/")).status_code == 200
    assert bobs.get(at(f"my/documents/{whole.pk}/")).status_code == 404
    assert alices.get(at(f"my/documents/{whole.pk}/")).status_code == 200
    assert (world.alice.pk in rung, world.bob.pk in rung) == (True, False)


def test_a_matter_is_at_no_site_of_somebody_else(world: World) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        foreign = BuildingSite.objects.create(customer=world.home.customers["charlie"], name="Elsewhere")
        with pytest.raises(SiteOfAnotherCustomer):
            place_process(process, foreign, by=None)
    with pytest.raises(IntegrityError), transaction.atomic(), company_scope(world.home.company):
        Process.objects.filter(pk=process.pk).update(site=foreign)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
    with company_scope(world.home.company):
        assert Process.objects.get(pk=process.pk).site_id is None
