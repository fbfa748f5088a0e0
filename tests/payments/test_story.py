"""From an invoice to its receipt: told of by the customer, looked at and confirmed by staff."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.users.models import UserProfile

from portal_modules.billing.actions import billing_day
from portal_modules.billing.actions.reminding import pause_of
from portal_modules.billing.links import token_of
from portal_modules.billing.models import Invoice, ReminderStep
from portal_modules.core.models import CompanySetting
from portal_modules.core.scope import company_scope
from portal_modules.notifications.models import OutboxMessage
from portal_modules.payments.actions import confirm_declared
from portal_modules.payments.exceptions import AlreadyDecided
from portal_modules.payments.models import DeclaredPayment, Payment, PaymentPolicy, Refund
from tests.billing import issuing
from tests.billing.billed import issued
from tests.documents.samples import pdf
from tests.payments.paid import counts, left_of, open_of, pay
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

MY = "/p/castro-lima/en/my/payments/"


def told(invoice: Invoice, **facts: object) -> dict[str, object]:
    """What somebody types into the form."""
    with company_scope(invoice.company):
        today = billing_day(invoice.company).isoformat()
    return {
        "invoices": [str(invoice.pk)],
        "amount": "100,00",
        "paid_on": today,
        "method": "transfer",
        "bank": "Banco",
        **facts,
    }


@pytest.mark.row("F04", "F03")
def test_a_payment_is_told_of_confirmed_and_receipted(world: World) -> None:
    invoice = issued(world.home)
    alice = Browser().sign_in(world.alice, world.home.company)
    page = alice.get(f"/p/castro-lima/en/my/billing/invoices/{invoice.pk}/").content.decode()
    assert f"{MY}declare/?invoice={invoice.pk}" in page
    form = alice.get(f"{MY}declare/?invoice={invoice.pk}").content.decode()
    assert invoice.number_shown in form
    proof = SimpleUploadedFile("proof.pdf", pdf(), content_type="application/pdf")
    answer = alice.post(f"{MY}declare/?invoice={invoice.pk}", told(invoice, attachments=proof))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    with company_scope(world.home.company):
        declared = DeclaredPayment.objects.get()
        assert declared.state == "received"
        assert declared.proof is not None
        step = ReminderStep(days=-3)
        waiting = Invoice.objects.select_related("company").get(pk=invoice.pk)
        assert (
            pause_of(waiting, step, on=billing_day(world.home.company), at=declared.created_at) == "declared"
        )
    assert "Received" in alice.get(f"{MY}declared/{declared.pk}/").content.decode()
    assert open_of(invoice) == 100

    manager = Browser().sign_in(world.home.manager)
    inspect = f"/admin/payments/declaredpayment/inspect/{declared.pk}/"
    page = manager.get(inspect).content.decode()
    assert "proof.pdf" in page
    assert invoice.number_shown in page
    assert manager.post(inspect, {"verb": "confirm"}).status_code == 302
    assert open_of(invoice) == 0
    with company_scope(world.home.company):
        payment = Payment.objects.get()
        assert payment.declared_id == declared.pk
        mails = OutboxMessage.objects.filter(event="payments.received")
        assert mails.exists()
        with pytest.raises(AlreadyDecided):
            confirm_declared(declared, by=None)
    assert payment.number in alice.get(MY).content.decode()
    assert (
        "Paid"
        in alice.get(f"/p/castro-lima/en/my/billing/invoices/{invoice.pk}/")
        .content.decode()
        .split('id="thread"')[1]
    )
    receipt = alice.get(f"{MY}{payment.pk}/receipt/")
    assert receipt.content.startswith(b"%PDF")
    assert (
        payment.number in alice.get(f"/p/castro-lima/en/my/billing/invoices/{invoice.pk}/").content.decode()
    )


def test_what_is_not_there_is_refused_with_a_reason_that_the_customer_reads(world: World) -> None:
    invoice = issued(world.home)
    alice = Browser().sign_in(world.alice, world.home.company)
    alice.post(f"{MY}declare/", told(invoice))
    with company_scope(world.home.company):
        declared = DeclaredPayment.objects.get()
    manager = Browser().sign_in(world.home.manager)
    inspect = f"/admin/payments/declaredpayment/inspect/{declared.pk}/"
    assert manager.post(inspect, {"verb": "reject", "reject-reason": ""}).status_code in {200, 422}
    manager.post(inspect, {"verb": "reject", "reject-reason": "It went to another account"})
    page = alice.get(f"{MY}declared/{declared.pk}/").content.decode()
    assert "It went to another account" in page
    assert counts(world.home) == (0, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "0"},
        {"amount": "1e3"},
        {"amount": "-5"},
        {"paid_on": "2999-01-01"},
        {"paid_on": "1800-01-01"},
        {"paid_on": "yesterday"},
        {"method": "gold"},
        {"method": "pix"},
        {"invoices": ["not-an-id"]},
        {"invoices": ["00000000-0000-4000-8000-000000000000"]},
        {"amount": ""},
    ],
)
def test_odd_input_is_refused_and_keeps_nothing(world: World, wrong: dict[str, object]) -> None:
    invoice = issued(world.home)
    alice = Browser().sign_in(world.alice, world.home.company)
    assert alice.post(f"{MY}declare/", told(invoice, **wrong)).status_code == 422
    with company_scope(world.home.company):
        assert not DeclaredPayment.objects.exists()


def test_extra_fields_are_ignored_and_the_same_is_told_once(world: World) -> None:
    invoice, other = issued(world.home), issued(world.home, "charlie")
    alice = Browser().sign_in(world.alice, world.home.company)
    extra = {"state": "confirmed", "customer": "99", "company": "1", "currency": "USD", "number": "X"}
    assert alice.post(f"{MY}declare/", told(invoice, **extra)).status_code == 302
    assert alice.post(f"{MY}declare/", told(invoice)).status_code == 422
    assert alice.post(f"{MY}declare/", told(other)).status_code == 422
    assert alice.get(f"{MY}declare/?invoice={other.pk}").status_code == 404
    with company_scope(world.home.company):
        declared = DeclaredPayment.objects.get()
        assert (declared.state, declared.currency) == ("received", "EUR")
        assert declared.customer_id == world.home.customers["alice"].pk


@pytest.mark.row("G01")
def test_credit_is_seen_and_used_by_who_may(world: World) -> None:
    invoice = issued(world.home)
    pay(world.home, "30.00")
    alice = Browser().sign_in(world.alice, world.home.company)
    bob = Browser().sign_in(world.bob, world.home.company)
    assert "30.00" in alice.get(f"{MY}credit/").content.decode()
    assert bob.post(f"{MY}credit/{invoice.pk}/use/").status_code == 403
    assert open_of(invoice) == 100
    assert alice.post(f"{MY}credit/{invoice.pk}/use/").status_code == 302
    assert open_of(invoice) == 70
    with company_scope(world.home.company):
        PaymentPolicy.objects.create(company=world.home.company, credit_use="always")
    pay(world.home, "15.00")
    assert open_of(issued(world.home)) == 85


@pytest.mark.row("F09")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_payments_are_taken_along(world: World, kind: str) -> None:
    pay(world.home, "12.34", payer_name="=cmd()")
    other = pay(world.home, "55.00", who="charlie")
    alice = Browser().sign_in(world.alice, world.home.company)
    answer: Any = alice.get(f"{MY}export/{kind}/")
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content)
    if kind == "csv":
        assert b"12.34" in text
        assert other.number.encode() not in text
        assert b"\n=cmd" not in text.replace(b",=", b"\n=")


def test_staff_record_use_take_back_and_refund(world: World) -> None:
    invoice = issued(world.home)
    manager = Browser().sign_in(world.home.manager)
    alice = world.home.customers["alice"]
    with company_scope(world.home.company):
        today = billing_day(world.home.company).isoformat()
    page = manager.get("/admin/payments/record/?q=Alice")
    assert page.status_code == 200
    typed = {"amount": "120.00", "currency": "EUR", "received_on": today, "method": "cash", "fees": ""}
    place = f"/admin/payments/record/?customer={alice.pk}"
    assert manager.post(place, {**typed, "amount": "x"}).status_code == 422
    assert manager.post(place, typed).status_code == 302
    with company_scope(world.home.company):
        payment = Payment.objects.select_related("company").get()
    inspect = f"/admin/payments/payment/inspect/{payment.pk}/"
    assert manager.post(inspect, {"verb": "use", "use-invoice": str(invoice.pk)}).status_code == 302
    assert [open_of(invoice), left_of(payment)] == [0, 20]
    assert invoice.number_shown in manager.get(inspect).content.decode()
    manager.post(inspect, {"verb": "refund", "refund-amount": "50.00", "refund-reason": "Too much"})
    assert [open_of(invoice), left_of(payment)] == [30, 0]
    with company_scope(world.home.company):
        assert Refund.objects.get().amount == Decimal(50)
    for place in ("payment", "declaredpayment", "dispute"):
        assert manager.get(f"/admin/payments/{place}/").status_code == 200
    terms = manager.post("/admin/payments/policy/", {"least_percent": "10", "least_amount": "0"})
    assert terms.status_code == 422
    good = {"least_percent": "10", "least_amount": "0", "surplus": "credit", "credit_use": "off"}
    assert manager.post("/admin/payments/policy/", good).status_code == 302
    for wrong in ({"least_amount": "1e2"}, {"least_amount": "-1"}, {"least_percent": "101"}):
        assert manager.post("/admin/payments/policy/", {**good, **wrong}).status_code == 422


def test_the_terms_show_amounts_as_the_company_writes_them(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    good = {"least_percent": "12,5", "least_amount": "7,5", "surplus": "credit", "credit_use": "off"}
    with company_scope(world.home.company):
        UserProfile.objects.update_or_create(
            user=world.home.manager, defaults={"preferred_language": "pt-br"}
        )
    assert manager.post("/admin/payments/policy/", good).status_code == 302
    page = manager.get("/admin/payments/policy/").content.decode()
    assert 'value="7,50"' in page
    assert 'value="12,50"' in page


@pytest.mark.row("F01")
def test_a_process_leads_to_its_payments(world: World) -> None:
    alice = Browser().sign_in(world.alice, world.home.company)
    process = world.home.processes["alice"]
    page = alice.get(f"/p/castro-lima/en/my/processes/{process.pk}/").content.decode()
    assert "Manage payments" in page
    assert f'href="{MY}"' in page


@pytest.mark.row("F04")
def test_the_companys_own_pix_leads_into_telling_of_it(world: World) -> None:
    """Nobody tells the portal of a Pix to the company's own key: whoever paid does, with this invoice ticked."""
    company = world.other.company
    bank = issuing.bank_account(world.other)
    invoice = issuing.issued(world.other, "dora", bank_account=bank, language="en")
    open_page = f"/p/altura/en/i/{token_of(invoice.pk, company)}/"
    form = f"/p/altura/en/my/payments/declare/?invoice={invoice.pk}"
    page = Browser().get(open_page).content.decode()
    assert f'href="{form}"' in page
    asked = Browser().get(form)
    assert asked.status_code == 302
    assert "next=" in asked.url
    dora = Browser().sign_in(world.dora, company)
    ticked = dora.get(form).content.decode()
    assert re.search(rf'value="{invoice.pk}"[^>]*checked', ticked)
    pay(world.other, "1234.50", invoice, who="dora", currency="BRL")
    assert form not in Browser().get(open_page).content.decode()
    with company_scope(company):
        CompanySetting.objects.create(name="function:payments.declare", value=False)
    other = issuing.issued(world.other, "dora", bank_account=bank, language="en")
    assert "declare" not in Browser().get(f"/p/altura/en/i/{token_of(other.pk, company)}/").content.decode()
