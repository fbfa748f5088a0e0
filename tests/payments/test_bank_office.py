"""Staff and their bank files: bringing one, confirming what is proposed, choosing otherwise, undoing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal_modules.billing.days import billing_day
from portal_modules.billing.models import Invoice
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer
from portal_modules.payments.bank.txids import txid_of
from portal_modules.payments.choices import LineState
from portal_modules.payments.models import BankFile, BankLine, Payment
from tests.billing.billed import issued
from tests.world.browsing import Browser
from tests.world.companies import CompanyWorld, World

from .bank.files import Moved, ofx_sgml

pytestmark = pytest.mark.django_db

BRING = "/admin/payments/bank/bring/"
FILES = "/admin/payments/bankfile/"
LINES = "/admin/payments/bankline/"


def statement(side: CompanyWorld, rows: list[Moved], name: str = "may.ofx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, ofx_sgml(rows, currency=side.company.currency).encode("cp1252"))


def brought(browser: Browser, side: CompanyWorld, rows: list[Moved]) -> BankFile:
    answer = browser.post(BRING, {"file": statement(side, rows)})
    assert answer.status_code == 302
    with company_scope(side.company):
        file = BankFile.objects.get()
    assert str(file.pk) in answer["Location"]
    return file


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.row("F05")
def test_the_manager_brings_a_statement_and_confirms_line_by_line(world: World) -> None:
    side = world.home
    first, second = issued(side, amount="120.00"), issued(side, "charlie", amount="80.00")
    day = billing_day(side.company)
    manager = Browser().sign_in(side.manager)
    assert "Bring" in text(manager.get(BRING))
    rows = [
        Moved(day, "120.00", "F1", "ALICE", f"PIX {txid_of(first.pk)}"),
        Moved(day, "80.00", "F2", "", f"TRF {second.number}"),
        Moved(day, "33.00", "F3", "NOBODY KNOWN", "deposit"),
        Moved(day, "-9.00", "F4", "", "bank fee"),
    ]
    file = brought(manager, side, rows)
    page = text(manager.get(f"{FILES}inspect/{file.pk}/"))
    assert first.number_shown in page
    assert "Pix reference" in page
    assert "NOBODY KNOWN" in page
    assert "bank fee" not in page
    with company_scope(side.company):
        line = BankLine.objects.get(number=1)
    answer = manager.post(f"/admin/payments/bank/line/{line.pk}/book/", {"p": "1"}, follow=True)
    assert "P-000001" in text(answer)
    again = manager.post(f"/admin/payments/bank/line/{line.pk}/book/", follow=True)
    assert "decided already" in text(again)
    with company_scope(side.company):
        assert Payment.objects.count() == 1
        assert Invoice.objects.get(pk=first.pk).open_amount == 0
    assert "bank fee" in text(manager.get(f"{FILES}inspect/{file.pk}/?state=out"))
    booked = text(manager.get(f"{FILES}inspect/{file.pk}/?state=booked"))
    assert "P-000001" in booked


def test_those_that_are_sure_are_confirmed_together_after_their_count(world: World) -> None:
    side = world.home
    invoices = [issued(side, amount=f"{100 + at}.00") for at in range(3)]
    day = billing_day(side.company)
    manager = Browser().sign_in(side.manager)
    rows = [
        Moved(day, f"{100 + at}.00", f"F{at}", "", f"PIX {txid_of(each.pk)}")
        for at, each in enumerate(invoices)
    ]
    file = brought(manager, side, rows)
    bulk = f"{LINES}bulk/?file__id__exact={file.pk}&state__exact=open&proposal=sure"
    asked = manager.post(bulk, {"verb": "book", "all": "yes"})
    assert "3" in text(asked)
    with company_scope(side.company):
        assert not Payment.objects.exists()
    manager.post(bulk, {"verb": "book", "all": "yes", "step": "do", "number": "3"})
    with company_scope(side.company):
        count = Payment.objects.count()
        states = set(BankLine.objects.values_list("state", flat=True))
    assert (count, states) == (3, {LineState.BOOKED})


def test_another_invoice_is_chosen_by_its_number_and_the_booking_undone(world: World) -> None:
    side = world.home
    invoice = issued(side, amount="50.00")
    manager = Browser().sign_in(side.manager)
    brought(manager, side, [Moved(billing_day(side.company), "70.00", "F1", "", "deposit")])
    with company_scope(side.company):
        line = BankLine.objects.get()
    page = f"{LINES}inspect/{line.pk}/"
    wrong = manager.post(page, {"verb": "choose", "choose-numbers": "999999", "choose-fees": "0"})
    assert (wrong.status_code, "999999" in text(wrong)) == (422, True)
    nothing = manager.post(page, {"verb": "choose", "choose-fees": "0"})
    assert nothing.status_code == 422
    answer = manager.post(page, {"verb": "choose", "choose-numbers": invoice.number, "choose-fees": "5.00"})
    assert answer.status_code == 302, text(answer)[text(answer).index("balcao-verbs") :][:6000]
    with company_scope(side.company):
        payment = Payment.objects.get()
        assert (payment.fees, payment.unallocated) == (Decimal(5), Decimal(15))
    assert manager.post(page, {"verb": "undo", "undo-reason": ""}).status_code == 422
    manager.post(page, {"verb": "undo", "undo-reason": "wrong one"})
    with company_scope(side.company):
        assert Invoice.objects.get(pk=invoice.pk).open_amount == Decimal(50)
        assert BankLine.objects.get().state == LineState.OPEN
    manager.post(page, {"verb": "ignore", "ignore-reason": "a loan"})
    assert "a loan" in text(manager.get(page))
    manager.post(page, {"verb": "back"})
    with company_scope(side.company):
        assert BankLine.objects.get().state == LineState.OPEN


@pytest.mark.parametrize("named", ["508 219 337", "{name}", "{name} · 508 219 337"])
def test_money_is_kept_as_credit_of_a_customer_by_tax_id_or_name(world: World, named: str) -> None:
    side = world.home
    manager = Browser().sign_in(side.manager)
    brought(manager, side, [Moved(billing_day(side.company), "70.00", "F1", "", "deposit")])
    with company_scope(side.company):
        line = BankLine.objects.get()
        alice = side.customers["alice"]
        Customer.objects.filter(pk=alice.pk).update(tax_id="508219337", country="PT")
    page = f"{LINES}inspect/{line.pk}/"
    for typed in ("123", "501964843"):
        answer = manager.post(page, {"verb": "choose", "choose-customer": typed, "choose-fees": "0"})
        assert answer.status_code == 422
    named = named.format(name=alice.name)
    manager.post(page, {"verb": "choose", "choose-customer": named, "choose-fees": "0"})
    with company_scope(side.company):
        assert Payment.objects.get().customer == alice


def test_files_that_are_refused_say_why_and_change_nothing(world: World) -> None:
    side = world.home
    manager = Browser().sign_in(side.manager)
    rows = [Moved(billing_day(side.company), "70.00", "F1", "", "deposit")]
    brought(manager, side, rows)
    for content, sentence in (
        (b"hello", "bank file"),
        (b"", "empty"),
        (ofx_sgml(rows, currency="USD").encode(), "USD"),
        (ofx_sgml(rows, currency=side.company.currency).encode(), "already"),
    ):
        answer = manager.post(BRING, {"file": SimpleUploadedFile("x.ofx", content)})
        assert answer.status_code == 422
        assert sentence in text(answer)
    assert manager.post(BRING, {}).status_code == 422
    with company_scope(side.company):
        assert (BankFile.objects.count(), BankLine.objects.count()) == (1, 1)


def test_a_reader_looks_and_decides_nothing_and_strangers_see_nothing(world: World) -> None:
    side = world.home
    invoice = issued(side, amount="70.00")
    manager = Browser().sign_in(side.manager)
    file = brought(manager, side, [Moved(billing_day(side.company), "70.00", "F1", "", txid_of(invoice.pk))])
    with company_scope(side.company):
        line = BankLine.objects.get()
    reader = Browser().sign_in(side.reader)
    page = text(reader.get(f"{FILES}inspect/{file.pk}/"))
    assert invoice.number_shown in page
    assert "/book/" not in page
    for address in (
        f"/admin/payments/bank/line/{line.pk}/book/",
        f"/admin/payments/bank/{file.pk}/again/",
        BRING,
    ):
        assert reader.post(address).status_code in {302, 403}
    other = Browser().sign_in(world.other.manager)
    for address in (f"{FILES}inspect/{file.pk}/", f"{LINES}inspect/{line.pk}/"):
        assert other.get(address).status_code in {302, 403, 404}
    assert other.post(f"/admin/payments/bank/line/{line.pk}/book/").status_code == 404
    with company_scope(side.company):
        assert not Payment.objects.exists()
