"""What becomes of an attempt to pay online. The provider's page is opened elsewhere (`providers`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from portal_modules.billing.actions import billing_day, credit_invoice, is_closed_month
from portal_modules.billing.models import Invoice
from portal_modules.core.actions import log
from portal_modules.core.compiled import compiled
from portal_modules.core.events import events
from portal_modules.core.together import know, once

from .. import exceptions
from ..choices import ATTEMPT_TRANSITIONS, AttemptState, PaymentMethod
from ..events import ATTEMPT_CHANGED
from ..models import Payment, PaymentAttempt, PaymentAttemptItem
from .ledger import OLDEST_DAYS, book_payment, booked_charges, check_amount, lock_invoices, use


@transaction.atomic
def settle_attempt(
    attempt: PaymentAttempt,
    *,
    amount: Decimal,
    currency: str,
    charge: str,
    method: str,
    at: datetime,
    payer_name: str = "",
    by: Any | None = None,
) -> Payment:
    """Book what a provider has taken for an attempt: once for each charge, however often it is told.

    What differs from what was asked is booked as it came and never pays more than it is: less pays a part, more is
    the customer's credit, another currency pays nothing; then the attempt is in review. Raises `CurrencyUnknown`
    and `NoAmount` for what no book holds.
    """
    items = items_of(attempt.pk)
    invoices = lock_invoices([item.invoice_id for item in items])
    attempt = _locked(attempt)
    booked: list[Payment] = booked_charges(attempt.provider_id, charge)
    if booked:
        return booked[0]
    check_amount(amount, currency)
    day = open_day(attempt, at)
    is_ours = currency == attempt.currency
    asked = sum((item.amount for item in items), Decimal(0))
    fees = sum((item.fees for item in items), Decimal(0))
    payment = book_payment(
        attempt.customer,
        by=by,
        amount=amount,
        currency=currency,
        method=method if method in PaymentMethod.values else PaymentMethod.OTHER,
        on=day,
        fees=min(fees, max(amount - asked, Decimal(0))) if is_ours else Decimal(0),
        provider=attempt.provider,
        charge=charge,
        attempt=attempt,
        payer_name=payer_name,
    )
    if is_ours:
        _use_as_asked(payment, items, invoices, by=by, on=day)
    if is_ours and amount >= attempt.amount:
        _give_discounts(items, invoices, attempt, by=by)
    is_as_asked = is_ours and amount == attempt.amount
    state = AttemptState.SUCCEEDED if is_as_asked else AttemptState.REVIEW
    if state in ATTEMPT_TRANSITIONS[AttemptState(attempt.state)]:
        _move(attempt, state, by=by, method=payment.method)
    else:
        log("payments.paid_again", attempt, by=by, payment=payment.number, amount=str(amount))
    return payment


@transaction.atomic
def move_attempt(
    attempt: PaymentAttempt, state: str, *, by: Any | None = None, failure: str = "", **facts: Any
) -> PaymentAttempt:
    """Have an attempt reach a state, with what became known of it. The same again only keeps the facts.

    Raises `AlreadyDecided` where no way leads from its state to this one.
    """
    attempt = _locked(attempt)
    wanted = AttemptState(state)
    if failure:
        facts["failure"] = failure[:300]
    if wanted != attempt.state and wanted not in ATTEMPT_TRANSITIONS[AttemptState(attempt.state)]:
        raise exceptions.AlreadyDecided
    return _move(attempt, wanted, by=by, **facts)


def _move(attempt: PaymentAttempt, state: AttemptState, *, by: Any | None, **facts: Any) -> PaymentAttempt:
    before, attempt.state = attempt.state, state
    for name, value in facts.items():
        setattr(attempt, name, value)
    attempt.save(update_fields=["state", "changed_at", *facts])
    if before != state:
        say_moved(attempt, before, by=by)
    return attempt


def say_moved(attempt: PaymentAttempt, before: str, *, by: Any | None) -> None:
    """Write down that an attempt has reached its state, and tell who listens."""
    log("payments.attempt", attempt, by=by, before=before, after=attempt.state)
    events.announce(
        ATTEMPT_CHANGED,
        company_id=attempt.company_id,
        customer_id=attempt.customer_id,
        attempt_id=attempt.pk,
    )


def _use_as_asked(
    payment: Payment,
    items: list[PaymentAttemptItem],
    invoices: dict[UUID, Invoice],
    *,
    by: Any | None,
    on: date,
) -> None:
    """For what each was for, as far as it is still owed; the rest is credit."""
    left = payment.amount - payment.fees
    for item in items:
        invoice = invoices[item.invoice_id]
        still_open = invoice.open_now
        if item.instalment is not None:
            part = invoice.instalments.get(pk=item.instalment.pk)
            still_open = min(still_open, part.amount - part.settled)
        if share := max(min(left, item.amount, still_open), Decimal(0)):
            use(payment, invoice, share, by=by, on=on, instalment=item.instalment)
            left -= share


def _give_discounts(
    items: list[PaymentAttemptItem],
    invoices: dict[UUID, Invoice],
    attempt: PaymentAttempt,
    *,
    by: Any | None,
) -> None:
    """What whoever pays early leaves out becomes a credit of the invoice, in words that the customer reads."""
    for item in items:
        invoice = invoices[item.invoice_id]
        if item.discount and item.discount <= invoice.open_now:
            with translation.override(attempt.customer.language or attempt.customer.company.language):
                reason = _("Discount for early payment")
            credit_invoice(invoice, by=by, amount=item.discount, reason=reason)


def open_day(attempt: PaymentAttempt, at: datetime) -> date:
    """The day that the provider names; where its books are closed, or it is no possible day, today."""
    company = attempt.customer.company
    today = billing_day(company)
    day = at.astimezone(company.zone).date()
    is_closed = is_closed_month(day)
    return today if is_closed or day > today or (today - day).days > OLDEST_DAYS else day


def _locked(attempt: PaymentAttempt) -> PaymentAttempt:
    found: PaymentAttempt = lock_attempts((attempt.pk,))[0]
    return found


@compiled
def lock_attempts(attempts: tuple[UUID, ...]) -> QuerySet[PaymentAttempt]:
    """Attempts as they are now, kept until the transaction ends. Their invoices have to be locked before."""
    rows = PaymentAttempt.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=attempts)
    return rows.select_related("customer__company", "provider").order_by("pk")


def know_items(attempts: Sequence[UUID]) -> None:
    """Read together what many attempts pay; no item is ever changed in what is used of it here."""
    found: dict[UUID, list[PaymentAttemptItem]] = defaultdict(list)
    for item in _items(tuple(attempts)) if attempts else ():
        found[item.attempt_id].append(item)
    for attempt in attempts:
        know(("payments.items", attempt), found[attempt])


def items_of(attempt: UUID) -> list[PaymentAttemptItem]:
    """What an attempt pays; asked once for all that is done together."""
    return once(("payments.items", attempt), lambda: _items((attempt,)))


@compiled
def _items(attempts: tuple[UUID, ...]) -> QuerySet[PaymentAttemptItem]:
    rows = PaymentAttemptItem.objects.filter(attempt_id__in=attempts).order_by("pk")
    return rows.select_related("instalment")
