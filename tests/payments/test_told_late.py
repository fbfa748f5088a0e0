"""A customer tells of a late payment: what waiting cost is fine and interest in the books, and no credit."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from portal_modules.billing.actions import billing_day
from portal_modules.billing.models import Invoice
from portal_modules.core.scope import company_scope
from portal_modules.payments.actions import confirm_declared, declare_payment
from portal_modules.payments.actions.bank import book_line
from portal_modules.payments.bank.txids import txid_of
from portal_modules.payments.models import DeclaredPayment, Payment
from tests.billing import issuing
from tests.world.browsing import Browser
from tests.world.companies import World

from .bank.files import Moved
from .test_bank_lines import only_line, opened, taken, today

pytestmark = pytest.mark.django_db


def told(world: World, invoice: Invoice, amount: str, *, days_ago: int = 0) -> DeclaredPayment:
    side = world.other
    with company_scope(side.company):
        return declare_payment(
            side.customers["dora"],
            by=world.dora,
            amount=Decimal(amount),
            currency=invoice.currency,
            paid_on=billing_day(side.company) - timedelta(days=days_ago),
            method="pix",
            invoices=[invoice],
        )


@pytest.mark.parametrize(
    ("amount", "days_ago", "fees", "credit"),
    [
        ("1275.65", 0, "41.15", "0"),
        ("1250.00", 0, "15.50", "0"),
        ("1300.00", 0, "41.15", "24.35"),
        ("1234.50", 0, "0", "0"),
        ("1300.00", 40, "0", "65.50"),  # paid on the due date, and told of late
    ],
)
def test_one_click_books_fine_and_interest_of_the_day_it_was_paid(
    world: World, amount: str, days_ago: int, fees: str, credit: str
) -> None:
    """1,234.50 that were due 40 days ago: 2 %, and 1 % a month."""
    side = world.other
    issuing.late_fees(side)
    invoice = issuing.issued(side, "dora", days_late=40)
    declared = told(world, invoice, amount, days_ago=days_ago)
    inspect = f"/admin/payments/declaredpayment/inspect/{declared.pk}/"
    assert Browser().sign_in(side.manager).post(inspect, {"verb": "confirm"}).status_code == 302
    with company_scope(side.company):
        payment = Payment.objects.get()
        assert (payment.fees, payment.unallocated) == (Decimal(fees), Decimal(credit))
        assert opened(invoice) == 0


def test_staff_say_what_of_it_is_interest(world: World) -> None:
    side = world.other
    issuing.late_fees(side)
    invoice = issuing.issued(side, "dora", days_late=40)
    declared = told(world, invoice, "1300.00")
    inspect = f"/admin/payments/declaredpayment/inspect/{declared.pk}/"
    manager = Browser().sign_in(side.manager)
    typed = {
        "verb": "otherwise",
        "otherwise-invoices": [str(invoice.pk)],
        "otherwise-amount": "1300,00",
        "otherwise-on": today(side).isoformat(),
    }
    manager.post(inspect, {**typed, "otherwise-fees": "1300,01"})  # more than came
    with company_scope(side.company):
        assert not Payment.objects.exists()
    assert manager.post(inspect, {**typed, "otherwise-fees": "0"}).status_code == 302
    with company_scope(side.company):
        payment = Payment.objects.get()
        assert (payment.fees, payment.unallocated) == (Decimal(0), Decimal("65.50"))


@pytest.mark.parametrize("fees", [None, "41.15"])
def test_the_line_of_the_bank_confirms_what_was_told_with_its_fees(world: World, fees: str | None) -> None:
    side = world.other
    issuing.late_fees(side)
    invoice = issuing.issued(side, "dora", days_late=40)
    declared = told(world, invoice, "1275.65")
    with company_scope(side.company):
        taken(side, [Moved(today(side), "1275.65", "F1", "DORA", f"PIX {txid_of(invoice.pk)}")])
        payment = book_line(only_line(), by=None, fees=None if fees is None else Decimal(fees))
        assert (payment.declared_id, payment.fees) == (declared.pk, Decimal("41.15"))
        assert payment.unallocated == opened(invoice) == 0
        declared.refresh_from_db()
        assert declared.state == "confirmed"


def test_money_for_nothing_named_is_credit_alone(world: World) -> None:
    side = world.other
    issuing.late_fees(side)
    invoice = issuing.issued(side, "dora", days_late=40)
    declared = told(world, invoice, "1300.00")
    with company_scope(side.company):
        payment = confirm_declared(declared, by=None, invoices=[])
        assert (payment.fees, payment.unallocated) == (Decimal(0), Decimal(1300))
        assert opened(invoice) == Decimal("1234.50")
