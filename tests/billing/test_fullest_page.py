"""What the page of an invoice costs when it has all that an invoice can have."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal_modules.billing.actions import (
    Claim,
    Part,
    credit_invoice,
    dispute_invoice,
    draft_invoice,
    issue_invoice,
    promise_payment,
)
from portal_modules.billing.models import BankSlip, Invoice
from portal_modules.billing.papers.bank_lines import line_of, make_barcode
from portal_modules.conversations.actions import write_message
from portal_modules.core.access import ActorKind
from portal_modules.core.scope import company_scope
from portal_modules.payments.actions import declare_payment, refund_payment
from portal_modules.payments.choices import AttemptState
from tests.billing.claiming import today_of
from tests.billing.issuing import bank_account, late_fees, note_of
from tests.cms.test_queries import NOT_COUNTED
from tests.payments.online import account as account_online
from tests.payments.paid import attempt, pay
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

# Each kind of row that there is costs one; twelve are what an ordinary invoice may cost (`make bench`).
MOST = 20


@pytest.fixture
def invoice(world: World) -> Invoice:
    """Lines with taxes and withholdings, parts, payments, a credit, a refund, notes, a boleto, and what was said."""
    side = world.other
    late_fees(side)
    account, today = bank_account(side), today_of(side)
    with company_scope(side.company):
        dora = side.customers["dora"]
        draft = draft_invoice(
            dora,
            by=None,
            claims=[
                Claim("Scissor lift, 30 days", Decimal(1000), tax_rate=Decimal(5)),
                Claim("Transport", Decimal(200), withheld=Decimal(20)),
            ],
            parts=[
                Part(today - timedelta(days=40), Decimal(615)),
                Part(today + timedelta(days=20), Decimal(615)),
            ],
            currency="BRL",
            bank_account=account,
            purchase_order="PO-31",
            period_from=today - timedelta(days=80),
            period_to=today - timedelta(days=50),
        )
        made = issue_invoice(draft, by=None, on=today - timedelta(days=50))
        part = made.instalments.get(number=1)
        barcode = make_barcode("341", part.due_on, part.amount, f"{made.serial:025d}")
        BankSlip.objects.create(
            invoice=made,
            instalment=part,
            bank_account=account,
            bank="341",
            line=line_of(barcode),
            barcode=barcode,
            our_number="12345678",
            due_on=part.due_on,
            amount=part.amount,
            currency="BRL",
            registered_on=made.issued_on,
        )
    note_of(side, "dora", invoice=made)
    provider = account_online(side.company, methods=["card", "pix"])
    paid = pay(side, "100", made, who="dora", currency="BRL")
    pay(side, "50", who="dora", currency="BRL")
    attempt(side, provider, made, who="dora", amount=Decimal(50), state=AttemptState.PENDING)
    with company_scope(side.company):
        refund_payment(paid, by=None, amount=Decimal(40), reason="Too much")
        credit_invoice(made, by=None, amount=Decimal(30), reason="Half a day less")
        told = {"amount": Decimal(10), "currency": "BRL", "paid_on": today, "method": "transfer"}
        declare_payment(dora, by=world.dora, invoices=[made], **told)
        dispute_invoice(made, by=None, reason="Other days")
        promise_payment(made, by=None, on=today + timedelta(days=5))
        write_message(made, body="Which days?", actor=ActorKind.CONTACT, by=world.dora, author_name="Dora")
        write_message(made, body="These.", actor=ActorKind.STAFF, by=side.clerk, author_name="Clerk")
    return made


def test_each_kind_of_row_costs_one_statement_at_most(world: World, invoice: Invoice) -> None:
    dora = Browser().sign_in(world.dora, world.other.company)
    path = f"/p/altura/en/my/billing/invoices/{invoice.pk}/"
    for _each in range(2):
        page = dora.get(path).content.decode()
    for shown in (
        "Instalments",
        "Half a day less",
        "Fiscal notes",
        "What it comes to today",
        "Download the boleto",
        "Which days?",
        "PO-31",
        "You promised to pay by",
    ):
        assert shown in page, shown
    with CaptureQueriesContext(connection) as captured:
        dora.get(path)
    made = [each["sql"] for each in captured if not each["sql"].startswith(NOT_COUNTED)]
    assert len(made) <= MOST, made
