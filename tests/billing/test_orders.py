"""The customer's own order number: written by them, printed, found, and taken along."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from portal_modules.billing.actions import cancel_invoice
from portal_modules.billing.models import Invoice
from portal_modules.core.models import LogEntry
from portal_modules.core.scope import company_scope
from tests.billing.claiming import claim
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

HERE = "/p/castro-lima/en/my/billing/"


@pytest.fixture
def invoice(world: World) -> Invoice:
    return claim(world.home, "alice", "50")


def order_of(world: World, invoice: Invoice) -> str:
    with company_scope(world.home.company):
        return str(Invoice.objects.get(pk=invoice.pk).purchase_order)


def path(invoice: Invoice) -> str:
    return f"{HERE}invoices/{invoice.pk}/"


@pytest.mark.row("E11")
def test_an_owner_writes_it_and_it_is_found_and_taken_along(world: World, invoice: Invoice) -> None:
    alice = Browser().sign_in(world.alice, world.home.company)
    assert f"{path(invoice)}order/" in alice.get(path(invoice)).content.decode()
    before = alice.get(f"{path(invoice)}pdf/").content
    assert alice.post(f"{path(invoice)}order/", {"order": "  PO 4711\t/ 26 "}).status_code == 302
    assert order_of(world, invoice) == "PO 4711 / 26"
    assert "PO 4711 / 26" in alice.get(path(invoice)).content.decode()
    assert alice.get(f"{path(invoice)}pdf/").content != before, "the paper says it, too"
    found = alice.get(HERE, {"q": "4711"}).content.decode()
    assert str(invoice.number) in found
    answer: Any = alice.get(f"{HERE}export/csv/")
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row["Your purchase order"] for row in rows] == ["PO 4711 / 26"]
    clerk = Browser().sign_in(world.home.manager)
    assert str(invoice.number) in clerk.get("/admin/billing/invoice/?q=4711").content.decode()
    with company_scope(world.home.company):
        assert LogEntry.objects.filter(action="billing.write_order", object_id=str(invoice.pk)).count() == 1
    assert alice.post(f"{path(invoice)}order/", {"order": ""}).status_code == 302
    assert order_of(world, invoice) == ""


def test_who_may_only_look_writes_nothing(world: World, invoice: Invoice) -> None:
    bob = Browser().sign_in(world.bob, world.home.company)
    assert f"{path(invoice)}order/" not in bob.get(path(invoice)).content.decode()
    assert bob.post(f"{path(invoice)}order/", {"order": "X"}).status_code == 403
    charlie = Browser().sign_in(world.charlie, world.home.company)
    assert charlie.post(f"{path(invoice)}order/", {"order": "X"}).status_code == 404
    alice = Browser().sign_in(world.alice, world.home.company)
    for wrong in ("x" * 61, "a\x00b"):
        assert alice.post(f"{path(invoice)}order/", {"order": wrong}).status_code == 422
    with company_scope(world.home.company):
        cancel_invoice(invoice, by=None, reason="Twice")
    assert alice.post(f"{path(invoice)}order/", {"order": "X"}).status_code == 422
    assert order_of(world, invoice) == ""


def test_nothing_else_of_an_issued_invoice_gives_way(world: World, invoice: Invoice) -> None:
    with (
        company_scope(world.home.company),
        pytest.raises(DatabaseError, match="stays as it is"),
        transaction.atomic(),
    ):
        Invoice.objects.filter(pk=invoice.pk).update(purchase_order="X", reference="Y")
    assert order_of(world, invoice) == ""
