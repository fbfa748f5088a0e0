"""What a role does not see does not exist for it, and an access that is limited to sites reaches only those."""

from __future__ import annotations

from typing import Any

import pytest

from portal_modules.conversations.actions import write_message
from portal_modules.core.access import Access, ActorKind, Level, MembershipGrant
from portal_modules.core.records import records
from portal_modules.core.scope import company_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import BuildingSite, Contact, Membership
from portal_modules.documents.actions import ask_for_document
from portal_modules.notifications.models import BellEntry, OutboxMessage
from portal_modules.processes.actions import publish_notice
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import World, make_user

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
