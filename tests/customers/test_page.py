"""The one page of a customer in the back office."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from portal_modules.conversations.actions import write_message
from portal_modules.core import companies
from portal_modules.core.access import ActorKind
from portal_modules.core.models import CompanyModule
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact, Customer, CustomerGroup
from portal_modules.notifications.models import OutboxMessage
from tests.billing.billed import issued
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World

pytestmark = pytest.mark.django_db


def address(world: World, name: str = "alice", side: str = "home") -> str:
    return f"/admin/customers/customer/inspect/{getattr(world, side).customers[name].pk}/"


@pytest.fixture
def clerk(world: World) -> Browser:
    return Browser().sign_in(world.home.clerk)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_all_of_a_customer_stands_on_one_page(world: World, clerk: Browser) -> None:
    with company_scope(world.home.company):
        OutboxMessage.objects.create(
            event="processes.opened",
            customer=world.home.customers["alice"],
            contact=Contact.objects.get(email="alice@example.com"),
            language="en",
            next_try_at=timezone.now(),
            state="failed",
            error="SMTPResponseException 550",
        )
    page = text(clerk.get(address(world)))
    for words in (
        "People and access",
        "alice@example.com",
        "Has access",
        world.home.processes["alice"].number_shown,
        "days late",
        "Conversations",
        "Documents asked for",
        "Files",
        "SMTPResponseException 550",
        "Send again",
        "History",
        "Open a process",
        "Ask for a document",
        "Add a contact",
    ):
        assert words in page, words
    assert MARKER not in page


def test_each_side_of_a_bridge_can_be_off(world: World, clerk: Browser) -> None:
    with company_scope(world.home.company):
        CompanyModule.objects.create(module="processes", is_on=False)
    companies._cards.clear()
    page = text(clerk.get(address(world)))
    companies._cards.clear()
    assert "People and access" in page
    assert "Open a process" not in page
    assert world.home.processes["alice"].number_shown not in page


def test_the_card_is_changed_by_a_button(world: World, clerk: Browser) -> None:
    with company_scope(world.home.company):
        group = CustomerGroup.objects.create(name="Gold")
    data = {
        "verb": "card",
        "card-language": "es",
        "card-group": group.pk,
        "card-person_in_charge": world.home.clerk.pk,
    }
    assert clerk.post(address(world), data).status_code == 302
    with company_scope(world.home.company):
        customer = Customer.objects.get(pk=world.home.customers["alice"].pk)
        assert (customer.language, customer.group, customer.person_in_charge_id) == (
            "es",
            group,
            world.home.clerk.pk,
        )
    foreign = {**data, "card-person_in_charge": world.other.clerk.pk}
    assert clerk.post(address(world), foreign).status_code == 422
    assert clerk.post(address(world), {**data, "card-language": "xx"}).status_code == 422


def test_archived_nobody_gets_in_and_back_they_do(world: World, clerk: Browser) -> None:
    alice = Browser().sign_in(world.alice, world.home.company)
    my = "/p/castro-lima/en/my/"
    assert alice.get(my).status_code == 200
    assert clerk.post(address(world), {"verb": "archive"}).status_code == 302
    assert alice.get(my).status_code == 302
    assert "Archived on" in text(clerk.get(address(world)))
    assert clerk.post(address(world), {"verb": "contact", "contact-name": "X"}).status_code == 422
    assert clerk.post(address(world), {"verb": "restore"}).status_code == 302
    assert alice.get(my).status_code == 200


def test_who_may_only_look_changes_nothing(world: World) -> None:
    reader = Browser().sign_in(world.home.reader)
    page = text(reader.get(address(world)))
    assert 'role="switch"' not in page
    assert "Add a contact" not in page
    assert reader.post(address(world), {"verb": "archive"}).status_code in {302, 403}
    with company_scope(world.home.company):
        assert Customer.objects.get(pk=world.home.customers["alice"].pk).archived_at is None


def test_another_companys_customer_is_not_there(world: World, clerk: Browser) -> None:
    assert clerk.get(address(world, "dora", "other")).status_code in {302, 404}
    assert clerk.post(address(world, "dora", "other"), {"verb": "archive"}).status_code in {302, 403, 404}


def test_a_contact_has_a_page_of_their_own(world: World, clerk: Browser) -> None:
    with company_scope(world.home.company):
        contact = Contact.objects.get(email="bob@example.com")
    page = text(clerk.get(f"/admin/customers/contact/inspect/{contact.pk}/"))
    assert "bob@example.com" in page
    assert 'aria-checked="true"' in page


def test_what_is_begun_for_a_customer_knows_for_whom(world: World, clerk: Browser) -> None:
    customer = world.home.customers["alice"]
    page = text(clerk.get(address(world)))
    for link in (
        f"/admin/processes/process/create/?customer={customer.pk}",
        f"/admin/documents/documentrequest/create/?customer={customer.pk}",
    ):
        assert link in page
        assert f'<option value="{customer.pk}" selected>' in text(clerk.get(link)), link
    for wrong in ("x", "", "9" * 40, str(world.other.customers["dora"].pk)):
        shown = text(clerk.get(f"/admin/processes/process/create/?customer={wrong}"))
        assert MARKER not in shown


def test_a_conversation_is_named_once(world: World, clerk: Browser) -> None:
    invoice = issued(world.home)
    with company_scope(world.home.company):
        write_message(
            invoice, body="Is it paid?", files=[], by=None, actor=ActorKind.STAFF, author_name="Office"
        )
    page = text(clerk.get(address(world)))
    assert f">Invoice {invoice.number_shown}</a>" in page
    assert f"{invoice.number_shown} · {invoice.number_shown}" not in page
