"""Payments for tests, and what is left of them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from portal_modules.billing.models import Invoice
from portal_modules.core.scope import company_scope
from portal_modules.payments.actions import record_payment
from portal_modules.payments.models import (
    Allocation,
    Payment,
    PaymentAttempt,
    PaymentAttemptItem,
    PaymentProvider,
)
from tests.world.companies import CompanyWorld


def pay(side: CompanyWorld, amount: str, *invoices: Invoice, who: str = "alice", **facts: Any) -> Payment:
    """Money that came by transfer, used for invoices as far as it reaches."""
    with company_scope(side.company):
        customer = side.customers[who]
        values = {"currency": side.company.currency, "method": "transfer", **facts}
        return record_payment(customer, by=None, amount=Decimal(amount), invoices=invoices, **values)


def open_of(invoice: Invoice) -> Decimal:
    """What is owed of it, by the database."""
    with company_scope(invoice.company):
        return Decimal(Invoice.objects.get(pk=invoice.pk).open_amount)


def left_of(payment: Payment) -> Decimal:
    """What is the customer's credit."""
    with company_scope(payment.company):
        return Payment.objects.get(pk=payment.pk).unallocated


def counts(side: CompanyWorld) -> tuple[int, int]:
    """How many payments and uses a company has."""
    with company_scope(side.company):
        return Payment.objects.count(), Allocation.objects.count()


def provider(side: CompanyWorld, **facts: Any) -> PaymentProvider:
    """An account at the sandbox."""
    with company_scope(side.company):
        values = {"kind": "sandbox", "label": "Sandbox", "methods": ["card"], "is_on": True, **facts}
        found: PaymentProvider = PaymentProvider.objects.create(company=side.company, **values)
        return found


def attempt(
    side: CompanyWorld, of: PaymentProvider, *invoices: Invoice, who: str = "alice", **facts: Any
) -> PaymentAttempt:
    """One that was begun, for all that is open of some invoices."""
    with company_scope(side.company):
        customer = side.customers[who]
        amount = sum((each.open_now for each in invoices), Decimal(0))
        made: PaymentAttempt = PaymentAttempt.objects.create(
            company=side.company,
            customer=customer,
            provider=of,
            amount=facts.pop("amount", amount),
            currency=side.company.currency,
            idempotency_key=facts.pop("key", f"{datetime.now(UTC).timestamp()}"),
            **facts,
        )
        PaymentAttemptItem.objects.bulk_create(
            PaymentAttemptItem(
                company=side.company, customer=customer, attempt=made, invoice=each, amount=each.open_now
            )
            for each in invoices
        )
        return made
