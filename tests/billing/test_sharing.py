"""A share link to an invoice: how it stands, and of the rest only what its sender ticked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from portal_modules.billing.actions import Claim, give_to_agency
from portal_modules.billing.models import FiscalDocument, Invoice
from portal_modules.core.models import LogEntry
from portal_modules.core.scope import VISITOR, company_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Membership
from tests.accounts.test_share_links import fresh
from tests.billing.claiming import claim
from tests.billing.issuing import note_of
from tests.world.browsing import Browser
from tests.world.companies import World
from tests.world.links import link_to

pytestmark = pytest.mark.django_db

RECORD = "/p/castro-lima/en/s/record/"


@pytest.fixture
def invoice(world: World) -> Invoice:
    return claim(world.home, "alice", "0", claims=[Claim("LINE-MARK drafting of deeds", Decimal("123.45"))])


@pytest.fixture
def note(world: World, invoice: Invoice) -> FiscalDocument:
    return note_of(world.home, "alice", invoice=invoice)


def shown(world: World, invoice: Invoice, *parts: str) -> tuple[Browser, str]:
    link = link_to(world.home.company, invoice, world.alice, parts=parts)
    browser = Browser().with_link(world.home.company, link.pk)
    answer = browser.get(RECORD)
    assert answer.status_code == 200
    return browser, answer.content.decode()


def test_its_page_offers_the_links(world: World, invoice: Invoice) -> None:
    alice = fresh(Browser().sign_in(world.alice, world.home.company))
    page = alice.get(f"/p/castro-lima/en/my/billing/invoices/{invoice.pk}/").content.decode()
    assert f"/billing.invoice/{invoice.pk}/" in page
    form = alice.get(f"/p/castro-lima/en/my/shared/billing.invoice/{invoice.pk}/").content.decode()
    for part in ("lines", "paper", "notes", "documents", "conversation"):
        assert f'value="{part}"' in form


@pytest.mark.row("B04")
@pytest.mark.row("B05")
def test_without_a_tick_it_shows_the_amount_and_no_more(
    world: World, invoice: Invoice, note: FiscalDocument
) -> None:
    browser, page = shown(world, invoice)
    assert str(invoice.number) in page
    assert "123.45" in page
    assert "Pending" in page
    assert "/en/i/" in page, "it can be paid"
    for kept in ("LINE-MARK", note.key, note.key_shown, "Alice"):
        assert kept not in page.replace("Alice shows you this", "")
    for pk in (invoice.pk, note.pk):
        assert browser.get(f"{RECORD}{pk}/").status_code == 404


def test_each_part_by_its_own_tick(world: World, invoice: Invoice, note: FiscalDocument) -> None:
    browser, page = shown(world, invoice, "lines")
    assert "LINE-MARK" in page
    assert note.key_shown not in page
    browser, page = shown(world, invoice, "paper")
    assert "LINE-MARK" not in page
    pdf: Any = browser.get(f"{RECORD}{invoice.pk}/")
    assert pdf.content.startswith(b"%PDF")
    assert "attachment" in pdf.headers["Content-Disposition"]
    assert browser.get(f"{RECORD}{note.pk}/").status_code == 404
    browser, page = shown(world, invoice, "notes")
    assert note.key_shown in page
    assert browser.get(f"{RECORD}{note.pk}/").content == note.xml.storage.open(note.xml.name).read()
    assert browser.get(f"{RECORD}{invoice.pk}/").status_code == 404
    with company_scope(world.home.company):
        handed = set(LogEntry.objects.filter(action="billing.hand_out").values_list("object_id", flat=True))
    assert handed == {str(invoice.pk), str(note.pk)}


def test_what_is_with_an_agency_is_not_handed_out(world: World, invoice: Invoice) -> None:
    with company_scope(world.home.company):
        give_to_agency(invoice, by=None)
    browser, page = shown(world, invoice, "paper")
    assert "collection agency" in page
    assert "/en/i/" not in page
    assert browser.get(f"{RECORD}{invoice.pk}/").status_code == 404


def test_no_other_invoice_through_it(world: World, invoice: Invoice) -> None:
    other = claim(world.home, "alice", "55")
    foreign = note_of(world.home, "charlie", number=5)
    browser, _page = shown(world, invoice, "lines", "paper", "notes")
    for pk in (other.pk, foreign.pk):
        assert browser.get(f"{RECORD}{pk}/").status_code == 404


def test_it_dies_with_what_its_sender_sees(world: World, invoice: Invoice) -> None:
    browser, _page = shown(world, invoice, "lines")
    with company_scope(world.home.company):
        Membership.objects.filter(user=world.alice).update(roles=[CustomerRole.OPERATIONS])
    assert browser.get(RECORD).status_code == 404


@pytest.mark.parametrize("parts", [[], ["lines"], ["notes"], ["paper"], ["documents"]])
def test_the_walls_alone_keep_what_was_not_ticked(
    world: World, invoice: Invoice, note: FiscalDocument, parts: list[str]
) -> None:
    tables = {"billing_invoiceline": "lines", "billing_fiscaldocument": "notes"}
    with (
        company_scope(world.home.company, VISITOR, records=[invoice.pk], parts=parts),
        connection.cursor() as cursor,
    ):
        for table, part in tables.items():
            cursor.execute(f"select count(id) from {table}")
            assert bool(cursor.fetchone()[0]) == (part in parts), table
