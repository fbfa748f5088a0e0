"""The ledger: what is paid is never more than came, nor more than is owed, whoever writes it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal_modules.billing.actions import Part, cancel_invoice, give_credit
from portal_modules.billing.days import billing_day
from portal_modules.billing.exceptions import MonthIsClosed, PartlyPaid
from portal_modules.billing.models import ClosedMonth, Invoice
from portal_modules.core.exceptions import Refusal
from portal_modules.core.scope import company_scope
from portal_modules.payments import choices, exceptions
from portal_modules.payments.actions import (
    allocate,
    allocate_oldest_first,
    fail_refund,
    record_payment,
    refund_payment,
    settle_attempt,
    take_back,
    use_credit,
)
from portal_modules.payments.migrations import __name__ as _migrations
from portal_modules.payments.models import Allocation, Payment, PaymentAttempt, PaymentPolicy
from tests.billing.billed import issued
from tests.payments.paid import attempt, counts, left_of, open_of, pay, provider
from tests.world.companies import World

pytestmark = pytest.mark.django_db


def test_a_payment_pays_what_it_is_for_and_the_rest_is_credit(world: World) -> None:
    first, second = issued(world.home), issued(world.home, amount="50.00")
    payment = pay(world.home, "170.00", first, second)
    assert [open_of(first), open_of(second), left_of(payment)] == [0, 0, 20]
    assert payment.number == "P-000001"
    with company_scope(world.home.company):
        assert Invoice.objects.get(pk=first.pk).standing() == "paid"


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "1e12", "NaN", "Infinity"])
def test_no_odd_amount_is_booked(world: World, amount: str) -> None:
    invoice = issued(world.home)
    with company_scope(world.home.company), pytest.raises(Refusal):
        record_payment(
            world.home.customers["alice"],
            by=None,
            amount=Decimal(amount),
            currency="EUR",
            method="cash",
            invoices=[invoice],
        )
    assert counts(world.home) == (0, 0)
    assert open_of(invoice) == 100


def test_nothing_is_used_twice_or_for_another(world: World) -> None:
    invoice, other = issued(world.home), issued(world.home, "charlie")
    payment = pay(world.home, "60.00")
    dollars = pay(world.home, "60.00", currency="USD")
    with company_scope(world.home.company):
        for source, of, amount, refusal in (
            (payment, invoice, "60.01", exceptions.MoreThanLeft),
            (payment, other, "1", exceptions.AnotherCustomer),
            (dollars, invoice, "1", exceptions.AnotherCurrency),
        ):
            with pytest.raises(refusal):
                allocate(source, of, Decimal(amount), by=None)
        allocate(payment, invoice, Decimal(60), by=None)
        more = record_payment(
            world.home.customers["alice"], by=None, amount=Decimal(100), currency="EUR", method="cash"
        )
        with pytest.raises(exceptions.MoreThanOpen):
            allocate(more, invoice, Decimal(41), by=None)
    assert open_of(invoice) == 40
    assert left_of(more) == 100


@pytest.mark.row("F15")
def test_instalments_are_paid_one_by_one_in_any_order(world: World) -> None:
    with company_scope(world.home.company):
        today = billing_day(world.home.company)
    parts = [Part(today + timedelta(days=30 * each), Decimal(40)) for each in (1, 2, 3)]
    invoice = issued(world.home, amount="120.00", parts=parts, due_on=None)
    payment = pay(world.home, "70.00")
    with company_scope(world.home.company):
        one, two, three = invoice.instalments.order_by("number")
        (last,) = allocate(payment, invoice, Decimal(40), by=None, instalment=three)
        with pytest.raises(exceptions.MoreThanOpen):
            allocate(payment, invoice, Decimal(1), by=None, instalment=three)
        (begun,) = allocate(payment, invoice, by=None)
        assert [each.settled for each in invoice.instalments.order_by("number")] == [30, 0, 40]
        take_back(begun, by=None, reason="Wrong invoice")
        assert [each.settled for each in invoice.instalments.order_by("number")] == [0, 0, 40]
        take_back(last, by=None, reason="Half of it", amount=Decimal(15))
        assert [each.settled for each in invoice.instalments.order_by("number")] == [0, 0, 25]
        with pytest.raises(exceptions.MoreThanAllocated):
            take_back(last, by=None, reason="Too much", amount=Decimal(26))
        assert Invoice.objects.get(pk=invoice.pk).next_due_on == one.due_on
    assert open_of(invoice) == 95


def test_the_oldest_is_paid_first(world: World) -> None:
    late = issued(world.home, amount="80.00")
    with company_scope(world.home.company):
        today = billing_day(world.home.company)
    early = issued(world.home, amount="30.00", due_on=today + timedelta(days=2))
    payment = pay(world.home, "50.00")
    with company_scope(world.home.company):
        allocate_oldest_first(payment, by=None)
    assert [open_of(early), open_of(late), left_of(payment)] == [0, 60, 0]


def test_a_refund_takes_back_what_is_not_left_and_a_failed_one_is_credit_again(world: World) -> None:
    invoice = issued(world.home)
    payment = pay(world.home, "130.00", invoice)
    with company_scope(world.home.company):
        with pytest.raises(exceptions.ReasonMissing):
            refund_payment(payment, by=None, amount=Decimal(50), reason=" ")
        refund = refund_payment(payment, by=None, amount=Decimal(50), reason="Paid too much")
        with pytest.raises(exceptions.MoreThanLeft):
            refund_payment(payment, by=None, amount=Decimal("80.01"), reason="Again")
    assert [open_of(invoice), left_of(payment)] == [20, 0]
    with company_scope(world.home.company):
        assert refund.state == "confirmed"
        fail_refund(refund, by=None, note="The account is closed")
        fail_refund(refund, by=None)
        assert type(refund).objects.get(pk=refund.pk).state == "failed"
    assert left_of(payment) == 50


@pytest.mark.row("G02")
def test_credit_pays_the_oldest_first_and_only_where_the_company_lets_it(world: World) -> None:
    invoice = issued(world.home)
    pay(world.home, "30.00")
    with company_scope(world.home.company):
        alice = world.home.customers["alice"]
        give_credit(alice, by=None, amount=Decimal(25), currency="EUR", reason="Sorry")
        policy = PaymentPolicy.objects.create(company=world.home.company, credit_use="off")
        with pytest.raises(exceptions.CreditIsOff):
            use_credit(invoice, by=None)
        assert open_of(invoice) == 100
        policy.credit_use = "asked"
        policy.save()
        made = use_credit(invoice, by=None)
        assert sorted(each.amount for each in made) == [25, 30]
        with pytest.raises(exceptions.NoCredit):
            use_credit(invoice, by=None)
    assert open_of(invoice) == 45


def test_what_is_partly_paid_is_not_cancelled(world: World) -> None:
    invoice = issued(world.home)
    pay(world.home, "1.00", invoice)
    with company_scope(world.home.company), pytest.raises(PartlyPaid):
        cancel_invoice(invoice, by=None, reason="No")


def test_nothing_is_dated_in_a_closed_month(world: World) -> None:
    with company_scope(world.home.company):
        last_month = billing_day(world.home.company).replace(day=1) - timedelta(days=1)
        ClosedMonth.objects.create(company=world.home.company, month=last_month.replace(day=1))
    with pytest.raises(MonthIsClosed):
        pay(world.home, "10.00", on=last_month)
    assert counts(world.home) == (0, 0)
    payment = pay(world.home, "10.00")
    with company_scope(world.home.company), pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.create(
            customer=payment.customer, number="X", serial=99, received_on=last_month, amount=1, currency="EUR"
        )


@pytest.mark.parametrize(
    ("amount", "currency", "still_open", "left", "state"),
    [
        ("100.00", "EUR", "0", "0", "succeeded"),
        ("99.99", "EUR", "0.01", "0", "review"),
        ("100.01", "EUR", "0", "0.01", "review"),
        ("100.00", "USD", "100", "100", "review"),
    ],
)
def test_a_charge_is_booked_once_and_never_pays_more_than_it_is(
    world: World, amount: str, currency: str, still_open: str, left: str, state: str
) -> None:
    invoice = issued(world.home)
    begun = attempt(world.home, provider(world.home), invoice)
    with company_scope(world.home.company):
        paid = [
            settle_attempt(
                begun,
                amount=Decimal(amount),
                currency=currency,
                charge="ch_1",
                method="card",
                at=timezone.now(),
            )
            for _each in range(3)
        ]
        assert len({each.pk for each in paid}) == 1
        assert PaymentAttempt.objects.get(pk=begun.pk).state == state
    assert open_of(invoice) == Decimal(still_open)
    assert left_of(paid[0]) == Decimal(left)


def test_a_second_charge_of_one_attempt_is_credit(world: World) -> None:
    invoice = issued(world.home)
    begun = attempt(world.home, provider(world.home), invoice)
    with company_scope(world.home.company):
        for charge in ("ch_1", "ch_2"):
            payment = settle_attempt(
                begun,
                amount=Decimal(100),
                currency="EUR",
                charge=charge,
                method="card",
                at=timezone.now(),
            )
        assert PaymentAttempt.objects.get(pk=begun.pk).state == "succeeded"
    assert [open_of(invoice), left_of(payment)] == [0, 100]


def test_one_attempt_of_an_invoice_is_on_its_way(world: World) -> None:
    invoice, account = issued(world.home), provider(world.home)
    first = attempt(world.home, account, invoice, key="1")
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt(world.home, account, invoice, key="2")
    with company_scope(world.home.company):
        PaymentAttempt.objects.filter(pk=first.pk).update(state="expired")
    attempt(world.home, account, invoice, key="3")


@pytest.mark.parametrize(
    "statement",
    [
        "update payments_payment set amount = 1",
        "delete from payments_allocation",
        "update payments_allocation set amount = 2",
        "insert into payments_allocation (id, company_id, customer_id, payment_id, invoice_id, instalment_id, amount,"
        " currency, allocated_on, reason, made_at) select gen_random_uuid(), company_id, customer_id, payment_id,"
        " invoice_id, instalment_id, 90, currency, allocated_on, '', now() from payments_allocation",
    ],
)
def test_the_database_refuses_what_goes_past_the_actions(world: World, statement: str) -> None:
    invoice = issued(world.home)
    pay(world.home, "20.00", invoice)
    with company_scope(world.home.company), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)
    assert open_of(invoice) == 80


def test_the_database_knows_the_same_ways_as_the_words() -> None:
    written = __import__(f"{_migrations}.0003_keep_the_ledger", fromlist=["WAYS"]).WAYS
    for name, table in (
        ("paymentattempt", choices.ATTEMPT_TRANSITIONS),
        ("declaredpayment", choices.DECLARED_TRANSITIONS),
        ("providereventrun", choices.RUN_TRANSITIONS),
        ("dispute", choices.DISPUTE_TRANSITIONS),
    ):
        said = {
            before.value: " ".join(each.value for each in after) for before, after in table.items() if after
        }
        assert written[name] == said, name


def test_every_use_is_counted_once(world: World) -> None:
    invoice = issued(world.home)
    pay(world.home, "100.00", invoice)
    with company_scope(world.home.company):
        (use,) = Allocation.objects.holding()
        take_back(use, by=None, reason="It was another's")
        assert not Allocation.objects.holding().exists()
        with pytest.raises(exceptions.AlreadyTakenBack):
            take_back(use, by=None, reason="It was another's")
    assert open_of(invoice) == 100
