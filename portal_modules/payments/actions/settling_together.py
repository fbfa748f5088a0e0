"""Booking together what many attempts have brought, with one statement where each of them would need its own.

Only what has nothing unusual about it: the whole of one invoice's attempt, as it was asked. All else is left to
`settle_attempt`, which decides the same for it one after another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from portal_modules.billing.actions import is_closed_month, settle_paid
from portal_modules.billing.models import Invoice
from portal_modules.core.actions import log
from portal_modules.core.exceptions import Refusal
from portal_modules.core.sequences import next_number

from ..choices import ATTEMPT_TRANSITIONS, AttemptState, PaymentMethod
from ..events import ALLOCATED, RECEIVED
from ..models import Allocation, Payment, PaymentAttempt
from .ledger import (
    PAYMENT_SERIES,
    announce,
    check_amount,
    check_use,
    lock_invoices,
    refuses_surplus,
    say_booked,
)
from .settling import items_of, lock_attempts, open_day, say_moved

FEWEST: Final = 2  # for less, it saves nothing


@dataclass(frozen=True, slots=True)
class Charged:
    """What a provider says that it has taken for an attempt."""

    attempt: PaymentAttempt
    amount: Decimal
    currency: str
    charge: str
    method: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Booking:
    attempt: PaymentAttempt
    invoice: Invoice
    payment: Payment


def settle_together(told: Sequence[Charged]) -> list[tuple[PaymentAttempt, str]]:
    """Book those of them that are as they were asked; each attempt that is settled by it, with its charge."""
    invoice_of = _invoices_of(told)
    if len(invoice_of) < FEWEST:
        return []
    invoices = lock_invoices(list(invoice_of.values()))
    attempts = {each.pk: each for each in lock_attempts(tuple(sorted(invoice_of)))}
    said = [each for each in told if each.attempt.pk in attempts]
    booked = set(_booked([each.charge for each in said]).values_list("provider_id", "provider_charge"))
    plain: list[_Booking] = []
    for each in said:
        attempt, invoice = attempts[each.attempt.pk], invoices[invoice_of[each.attempt.pk]]
        payment = _payment(attempt, each)
        if (attempt.provider_id, each.charge) not in booked and _is_plain(attempt, invoice, payment):
            plain.append(_Booking(attempt, invoice, payment))
    if plain:
        _book(plain)
    return [(each.attempt, each.payment.provider_charge) for each in plain]


def _invoices_of(told: Sequence[Charged]) -> dict[UUID, UUID]:
    """The one invoice of each attempt that pays one as it was asked, where no other here pays it, too."""
    found: dict[UUID, UUID] = {}
    for each in told:
        items = items_of(each.attempt.pk)
        is_one = len(items) == 1 and not (items[0].instalment_id or items[0].fees or items[0].discount)
        if is_one and items[0].amount == each.amount and each.currency == each.attempt.currency:
            found[each.attempt.pk] = items[0].invoice_id
    attempts = Counter(each.attempt.pk for each in told)
    invoices = Counter(item.invoice_id for pk in attempts for item in items_of(pk))
    return {pk: key for pk, key in found.items() if attempts[pk] == 1 and invoices[key] == 1}


def _booked(charges: list[str]) -> QuerySet[Payment]:
    return Payment.objects.filter(provider_charge__in=charges).order_by()


def _payment(attempt: PaymentAttempt, told: Charged) -> Payment:
    """It has no number yet."""
    return Payment(
        company=attempt.customer.company,
        customer=attempt.customer,
        amount=told.amount,
        currency=told.currency,
        method=told.method if told.method in PaymentMethod.values else PaymentMethod.OTHER,
        received_on=open_day(attempt, told.at),
        provider=attempt.provider,
        provider_charge=told.charge,
        attempt=attempt,
        surplus_held=refuses_surplus(),
    )


def _is_plain(attempt: PaymentAttempt, invoice: Invoice, payment: Payment) -> bool:
    try:
        check_amount(payment.amount, payment.currency)
        check_use(payment, invoice, payment.amount)
    except Refusal:
        return False
    return (
        payment.amount == attempt.amount
        and len(payment.provider_charge) <= 255
        and AttemptState.SUCCEEDED in ATTEMPT_TRANSITIONS[AttemptState(attempt.state)]
        and not is_closed_month(payment.received_on)
    )


def _book(bookings: list[_Booking]) -> None:
    company = bookings[0].payment.company
    last = next_number(company, PAYMENT_SERIES, many=len(bookings))
    for serial, each in enumerate(bookings, start=last - len(bookings) + 1):
        each.payment.serial, each.payment.number = serial, f"P-{serial:06d}"
    Payment.objects.bulk_create(each.payment for each in bookings)
    shares = settle_paid((each.invoice, each.payment.amount) for each in bookings)
    Allocation.objects.bulk_create(
        _allocation(each, part, share, each.payment.received_on)
        for each in bookings
        for part, share in shares[each.invoice.pk].items()
    )
    _move(bookings)
    for each in bookings:
        payment, invoice = each.payment, each.invoice
        say_booked(payment, by=None)
        log("payments.allocate", invoice, by=None, amount=str(payment.amount), of=payment.number)
        announce(ALLOCATED, invoice, invoice_id=invoice.pk)
        announce(RECEIVED, payment, payment_id=payment.pk)


def _allocation(booking: _Booking, part: int, share: Decimal, on: date) -> Allocation:
    return Allocation(
        company_id=booking.invoice.company_id,
        customer_id=booking.invoice.customer_id,
        payment=booking.payment,
        invoice=booking.invoice,
        instalment_id=part,
        amount=share,
        currency=booking.invoice.currency,
        allocated_on=on,
    )


def _move(bookings: list[_Booking]) -> None:
    """All of them have succeeded, by the method that the provider tells."""
    for method in sorted({each.payment.method for each in bookings}):
        keys = [each.attempt.pk for each in bookings if each.payment.method == method]
        PaymentAttempt.objects.filter(pk__in=keys).update(
            state=AttemptState.SUCCEEDED, method=method, changed_at=timezone.now()
        )
    for each in bookings:
        before, each.attempt.state = each.attempt.state, AttemptState.SUCCEEDED
        each.attempt.method = each.payment.method
        say_moved(each.attempt, before, by=None)
