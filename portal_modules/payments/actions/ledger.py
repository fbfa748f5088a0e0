"""Booking payments, and using them for invoices.

Whatever touches money locks in one order, so that nobody waits for somebody who waits for them: invoices by
their key, then payments and credits by theirs, and a number of a series last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet, Sum

from portal_modules.billing.actions import billing_day, parts_of, refuse_closed_month, settle, shares_of
from portal_modules.billing.choices import InvoiceState
from portal_modules.billing.models import Credit, Instalment, Invoice
from portal_modules.core.actions import log
from portal_modules.core.amounts import fits, most_of
from portal_modules.core.choices import Currency
from portal_modules.core.compiled import compiled
from portal_modules.core.events import events
from portal_modules.core.sequences import next_number
from portal_modules.core.together import once
from portal_modules.customers.models import Customer

from .. import exceptions
from ..choices import PaymentMethod, Surplus
from ..events import ALLOCATED, RECEIVED, TAKEN_BACK
from ..models import (
    Allocation,
    DeclaredPayment,
    Payment,
    PaymentAttempt,
    PaymentPolicy,
    PaymentProvider,
)

PAYMENT_SERIES = "payments.payment"
OLDEST_DAYS = 366 * 5
MOST_INVOICES = 200


def book_payment(
    customer: Customer,
    *,
    by: Any | None,
    amount: Decimal,
    currency: str,
    method: str,
    on: date | None = None,
    fees: Decimal = Decimal(0),
    invoices: Mapping[UUID, Decimal] | Sequence[Invoice] = (),
    provider: PaymentProvider | None = None,
    charge: str = "",
    attempt: PaymentAttempt | None = None,
    declared: DeclaredPayment | None = None,
    bank_line: str = "",
    payer_name: str = "",
    note: str = "",
) -> Payment:
    """Book money that came, and use it for invoices; what is left is the customer's credit.

    Where the company takes no surplus, what is left is held instead, until staff give it back or use it.

    `invoices` are either amounts by the invoice's key, refused where more than is open is given, or invoices that
    are paid one after the other as far as it reaches. `fees` is what of it is fine and interest. The same charge
    of a provider and the same line of a bank is booked once: `ChargeTaken`.

    For whoever has a savepoint of their own around it, which a refusal undoes; all others call `record_payment`.
    """
    day = on or billing_day(customer.company)
    check_amount(amount, currency)
    _check_day(day, billing_day(customer.company))
    if fees < 0 or fees > amount or not fits(fees, currency):
        raise exceptions.AmountOutOfBounds
    wanted = list(invoices) if isinstance(invoices, Mapping) else [each.pk for each in invoices]
    locked = lock_invoices(wanted)
    payment = _booked(
        customer,
        by,
        amount=amount,
        fees=fees,
        currency=currency,
        method=PaymentMethod(method),
        received_on=day,
        provider=provider,
        provider_charge=charge[:255],
        attempt=attempt,
        declared=declared,
        bank_line=bank_line[:200],
        payer_name=payer_name.strip()[:160],
        note=note.strip()[:500],
    )
    left = amount - fees
    for pk in wanted:
        invoice = locked[pk]
        share = invoices[pk] if isinstance(invoices, Mapping) else min(left, invoice.open_now)
        if share > left:
            raise exceptions.MoreThanLeft
        if share > 0:
            use(payment, invoice, share, by=by, on=day)
            left -= share
    announce(RECEIVED, payment, payment_id=payment.pk)
    return payment


record_payment = transaction.atomic(book_payment)


def _booked(customer: Customer, by: Any | None, **facts: Any) -> Payment:
    serial = next_number(customer.company, PAYMENT_SERIES)
    payment: Payment = Payment(
        company=customer.company,
        customer=customer,
        serial=serial,
        number=f"P-{serial:06d}",
        recorded_by=by,
        surplus_held=refuses_surplus(),
        **facts,
    )
    # The series keeps all others of the company waiting: whoever comes later sees what was booked before.
    if payment.provider_charge and booked_charges(payment.provider_id, payment.provider_charge):
        raise exceptions.ChargeTaken
    taken = Payment.objects.none()
    if payment.bank_line:
        taken |= Payment.objects.filter(bank_line=payment.bank_line)
    if payment.declared is not None:
        taken |= Payment.objects.filter(declared=payment.declared)
    if taken.exists():
        raise exceptions.ChargeTaken
    payment.save(force_insert=True)
    say_booked(payment, by=by)
    return payment


def say_booked(payment: Payment, *, by: Any | None) -> None:
    """Write down who booked a payment."""
    amount = str(payment.amount)
    log("payments.record", payment, by=by, number=payment.number, amount=amount, method=payment.method)


@compiled
def booked_charges(provider: UUID | None, charge: str) -> QuerySet[Payment]:
    """What was booked for a charge of a provider: one payment, or none."""
    return Payment.objects.filter(provider_id=provider, provider_charge=charge)


def refuses_surplus() -> bool:
    """Does the company hold what is more than was owed, instead of making it credit?"""
    refusing = PaymentPolicy.objects.filter(surplus=Surplus.REFUSED)
    return once("payments.surplus_refused", lambda: bool(refusing.exists()))


@transaction.atomic
def allocate(
    source: Payment | Credit,
    invoice: Invoice,
    amount: Decimal | None = None,
    *,
    by: Any | None,
    instalment: Instalment | None = None,
    on: date | None = None,
) -> list[Allocation]:
    """Use what is left of a payment, or of a free credit, for an invoice. Without an amount, as much as fits.

    Without an instalment the first that is due is paid first; there is one row for each that something goes to.
    """
    invoice = lock_invoices([invoice.pk])[invoice.pk]
    source, left = lock_source(source)
    if amount is None:
        amount = min(left, invoice.open_now if instalment is None else _part(invoice, instalment).open)
        if amount <= 0:
            raise exceptions.NoCredit if left <= 0 else exceptions.NothingOpen
    if amount > left:
        raise exceptions.MoreThanLeft
    return use(source, invoice, amount, by=by, on=on or billing_day(invoice.company), instalment=instalment)


@transaction.atomic
def allocate_oldest_first(
    source: Payment | Credit, *, by: Any | None, on: date | None = None
) -> list[Allocation]:
    """Use what is left for the customer's open invoices of the same currency, the first that was due first."""
    rows = (
        Invoice.objects.open()
        .filter(customer_id=source.customer_id, currency=source.currency)
        .order_by("next_due_on", "issued_on", "number")
    )
    order = list(rows.values_list("pk", flat=True)[:MOST_INVOICES])
    invoices = lock_invoices(order)
    source, left = lock_source(source)
    made: list[Allocation] = []
    for pk in order:
        share = min(left, invoices[pk].open_now)
        if share > 0:
            made += use(source, invoices[pk], share, by=by, on=on or billing_day(invoices[pk].company))
            left -= share
    return made


