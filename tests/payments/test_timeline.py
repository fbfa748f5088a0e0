"""What became of an invoice: staff read who looked, took it along and paid; customers what concerns them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal_modules.core.models import LogEntry
from portal_modules.core.scope import company_scope
from portal_modules.notifications.models import OutboxMessage
from portal_modules.notifications.tasks import sweep
from portal_modules.payments.actions import refund_payment
from tests.billing.billed import issued
from tests.payments.paid import pay
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

MY = "/p/castro-lima/en/my/"


def actions(world: World, action: str) -> list[str]:
    with company_scope(world.home.company):
        return list(LogEntry.objects.filter(action=action).values_list("actor_name", flat=True))


@pytest.mark.row("X02")
def test_the_invoices_page_of_staff_tells_what_the_customer_did_with_it(world: World) -> None:
    home = world.home
    invoice = issued(home)
    sweep.func()
    with company_scope(home.company):
        assert OutboxMessage.objects.filter(event="billing.issued", state="sent").exists()
    alice = Browser().sign_in(world.alice, home.company)
    for _each in range(3):
        assert alice.get(f"{MY}billing/invoices/{invoice.pk}/").status_code == 200
    bob = Browser().sign_in(world.bob, home.company)
    assert bob.get(f"{MY}billing/invoices/{invoice.pk}/").status_code == 200
    assert alice.get(f"{MY}billing/invoices/{invoice.pk}/pdf/").status_code == 200
    payment = pay(home, "100", invoice)
    with company_scope(home.company):
        refund_payment(payment, by=None, amount=Decimal(40), reason="Sent back")
    # Once a day for each of them.
    assert sorted(actions(world, "billing.view")) == ["Alice", "Bob"]
    page = (
        Browser().sign_in(home.manager).get(f"/admin/billing/invoice/inspect/{invoice.pk}/").content.decode()
    )
    for words in (
        "A mail about it was delivered",
        "The customer looked at it",
        "The customer downloaded it",
        "A payment was used for it",
        "A payment was taken back from it",
    ):
        assert words in page, words
    theirs = alice.get(f"{MY}billing/invoices/{invoice.pk}/").content.decode()
    assert "A payment was taken back: €40.00 open" in theirs
    assert "The customer looked at it" not in theirs
    assert "Refunded: €40.00" in alice.get(f"{MY}payments/{payment.pk}/").content.decode()


def test_a_stranger_who_is_refused_leaves_no_line(world: World) -> None:
    invoice = issued(world.home)
    charlie = Browser().sign_in(world.charlie, world.home.company)
    assert charlie.get(f"{MY}billing/invoices/{invoice.pk}/").status_code == 404
    assert charlie.get(f"{MY}billing/invoices/{invoice.pk}/pdf/").status_code == 404
    assert actions(world, "billing.view") == actions(world, "billing.download") == []
