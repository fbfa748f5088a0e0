"""Using what a customer has in credit: what is left of payments, and free credits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from portal_modules.billing.actions import billing_day
from portal_modules.billing.models import Credit, Invoice
from portal_modules.core.actions import log
from portal_modules.core.compiled import compiled

from .. import exceptions
from ..choices import CreditUse
from ..models import Allocation, Payment, PaymentPolicy
from .ledger import lock_invoices, lock_source, use


def policy_in_scope() -> PaymentPolicy:
    """The terms of the company in scope; one that has said nothing has the usual ones."""
    return next(iter(_policies()), None) or PaymentPolicy()


@compiled
def _policies() -> QuerySet[PaymentPolicy]:
    return PaymentPolicy.objects.all()


def credit_sources(customer_id: int, currency: str) -> list[Payment | Credit]:
    """What of a customer may have something left, the oldest first."""
    payments = (
        Payment.objects.as_credit().with_something_left().filter(customer_id=customer_id, currency=currency)
    )
    credits = Credit.objects.filter(customer_id=customer_id, currency=currency, invoice=None)
    found = [(each.received_on, each.number, each) for each in payments]
    found += [(each.credited_on, each.number, each) for each in credits]
    return [each for _day, _number, each in sorted(found, key=lambda row: row[:2])]


@transaction.atomic
def use_credit(
    invoice: Invoice, *, by: Any | None, amount: Decimal | None = None, asked: bool = True
) -> list[Allocation]:
    """Pay an invoice with the credit of its customer, the oldest first. Without an amount, as much as there is.

    Somebody who is not staff has `asked`, and is refused where the company does not let them.
    """
    if asked and policy_in_scope().credit_use == CreditUse.OFF:
        raise exceptions.CreditIsOff
    invoice = lock_invoices([invoice.pk])[invoice.pk]
    wanted = invoice.open_now if amount is None else amount
    if invoice.open_now <= 0:
        raise exceptions.NothingOpen
    if wanted > invoice.open_now:
        raise exceptions.MoreThanOpen
    made: list[Allocation] = []
    sources = credit_sources(invoice.customer_id, invoice.currency)
    for each in sorted(sources, key=lambda source: (isinstance(source, Credit), str(source.pk))):
        lock_source(each)
    left_over = wanted
    for each in sources:
        source, left = lock_source(each)
        if share := min(left, left_over):
            made += use(source, invoice, share, by=by, on=billing_day(invoice.company))
            left_over -= share
        if not left_over:
            break
    if not made or (amount is not None and left_over):
        raise exceptions.NoCredit
    log("payments.use_credit", invoice, by=by, amount=str(wanted - left_over))
    return made
