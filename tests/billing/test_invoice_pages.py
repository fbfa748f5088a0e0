"""One invoice on its page: what it claims, how it stands, how it is paid, and who may see it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal

import pytest

from portal_modules.billing.actions import Claim, Part, cancel_invoice, credit_invoice, note_call
from portal_modules.billing.models import Invoice
from portal_modules.core.scope import company_scope
from tests.billing.claiming import claim, today_of
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(world: World) -> Browser:
    return Browser().sign_in(world.alice, world.home.company)


def page_of(invoice: Invoice) -> str:
    return at(f"my/billing/invoices/{invoice.pk}/")


@pytest.mark.row("E11")
@pytest.mark.row("E13")
def test_lines_taxes_instalments_and_the_ways_to_pay_and_print(world: World, alice: Browser) -> None:
    today = today_of(world.home)
    invoice = claim(
        world.home,
        "alice",
        "1",
        claims=[
            Claim("Translation", Decimal("100"), Decimal("2.5"), unit="h", tax_rate=Decimal(23)),
            Claim("Travel", Decimal("40"), withheld=Decimal("10")),
        ],
        due_on=None,
        parts=[
            Part(today + timedelta(days=10), Decimal("300.00")),
            Part(today + timedelta(days=40), Decimal("37.50")),
        ],
        purchase_order="PO-31",
        reference="Citizenship",
    )
    page = text_of(alice.get(page_of(invoice)))
    for shown in (
        "Citizenship",
        "PO-31",
        "Translation",
        "2.5 h",
        "€57.50",
        "−€10.00",
        "€337.50",
        "1/2",
        "€37.50",
    ):
        assert shown in page
    assert f'href="{page_of(invoice)}pdf/"' in page
    assert "Pay here" in page
    assert 'id="thread' in page


@pytest.mark.row("F16")
def test_paying_early_is_worth_something_as_long_as_it_is(world: World, alice: Browser) -> None:
    today = today_of(world.home)
    early = claim(world.home, "alice", "200", discount_percent=Decimal(5), discount_until=today)
    late = claim(
        world.home, "alice", "200", discount_percent=Decimal(5), discount_until=today - timedelta(days=1)
    )
    page = text_of(alice.get(page_of(early)))
    assert "€190.00" in page
    assert "€10.00 less" in page
    assert "less." not in text_of(alice.get(page_of(late)))


def test_credits_are_shown_and_what_staff_note_is_not(world: World, alice: Browser) -> None:
    invoice = claim(world.home, "alice", "80", due_in=-20)
    with company_scope(world.home.company):
        credit_invoice(invoice, by=None, amount=Decimal("30"), reason="Half a day less")
        note_call(invoice.customer, by=world.home.clerk, text="Difficult to reach", invoice=invoice)
    page = text_of(alice.get(page_of(invoice)))
    assert "Half a day less" in page
    assert "€50.00" in page
    assert "Difficult to reach" not in page


def test_a_cancelled_one_says_so_and_asks_for_nothing(world: World, alice: Browser) -> None:
    invoice = claim(world.home, "alice", "80")
    with company_scope(world.home.company):
        cancel_invoice(invoice, by=None, reason="Written twice")
    page = text_of(alice.get(page_of(invoice)))
    assert "Cancelled" in page
    assert "Pay here" not in page


@pytest.mark.parametrize("verb", ["get", "post", "put", "patch", "delete", "options"])
def test_nobody_elses_by_any_verb(world: World, alice: Browser, verb: str) -> None:
    for other in (claim(world.home, "charlie", "77"), claim(world.other, "dora", "88")):
        for address in (page_of(other), f"{page_of(other)}pdf/"):
            answer = getattr(alice, verb)(address)
            assert answer.status_code in {404, 405}
            assert str(other.number) not in text_of(answer).replace(str(other.pk), "")
        with company_scope(
            (world.home if other.company_id == world.home.company.pk else world.other).company
        ):
            assert Invoice.objects.get(pk=other.pk).state == other.state


def test_its_page_costs_the_same_however_much_hangs_from_it(
    world: World, alice: Browser, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    invoices = [
        claim(
            world.home, "alice", "1", claims=[Claim(f"Line {n}", Decimal(3)) for n in range(lines)], due_in=-9
        )
        for lines in (1, 60)
    ]
    costs = []
    for invoice in invoices:
        for _warm in range(2):
            assert alice.get(page_of(invoice)).status_code == 200
        with count_queries() as made:
            alice.get(page_of(invoice))
        costs.append(len(made))
    assert costs[0] == costs[1] <= 12, made
