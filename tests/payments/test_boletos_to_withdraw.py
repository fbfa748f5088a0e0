"""A boleto whose invoice was paid another way is still alive at the bank: staff are told until somebody withdrew it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from portal_modules.billing.actions import Part, billing_day, cancel_invoice, keep_slip
from portal_modules.billing.actions.slips import demo_line
from portal_modules.billing.choices import SlipState
from portal_modules.billing.models import BankSlip, Instalment, Invoice
from portal_modules.core.scope import company_scope
from portal_modules.payments.actions import allocate_oldest_first, record_payment
from tests.billing.billed import issued
from tests.world.browsing import Browser
from tests.world.companies import CompanyWorld, World

pytestmark = pytest.mark.django_db

REGISTER = "/admin/billing/bankslip/"
TO_WITHDRAW = "Boletos to withdraw at the bank"


def boletos_of(invoice: Invoice) -> list[BankSlip]:
    return [
        keep_slip(
            invoice, by=None, line=demo_line(invoice, part), our_number=f"N{invoice.serial}-{part.number}"
        )
        for part in Instalment.objects.filter(invoice=invoice).order_by("number")
    ]


def pays(side: CompanyWorld, amount: str) -> None:
    payment = record_payment(
        side.customers["dora"],
        by=None,
        amount=Decimal(amount),
        currency="BRL",
        method="pix",
        on=billing_day(side.company),
    )
    allocate_oldest_first(payment, by=None)


@pytest.mark.row("E04")
def test_what_was_paid_by_pix_is_withdrawn_at_the_bank(world: World) -> None:
    side = world.other
    today = billing_day(side.company)
    parts = [Part(today + timedelta(days=30 * number), Decimal(50)) for number in (1, 2)]
    invoice = issued(side, "dora", parts=parts, currency="BRL")
    with company_scope(side.company):
        first, second = boletos_of(invoice)
    manager = Browser().sign_in(side.manager)
    assert TO_WITHDRAW not in manager.get("/admin/").content.decode()
    with company_scope(side.company):
        pays(side, "70")
    assert TO_WITHDRAW in manager.get("/admin/").content.decode()
    listed = manager.get(f"{REGISTER}?owed=no&sort=due_on").content.decode()
    assert first.our_number in listed
    assert second.our_number not in listed, "a part of it is owed"
    answer = manager.post(f"{REGISTER}inspect/{first.pk}/", {"verb": "withdraw"})
    assert answer.status_code == 302
    assert TO_WITHDRAW not in manager.get("/admin/").content.decode()
    with company_scope(side.company):
        assert BankSlip.objects.get(pk=first.pk).state == SlipState.CANCELLED
        pays(side, "30")
        assert list(BankSlip.objects.to_withdraw()) == [second]


def test_one_boleto_for_all_parts_is_owed_as_long_as_the_invoice_is(world: World) -> None:
    side = world.other
    today = billing_day(side.company)
    parts = [Part(today + timedelta(days=30 * number), Decimal(50)) for number in (1, 2)]
    invoice = issued(side, "dora", parts=parts, currency="BRL")
    with company_scope(side.company):
        slip, _second = boletos_of(invoice)
        BankSlip.objects.filter(pk=slip.pk).update(instalment=None)
        BankSlip.objects.exclude(pk=slip.pk).update(state=SlipState.REPLACED)
        pays(side, "50")
        assert not BankSlip.objects.to_withdraw().exists()
        pays(side, "50")
        assert list(BankSlip.objects.to_withdraw()) == [slip]


def test_of_a_cancelled_invoice_nothing_is_owed(world: World) -> None:
    side = world.other
    invoice = issued(side, "dora", currency="BRL")
    with company_scope(side.company):
        slips = boletos_of(invoice)
        assert not BankSlip.objects.to_withdraw().exists()
        cancel_invoice(invoice, by=None, reason="Twice")
        assert list(BankSlip.objects.to_withdraw()) == slips


def test_who_only_looks_is_asked_for_nothing(world: World) -> None:
    side = world.other
    invoice = issued(side, "dora", currency="BRL")
    with company_scope(side.company):
        boletos_of(invoice)
        pays(side, "100")
    assert TO_WITHDRAW not in Browser().sign_in(side.reader).get("/admin/").content.decode()