@transaction.atomic
def take_back(
    allocation: Allocation, *, by: Any | None, reason: str, amount: Decimal | None = None
) -> Allocation:
    """Undo a use, or an amount of it: the invoice is owed again, and the money is the customer's credit."""
    if not reason.strip():
        raise exceptions.ReasonMissing
    invoice = lock_invoices([allocation.invoice_id])[allocation.invoice_id]
    lock_source(allocation.payment or allocation.credit)
    held = Allocation.objects.holding().filter(pk=allocation.pk).first()
    if held is None:
        raise exceptions.AlreadyTakenBack
    amount = held.held if amount is None else amount
    check_amount(amount, allocation.currency)
    if amount > held.held:
        raise exceptions.MoreThanAllocated
    day = billing_day(invoice.company)
    refuse_closed_month(day)
    settle(invoice, paid=-amount, shares={allocation.instalment_id: -amount})
    row: Allocation = Allocation.objects.create(
        company_id=allocation.company_id,
        customer_id=allocation.customer_id,
        payment_id=allocation.payment_id,
        credit_id=allocation.credit_id,
        invoice_id=allocation.invoice_id,
        instalment_id=allocation.instalment_id,
        amount=-amount,
        currency=allocation.currency,
        allocated_on=day,
        takes_back=allocation,
        reason=reason.strip()[:300],
        made_by=by,
    )
    log("payments.take_back", invoice, by=by, amount=str(amount), reason=row.reason)
    announce(TAKEN_BACK, allocation, invoice_id=allocation.invoice_id)
    return row


