"""From a draft to its end: what an invoice comes to, when it is overdue, and what may change of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal_modules.billing import exceptions
from portal_modules.billing.actions import (
    Claim,
    Part,
    cancel_invoice,
    change_draft,
    close_month,
    credit_invoice,
    discard_draft,
    draft_invoice,
    give_credit,
    issue_invoice,
    open_month,
)
from portal_modules.billing.actions.drafting import sums_of
from portal_modules.billing.actions.settling import settle
from portal_modules.billing.choices import InvoiceState, Standing
from portal_modules.billing.days import billing_day
from portal_modules.billing.models import ClosedMonth, Credit, Invoice
from portal_modules.core.exceptions import Refusal
from portal_modules.core.models import LogEntry
from portal_modules.core.scope import company_scope
from portal_modules.notifications.models import OutboxMessage
from tests.world.companies import World

from .billed import count, drafted, issued, overdue

pytestmark = pytest.mark.django_db

LINES = [
    Claim("Rental of a lift", Decimal("1234.56"), quantity=Decimal(2), tax_rate=Decimal("23")),
    Claim("Transport", Decimal("99.99"), withheld=Decimal("11.00")),
]


def test_a_draft_comes_to_what_its_lines_come_to(world: World) -> None:
    draft = drafted(world.home, claims=LINES)
    assert (draft.subtotal, draft.tax_total, draft.withheld_total, draft.total) == (
        Decimal("2569.11"),
        Decimal("567.90"),
        Decimal("11.00"),
        Decimal("3126.01"),
    )
    with company_scope(world.home.company):
        assert [line.amount for line in draft.lines.all()] == [Decimal("2469.12"), Decimal("99.99")]
        assert (draft.number, draft.issued_on, draft.standing()) == (None, None, Standing.DRAFT)


@pytest.mark.row("E10")
def test_issued_it_has_a_number_without_gap_its_name_and_its_day(world: World) -> None:
    first, second = issued(world.home), issued(world.home, "charlie")
    assert [first.number, second.number] == ["000001", "000002"]
    with company_scope(world.home.company):
        customer = world.home.customers["alice"]
        assert (first.name_as_issued, first.tax_id) == (customer.name, customer.tax_id)
        assert first.state == InvoiceState.ISSUED
        assert first.issued_on == billing_day(world.home.company)
        first.refresh_from_db()
        assert first.open_amount == first.total == Decimal(100)
        assert [part.amount for part in first.instalments.all()] == [Decimal(100)]
        assert LogEntry.objects.filter(action="billing.issue").count() == 2
        assert OutboxMessage.objects.filter(event="billing.issued").exists()
    assert issued(world.other, "dora").number == "000001"


def test_a_number_is_given_back_when_the_issue_fails(world: World) -> None:
    draft = drafted(world.home)
    with company_scope(world.home.company):
        with pytest.raises(RuntimeError), transaction.atomic():
            issue_invoice(draft, by=None)
            raise RuntimeError
        draft.refresh_from_db()
        assert draft.state == InvoiceState.DRAFT
        assert issue_invoice(draft, by=None).number == "000001"


def test_instalments_are_the_total_and_settled_from_the_first_on(world: World) -> None:
    today = billing_day(world.home.company)
    days = [today + timedelta(days=30 * number) for number in (1, 2, 3)]
    parts = [
        Part(day, amount) for day, amount in zip(days, (Decimal(40), Decimal(40), Decimal(20)), strict=True)
    ]
    invoice = issued(world.home, parts=parts)
    assert (invoice.due_on, invoice.next_due_on) == (days[0], days[0])
    with company_scope(world.home.company):
        credit_invoice(invoice, by=None, amount=Decimal("55.50"), reason="One day less")
        invoice.refresh_from_db()
        assert [part.settled for part in invoice.instalments.all()] == [
            Decimal(40),
            Decimal("15.5"),
            Decimal(0),
        ]
        assert (invoice.open_amount, invoice.next_due_on) == (Decimal("44.50"), days[1])
        assert invoice.is_partly_paid
        credit_invoice(invoice, by=None, amount=Decimal("44.50"), reason="All of it")
        invoice.refresh_from_db()
        assert (invoice.open_amount, invoice.next_due_on, invoice.standing()) == (0, None, Standing.PAID)
        assert [each.number for each in Credit.objects.order_by("serial")] == ["C-000001", "C-000002"]
        connection.check_constraints()


def test_it_is_overdue_after_the_bank_day_that_it_moved_to(world: World) -> None:
    """Due on Saturday 3 January 2026: Monday is the last day, and it is overdue from Tuesday, 00:05."""
    saturday = date(2026, 1, 3)
    invoice = issued(world.home, on=date(2025, 12, 20), due_on=saturday)
    assert invoice.overdue_from == date(2026, 1, 6)
    assert invoice.standing(date(2026, 1, 5)) == Standing.PENDING
    assert invoice.standing(date(2026, 1, 6)) == Standing.OVERDUE
    assert invoice.days_late(date(2026, 1, 6)) == 3
    with company_scope(world.home.company):
        assert not Invoice.objects.overdue(date(2026, 1, 5)).exists()
        assert Invoice.objects.pending(date(2026, 1, 5)).get() == invoice
        assert Invoice.objects.overdue(date(2026, 1, 6)).get() == invoice


def test_the_day_begins_five_minutes_after_midnight_in_the_companys_zone(world: World) -> None:
    company = world.other.company  # of Brazil: three hours behind
    assert billing_day(company, datetime(2026, 1, 6, 3, 4, 59, tzinfo=UTC)) == date(2026, 1, 5)
    assert billing_day(company, datetime(2026, 1, 6, 3, 5, tzinfo=UTC)) == date(2026, 1, 6)


Doing = Callable[[World, Invoice], Any]
ISSUED_REFUSALS: list[tuple[str, type[Refusal], Doing]] = [
    ("changed", exceptions.NotADraft, lambda w, i: change_draft(i, by=None, claims=LINES)),
    ("issued again", exceptions.NotADraft, lambda w, i: issue_invoice(i, by=None)),
    ("discarded", exceptions.NotADraft, lambda w, i: discard_draft(i, by=None)),
    (
        "cancelled without a reason",
        exceptions.ReasonMissing,
        lambda w, i: cancel_invoice(i, by=None, reason=" "),
    ),
    (
        "credited more than it is",
        exceptions.MoreThanOpen,
        lambda w, i: credit_invoice(i, by=None, amount=Decimal("100.01"), reason="x"),
    ),
    (
        "credited nothing",
        exceptions.AmountOutOfBounds,
        lambda w, i: credit_invoice(i, by=None, amount=Decimal(0), reason="x"),
    ),
    (
        "credited less than nothing",
        exceptions.AmountOutOfBounds,
        lambda w, i: credit_invoice(i, by=None, amount=Decimal(-5), reason="x"),
    ),
    (
        "credited parts of a cent",
        exceptions.DigitsOfCurrency,
        lambda w, i: credit_invoice(i, by=None, amount=Decimal("1.005"), reason="x"),
    ),
    (
        "credited tomorrow",
        exceptions.DateInTheFuture,
        lambda w, i: credit_invoice(
            i, by=None, amount=Decimal(1), reason="x", on=billing_day(w.home.company) + timedelta(days=1)
        ),
    ),
]


@pytest.mark.parametrize(
    ("what", "refusal", "doing"), ISSUED_REFUSALS, ids=[row[0] for row in ISSUED_REFUSALS]
)
def test_what_cannot_be_done_to_an_issued_one(
    world: World, what: str, refusal: type[Refusal], doing: Doing
) -> None:
    invoice = issued(world.home)
    with company_scope(world.home.company):
        before = Invoice.objects.values().get(pk=invoice.pk)
        with pytest.raises(refusal):
            doing(world, invoice)
        assert Invoice.objects.values().get(pk=invoice.pk) == before
        assert not Credit.objects.exists()


DRAFT_REFUSALS: list[tuple[str, type[Refusal], dict[str, Any]]] = [
    (
        "more withheld than claimed",
        exceptions.NegativeTotal,
        {"claims": [Claim("x", Decimal(1), withheld=Decimal(2))]},
    ),
    ("no quantity", exceptions.LineOutOfBounds, {"claims": [Claim("x", Decimal(1), quantity=Decimal(0))]}),
    ("a price below zero", exceptions.LineOutOfBounds, {"claims": [Claim("x", Decimal(-5))]}),
    (
        "a tax above all",
        exceptions.LineOutOfBounds,
        {"claims": [Claim("x", Decimal(5), tax_rate=Decimal(101))]},
    ),
    (
        "more than the books hold",
        exceptions.AmountOutOfBounds,
        {"claims": [Claim("x", Decimal(99_999_999_999))]},
    ),
    (
        "parts of a cent in a tax",
        exceptions.DigitsOfCurrency,
        {"claims": [Claim("x", Decimal(5), tax_amount=Decimal("0.005"))]},
    ),
    (
        "instalments that are not the total",
        exceptions.InstalmentsDiffer,
        {"parts": [Part(date(2030, 1, 1), Decimal(99))]},
    ),
    (
        "instalments out of order",
        exceptions.InstalmentsOutOfOrder,
        {"parts": [Part(date(2030, 2, 1), Decimal(50)), Part(date(2030, 1, 1), Decimal(50))]},
    ),
    ("a discount without a last day", exceptions.OneDiscount, {"discount_percent": Decimal(2)}),
    (
        "a period that ends before it begins",
        exceptions.PeriodOutOfOrder,
        {"period_from": date(2026, 2, 1), "period_to": date(2026, 1, 1)},
    ),
]


@pytest.mark.parametrize(("what", "refusal", "facts"), DRAFT_REFUSALS, ids=[row[0] for row in DRAFT_REFUSALS])
def test_what_no_draft_may_have(
    world: World, what: str, refusal: type[Refusal], facts: dict[str, Any]
) -> None:
    with pytest.raises(refusal):
        drafted(world.home, **facts)
    assert count(world.home) == 0


def test_pesos_have_no_cents(world: World) -> None:
    draft = drafted(world.home, claims=[Claim("x", Decimal("999.60"), quantity=Decimal(3))], currency="CLP")
    assert draft.total == Decimal(2999)
    with pytest.raises(exceptions.DigitsOfCurrency):
        drafted(world.home, currency="CLP", parts=[Part(date(2030, 1, 1), Decimal("99.5"))])


def test_an_invoice_is_cancelled_while_nothing_is_settled_and_credited_after(world: World) -> None:
    first, second = issued(world.home), issued(world.home)
    with company_scope(world.home.company):
        cancelled = cancel_invoice(first, by=None, reason="Twice the same")
        assert (cancelled.standing(), cancelled.number) == (Standing.CANCELLED, "000001")
        cancelled.refresh_from_db()
        assert cancelled.open_amount == 0
        with pytest.raises(exceptions.NotIssued):
            cancel_invoice(cancelled, by=None, reason="again")
        credit_invoice(second, by=None, amount=Decimal(1), reason="x")
        with pytest.raises(exceptions.PartlyPaid):
            cancel_invoice(second, by=None, reason="too late")
        assert issue_invoice(drafted(world.home), by=None).number == "000003"
        connection.check_constraints()


@pytest.mark.row("F16")
def test_who_pays_early_leaves_the_discount_out(world: World) -> None:
    today = billing_day(world.home.company)
    until = today + timedelta(days=5)
    invoice = issued(world.home, amount="333.33", discount_percent=Decimal("2.5"), discount_until=until)
    assert invoice.discount_on(until) == Decimal("8.33")
    assert invoice.discount_on(until + timedelta(days=1)) == 0
    with company_scope(world.home.company):
        credit_invoice(invoice, by=None, amount=Decimal(1), reason="x")
        invoice.refresh_from_db()
    assert invoice.discount_on(today) == 0


@pytest.mark.parametrize("due_on", [date(9999, 12, 31), date(9999, 12, 25), date(2028, 2, 29)])
def test_any_day_of_the_calendar_may_be_the_one_until_when_to_pay(world: World, due_on: date) -> None:
    with company_scope(world.home.company):
        invoice = issue_invoice(drafted(world.home, due_on=due_on), by=None)
    assert invoice.overdue_from is not None
    assert invoice.overdue_from >= due_on


@pytest.mark.row("F17")
def test_a_closed_month_refuses_what_is_dated_in_it(world: World) -> None:
    company = world.home.company
    today = billing_day(company)
    last_month = today.replace(day=1) - timedelta(days=1)
    invoice = issued(world.home, on=last_month)
    draft = drafted(world.home)
    with company_scope(company):
        with pytest.raises(exceptions.MonthNotOver):
            close_month(company, today, by=None)
        closed = close_month(company, last_month, by=None)
        with pytest.raises(exceptions.MonthIsClosed):
            issue_invoice(draft, by=None, on=last_month)
        with pytest.raises(exceptions.MonthIsClosed):
            cancel_invoice(invoice, by=None, reason="too late")
        with pytest.raises(exceptions.MonthIsClosed):
            credit_invoice(invoice, by=None, amount=Decimal(1), reason="x", on=last_month)
        with pytest.raises(exceptions.MonthIsClosed):
            give_credit(
                invoice.customer, by=None, amount=Decimal(1), currency="EUR", reason="x", on=last_month
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            Credit.objects.create(
                customer=invoice.customer,
                number="C-9",
                serial=9,
                currency="EUR",
                amount=1,
                reason="x",
                credited_on=last_month,
            )
        assert credit_invoice(invoice, by=None, amount=Decimal(1), reason="x").credited_on == today
        open_month(closed, by=None)
        assert not ClosedMonth.objects.exists()
        assert issue_invoice(draft, by=None, on=last_month).issued_on == last_month


@given(
    prices=st.lists(
        st.tuples(
            st.decimals("0", "9999", places=4),
            st.decimals("0.0001", "99", places=4),
            st.decimals("0", "100", places=2),
        ),
        min_size=1,
        max_size=8,
    ),
    currency=st.sampled_from(["EUR", "BRL", "CLP"]),
)
def test_lines_add_up_to_the_cent(prices: list[tuple[Decimal, Decimal, Decimal]], currency: str) -> None:
    sums = sums_of(
        [Claim("x", price, quantity=many, tax_rate=rate) for price, many, rate in prices], currency
    )
    assert sums.total == sum((line.amount + line.tax_amount for line in sums.lines), Decimal(0))
    cents = Decimal(1) if currency == "CLP" else Decimal("0.01")
    assert sums.total == sums.total.quantize(cents)
    for line, (price, many, _rate) in zip(sums.lines, prices, strict=True):
        assert abs(line.amount - price * many) <= cents / 2


@given(paid=st.lists(st.decimals("0.01", "60", places=2), max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_what_is_settled_is_never_more_than_the_whole(world: World, paid: list[Decimal]) -> None:
    invoice = issued(world.home)
    with company_scope(world.home.company):
        for amount in paid:
            fits = amount <= invoice.open_now
            try:
                with transaction.atomic():
                    invoice = settle(
                        Invoice.objects.select_related("company").get(pk=invoice.pk), paid=amount
                    )
            except exceptions.MoreThanOpen:
                assert not fits
                invoice = Invoice.objects.select_related("company").get(pk=invoice.pk)
            else:
                assert fits
        connection.check_constraints()


def test_nothing_is_billed_to_an_archived_customer(world: World) -> None:
    draft = drafted(world.home)
    with company_scope(world.home.company):
        customer = world.home.customers["alice"]
        type(customer).objects.filter(pk=customer.pk).update(archived_at=datetime(2026, 1, 1, tzinfo=UTC))
        with pytest.raises(exceptions.CustomerArchived):
            draft_invoice(customer, by=None, claims=LINES)
        with pytest.raises(exceptions.CustomerArchived):
            issue_invoice(draft, by=None)
    assert count(world.home) == 1


def test_a_draft_is_nobodys_to_see(world: World) -> None:
    draft = drafted(world.home)
    with company_scope(world.home.company):
        assert Invoice.objects.drafts().get() == draft
        discard_draft(draft, by=None)
    assert count(world.home) == 0
    assert overdue(world.home).standing() == Standing.OVERDUE
