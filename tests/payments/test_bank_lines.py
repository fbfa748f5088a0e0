"""Bank files in the books: a line is taken once, proposed with its reasons, booked once, and undone whole."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from portal_modules.billing.actions import billing_day, keep_slip
from portal_modules.billing.choices import SlipState
from portal_modules.billing.models import BankAccount, Invoice
from portal_modules.billing.papers.bank_lines import line_of, make_barcode
from portal_modules.billing.papers.pix import read_code
from portal_modules.billing.printing import pix_of
from portal_modules.core.exceptions import Refusal
from portal_modules.core.jobs import do_at_once
from portal_modules.core.scope import company_scope
from portal_modules.payments import exceptions
from portal_modules.payments.actions.bank import (
    LinePart,
    book_line,
    ignore_line,
    match_lines,
    reopen_line,
    take_bank_file,
)
from portal_modules.payments.bank.exceptions import BankFileRefused
from portal_modules.payments.bank.txids import txid_of
from portal_modules.payments.choices import LineState
from portal_modules.payments.demo_bank import load_bank_file
from portal_modules.payments.models import Allocation, BankFile, BankLine, Payment
from tests.billing import issuing
from tests.billing.billed import issued
from tests.world.browsing import Browser
from tests.world.companies import CompanyWorld, World

from .bank.files import Moved, Paid, cnab400, ofx_sgml

pytestmark = pytest.mark.django_db

NOTHING = Decimal(0)


@pytest.fixture
def home(world: World) -> Iterator[CompanyWorld]:
    with company_scope(world.home.company):
        yield world.home


def today(side: CompanyWorld) -> date:
    return billing_day(side.company)


def taken(side: CompanyWorld, rows: list[Moved], name: str = "may.ofx", **more: Any) -> BankFile:
    """A statement that was brought, with its lines and proposals."""
    return brought(ofx_sgml(rows, currency=side.company.currency, **more), name)


def brought(content: str, name: str = "return.txt") -> BankFile:
    """Any file that was brought."""
    file = take_bank_file(content.encode(), name=name, by=None)
    assert file.job is not None
    do_at_once(file.job)
    file.refresh_from_db()
    return file


def only_line() -> BankLine:
    return BankLine.objects.get()


def opened(invoice: Invoice) -> Decimal:
    return Decimal(Invoice.objects.get(pk=invoice.pk).open_amount)


@pytest.mark.row("F18")
def test_a_line_that_names_an_invoice_is_proposed_for_it_and_one_confirmation_books_it(
    home: CompanyWorld,
) -> None:
    invoice = issued(home, amount="120.00")
    other = issued(home, "charlie", amount="120.00")
    day = today(home)
    file = taken(home, [Moved(day, "120.00", "F1", "ANY BODY", f"PIX {txid_of(invoice.pk)}")])
    assert (file.line_count, file.known) == (1, 0)
    line = only_line()
    assert line.proposal["parts"][0]["invoice"] == str(invoice.pk)
    assert ["txid", txid_of(invoice.pk)] in line.proposal["reasons"]
    payment = book_line(line, by=None)
    assert (payment.amount, payment.received_on, payment.method) == (Decimal(120), day, "pix")
    assert payment.bank_line == line.identifier
    assert (opened(invoice), opened(other)) == (NOTHING, Decimal(120))
    line.refresh_from_db()
    assert (line.state, line.payment, line.customer) == (LineState.BOOKED, payment, invoice.customer)


def test_a_line_is_booked_once_however_often_it_is_confirmed(home: CompanyWorld) -> None:
    invoice = issued(home, amount="120.00")
    taken(home, [Moved(today(home), "120.00", "F1", "", txid_of(invoice.pk))])
    line = only_line()
    book_line(line, by=None)
    for _again in range(2):
        with pytest.raises(exceptions.LineDecided):
            book_line(line, by=None)
    assert Payment.objects.count() == 1


def test_the_same_file_twice_is_told_and_the_same_line_in_another_file_is_taken_once(
    home: CompanyWorld,
) -> None:
    day = today(home)
    rows = [Moved(day, "10.00", "F1", "ANA"), Moved(day, "20.00", "F2", "BIA")]
    taken(home, rows)
    with pytest.raises(exceptions.FileKnown, match="may.ofx"):
        taken(home, rows)
    file = taken(home, [*rows, Moved(day, "30.00", "F3", "CAIO")], name="june.ofx")
    assert (file.known, BankLine.objects.count(), file.lines.count()) == (2, 3, 1)
    assert BankFile.objects.count() == 2


def test_a_file_that_is_none_changes_nothing(home: CompanyWorld) -> None:
    for content in (b"", b"<OFX>", ofx_sgml([Moved(today(home), "1", "F")], currency="USD").encode()):
        with pytest.raises(BankFileRefused):
            take_bank_file(content, name="x.ofx", by=None)
    assert not BankFile.objects.exists()
    assert not BankLine.objects.exists()


def test_money_that_went_out_is_kept_and_books_nothing(home: CompanyWorld) -> None:
    taken(home, [Moved(today(home), "-5.00", "F1", "BANK FEE", kind="DEBIT")])
    line = only_line()
    assert line.state == LineState.OUT
    with pytest.raises(exceptions.LineDecided):
        book_line(line, by=None, customer=home.customers["alice"])
    with pytest.raises(exceptions.LineDecided):
        ignore_line(line, by=None, reason="no")
    assert not Payment.objects.exists()


def test_another_invoice_can_be_chosen_and_what_is_left_is_credit(home: CompanyWorld) -> None:
    invoice = issued(home, amount="80.00")
    taken(home, [Moved(today(home), "100.00", "F1", "", "DEPOSIT")])
    line = only_line()
    assert not line.has_proposal
    with pytest.raises(exceptions.NoProposal):
        book_line(line, by=None)
    payment = book_line(line, by=None, parts=[LinePart(invoice.pk, Decimal(80))])
    assert payment.unallocated == Decimal(20)
    assert opened(invoice) == 0


def test_money_for_no_invoice_becomes_credit_of_the_customer(home: CompanyWorld) -> None:
    taken(home, [Moved(today(home), "100.00", "F1", "", "DEPOSIT")])
    payment = book_line(only_line(), by=None, customer=home.customers["alice"])
    assert payment.unallocated == Decimal(100)


def test_invoices_of_two_customers_more_than_the_line_and_more_than_is_open_are_refused(
    home: CompanyWorld,
) -> None:
    alice, charlie = issued(home, amount="50.00"), issued(home, "charlie", amount="50.00")
    taken(home, [Moved(today(home), "100.00", "F1", "", "DEPOSIT")])
    line = only_line()
    for parts in (
        [LinePart(alice.pk, Decimal(50)), LinePart(charlie.pk, Decimal(50))],
        [LinePart(alice.pk, Decimal(101))],
        [LinePart(alice.pk, Decimal(60))],
    ):
        with pytest.raises(Refusal):
            book_line(line, by=None, parts=parts)
    assert not Payment.objects.exists()
    assert (opened(alice), opened(charlie)) == (Decimal(50), Decimal(50))
    assert only_line().state == LineState.OPEN


def test_what_was_paid_meanwhile_is_not_paid_again(home: CompanyWorld) -> None:
    invoice = issued(home, amount="50.00")
    day = today(home)
    taken(home, [Moved(day, "50.00", "F1", "", txid_of(invoice.pk))])
    line = only_line()
    taken(home, [Moved(day, "50.00", "F2", "", "x")], name="other.ofx")
    book_line(BankLine.objects.exclude(pk=line.pk).get(), by=None, parts=[LinePart(invoice.pk, Decimal(50))])
    with pytest.raises(Refusal):
        book_line(line, by=None)
    assert Payment.objects.count() == 1
    match_lines([line])
    line.refresh_from_db()
    assert not line.has_proposal


def test_a_booking_is_undone_whole_with_a_reason_and_can_be_made_anew(home: CompanyWorld) -> None:
    wrong, right = issued(home, amount="50.00"), issued(home, "charlie", amount="50.00")
    taken(home, [Moved(today(home), "50.00", "F1", "", "x")])
    line = only_line()
    book_line(line, by=None, parts=[LinePart(wrong.pk, Decimal(50))])
    with pytest.raises(exceptions.ReasonMissing):
        reopen_line(line, by=None, reason=" ")
    reopen_line(line, by=None, reason="Another customer paid it")
    assert opened(wrong) == Decimal(50)
    assert sum(each.unallocated for each in Payment.objects.all()) == 0
    second = book_line(only_line(), by=None, parts=[LinePart(right.pk, Decimal(50))])
    assert (opened(wrong), opened(right)) == (Decimal(50), NOTHING)
    assert second.bank_line.endswith("#1")


def test_a_line_is_left_out_with_a_reason_and_brought_back(home: CompanyWorld) -> None:
    taken(home, [Moved(today(home), "50.00", "F1", "", "loan of the owner")])
    line = only_line()
    with pytest.raises(exceptions.ReasonMissing):
        ignore_line(line, by=None, reason="")
    assert ignore_line(line, by=None, reason="Not a customer").reason == "Not a customer"
    assert reopen_line(line, by=None).state == LineState.OPEN


def test_the_pix_code_of_an_invoice_carries_the_reference_that_its_line_is_found_by(
    home: CompanyWorld,
) -> None:
    invoice = issued(home)
    invoice.bank_account = BankAccount(pix_key="chave@example.com", holder="Castro", pix_city="Lisboa")
    invoice.currency = "BRL"
    paper = pix_of(invoice, Decimal(100))
    assert paper is not None
    assert read_code(paper.code).txid == txid_of(invoice.pk)


@pytest.mark.row("H05")
@pytest.mark.row("F17")
def test_the_pix_code_of_a_late_invoice_is_paid_and_what_waiting_cost_is_no_credit(world: World) -> None:
    """From the second copy of a boleto that its bank takes no more, to the books."""
    side = world.other
    issuing.late_fees(side)
    account = issuing.bank_account(side, recalculates_at_payment=False)
    invoice = issuing.issued(side, "dora", days_late=40, bank_account=account)
    slip = issuing.slip_of(invoice, account)
    dora = Browser().sign_in(world.dora, side.company)
    page = dora.get(f"/p/altura/en/my/billing/invoices/{invoice.pk}/copy/?what=slip-{slip.pk}")
    (said,) = set(re.findall(r"000201[^<\"]+6304[0-9A-F]{4}", html.unescape(page.content.decode())))
    code = read_code(said)
    assert code.amount == Decimal("1275.65"), "1,234.50, 2 %, and 40 days of 1 % a month"
    with company_scope(side.company):
        taken(side, [Moved(today(side), str(code.amount), "F1", "DORA", f"PIX {code.txid}")])
        payment = book_line(only_line(), by=None)
        assert (payment.amount, payment.fees) == (Decimal("1275.65"), Decimal("41.15"))
        assert payment.unallocated == 0
        assert opened(invoice) == 0


@pytest.mark.parametrize(
    ("came", "days_late", "fees", "credit"),
    [("1250.00", 40, "15.50", "0"), ("1300.00", 40, "41.15", "24.35"), ("1300.00", 0, "0", "65.50")],
)
def test_more_than_is_open_is_what_waiting_cost_first_and_credit_then(
    world: World, came: str, days_late: int, fees: str, credit: str
) -> None:
    side = world.other
    issuing.late_fees(side)
    invoice = issuing.issued(side, "dora", days_late=days_late)
    with company_scope(side.company):
        taken(side, [Moved(today(side), came, "F1", "DORA", f"PIX {txid_of(invoice.pk)}")])
        payment = book_line(only_line(), by=None)
        assert (payment.fees, payment.unallocated) == (Decimal(fees), Decimal(credit))
        assert opened(invoice) == 0


def test_undoing_a_line_with_interest_takes_the_interest_back_too(home: CompanyWorld) -> None:
    invoice = issued(home)
    taken(home, [Moved(today(home), "103.45", "F1", "ANA")])
    line = only_line()
    payment = book_line(line, by=None, parts=[LinePart(invoice.pk, Decimal(100))], fees=Decimal("3.45"))
    reopen_line(line, by=None, reason="Somebody else's")
    (refund,) = payment.refunds.all()
    assert (refund.amount, refund.fees, refund.whole) == (Decimal(100), Decimal("3.45"), payment.amount)
    assert opened(invoice) == 100
    assert payment.unallocated == 0


def test_a_return_file_settles_the_invoice_of_its_boleto_and_books_interest_apart(world: World) -> None:
    side = world.other
    with company_scope(side.company):
        invoice = issued(side, "dora", amount="100.00", currency="BRL")
        day = today(side)
        free = "109" + "00000124" + "5" + "1234" + "567890" + "000"
        due = invoice.due_on
        assert due is not None
        slip = keep_slip(invoice, by=None, line=line_of(make_barcode("341", due, Decimal(100), free)))
        row = Paid("124", Decimal("100.00"), day, interest=Decimal("3.45"), name="DORA")
        brought(cnab400("341", [row]))
        line = only_line()
        assert ["our_number", "124"] in line.proposal["reasons"]
        payment = book_line(line, by=None)
        assert (payment.amount, payment.fees, payment.unallocated) == (
            Decimal("103.45"),
            Decimal("3.45"),
            NOTHING,
        )
        assert payment.method == "boleto"
        assert opened(invoice) == 0
        slip.refresh_from_db()
        assert slip.state == SlipState.PAID


def test_the_same_number_at_another_bank_is_another_boleto(world: World) -> None:
    side = world.other
    with company_scope(side.company):
        invoice = issued(side, "dora", amount="100.00", currency="BRL")
        due = invoice.due_on
        assert due is not None
        free = "109" + "00000124" + "5" + "1234" + "567890" + "000"
        keep_slip(invoice, by=None, line=line_of(make_barcode("341", due, Decimal(100), free)))
        brought(cnab400("237", [Paid("124", Decimal(77), today(side))]))
        assert not only_line().has_proposal


def test_a_day_to_come_is_refused_in_a_sentence(home: CompanyWorld) -> None:
    invoice = issued(home, amount="50.00")
    taken(home, [Moved(today(home) + timedelta(days=3), "50.00", "F1", "", txid_of(invoice.pk))])
    with pytest.raises(Refusal):
        book_line(only_line(), by=None)
    assert opened(invoice) == Decimal(50)


def test_another_company_neither_sees_nor_knows_the_lines(world: World) -> None:
    with company_scope(world.home.company):
        invoice = issued(world.home, amount="50.00")
        taken(world.home, [Moved(today(world.home), "50.00", "F1", "", txid_of(invoice.pk))])
        line = only_line()
    with company_scope(world.other.company):
        assert not BankLine.objects.exists()
        with pytest.raises(BankLine.DoesNotExist):
            book_line(line, by=None)
        # The same file is another company's for the first time.
        currency = world.other.company.currency
        rows = [Moved(today(world.other), "50.00", "F1", "", txid_of(invoice.pk))]
        brought(ofx_sgml(rows, currency=currency))
        assert not only_line().has_proposal
    with company_scope(world.home.company), connection.cursor() as cursor:
        cursor.execute("select count(*) from payments_bankline")
        assert cursor.fetchone() == (1,)
        assert not Allocation.objects.exists()


def test_the_demo_shows_lines_that_name_what_they_pay_better_and_worse(home: CompanyWorld) -> None:
    assert load_bank_file(home.company, by=None) is None
    invoices = [issued(home, amount=f"{50 + at}.01") for at in range(5)]
    file = load_bank_file(home.company, by=None)
    assert file is not None
    lines = list(BankLine.objects.order_by("number"))
    assert len(lines) == 7
    assert lines[0].proposal["parts"][0]["invoice"] in {str(each.pk) for each in invoices}
    assert [line.has_proposal for line in lines[:2]] == [True, True]
    assert not lines[5].has_proposal
    assert lines[6].state == LineState.OUT