def use(
    source: Payment | Credit,
    invoice: Invoice,
    amount: Decimal,
    *,
    by: Any | None,
    on: date,
    instalment: Instalment | None = None,
) -> list[Allocation]:
    """Write down that an amount pays an invoice. Both have to be locked, and so much of the source to be left."""
    check_amount(amount, invoice.currency)
    check_use(source, invoice, amount)
    refuse_closed_month(on)
    parts = parts_of(invoice)
    if instalment is not None:
        parts = [part for part in parts if part.pk == instalment.pk]
        if not parts:
            raise exceptions.AnotherInvoice
        if amount > parts[0].amount - parts[0].settled:
            raise exceptions.MoreThanOpen
    shares = shares_of(parts, amount)
    settle(invoice, paid=amount, shares=shares, parts=parts if instalment is None else None)
    is_payment = isinstance(source, Payment)
    made: list[Allocation] = Allocation.objects.bulk_create(
        Allocation(
            company_id=invoice.company_id,
            customer_id=invoice.customer_id,
            payment_id=source.pk if is_payment else None,
            credit_id=None if is_payment else source.pk,
            invoice=invoice,
            instalment_id=part,
            amount=share,
            currency=invoice.currency,
            allocated_on=on,
            made_by=by,
        )
        for part, share in shares.items()
    )
    log("payments.allocate", invoice, by=by, amount=str(amount), of=source.number)
    announce(ALLOCATED, invoice, invoice_id=invoice.pk)
    return made


def check_use(source: Payment | Credit, invoice: Invoice, amount: Decimal) -> None:
    """Raise what keeps a payment or credit from paying an invoice, without doing it."""
    if source.customer_id != invoice.customer_id:
        raise exceptions.AnotherCustomer
    if source.currency != invoice.currency:
        raise exceptions.AnotherCurrency
    if invoice.state != InvoiceState.ISSUED or invoice.open_now <= 0:
        raise exceptions.NothingOpen
    if amount > invoice.open_now:
        raise exceptions.MoreThanOpen


def lock_invoices(keys: Sequence[UUID]) -> dict[UUID, Invoice]:
    """The invoices as they are now, kept until the transaction ends; locked in the order of their keys."""
    if len(set(keys)) > MOST_INVOICES:
        raise exceptions.TooManyInvoices
    found = {each.pk: each for each in _invoices(tuple(sorted(set(keys))))} if keys else {}
    if missing := set(keys) - found.keys():
        raise Invoice.DoesNotExist(f"There is no invoice {missing}.")
    return found


@compiled
def _invoices(keys: tuple[UUID, ...]) -> QuerySet[Invoice]:
    rows = Invoice.objects.filter(pk__in=keys).order_by("pk").select_related("company")
    return rows.select_for_update(no_key=True, of=("self",))


def lock_source(source: Payment | Credit | None) -> tuple[Payment | Credit, Decimal]:
    """A payment or credit, kept until the transaction ends, and what is left of it."""
    if isinstance(source, Payment):
        Payment.objects.select_for_update(no_key=True).get(pk=source.pk)
        payment: Payment = Payment.objects.with_left().get(pk=source.pk)
        return payment, payment.unallocated
    assert source is not None  # an allocation has one of the two
    credit: Credit = Credit.objects.select_for_update(no_key=True).get(pk=source.pk)
    return credit, left_of_credit(credit)


def left_of_credit(credit: Credit) -> Decimal:
    """What of a free credit is not used; of one that made an invoice less, nothing is."""
    if credit.invoice_id is not None:
        return Decimal(0)
    used = Allocation.objects.filter(credit=credit).aggregate(sum=Sum("amount"))["sum"]
    return Decimal(credit.amount - (used or 0))


def check_amount(amount: Decimal, currency: str) -> None:
    """Raise what is wrong with an amount of a currency."""
    if currency not in Currency.values:
        raise exceptions.CurrencyUnknown
    if not amount.is_finite() or amount <= 0:
        raise exceptions.AmountNotPositive
    if amount > most_of(currency):
        raise exceptions.AmountOutOfBounds
    if not fits(amount, currency):
        raise exceptions.DigitsOfCurrency


def _check_day(day: date, today: date) -> None:
    if day > today:
        raise exceptions.DateInTheFuture
    if (today - day).days > OLDEST_DAYS:
        raise exceptions.DateTooOld
    refuse_closed_month(day)


def _part(invoice: Invoice, instalment: Instalment) -> Instalment:
    part: Instalment | None = invoice.instalments.filter(pk=instalment.pk).first()
    if part is None:
        raise exceptions.AnotherInvoice
    return part


def announce(event: str, row: Any, **ids: Any) -> None:
    """Tell who listens what became of a row of a customer."""
    events.announce(event, company_id=row.company_id, customer_id=row.customer_id, **ids)
