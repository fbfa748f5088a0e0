"""What rows of payments need besides plain values, for checks that hold for every module."""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from typing import Any
from uuid import uuid4

from django.utils import timezone

from portal_modules.billing.actions import (
    Claim,
    billing_day,
    draft_invoice,
    issue_invoice,
    locked,
    settle,
)
from portal_modules.billing.models import Invoice
from portal_modules.customers.models import Customer
from portal_modules.payments.actions import record_payment
from portal_modules.payments.choices import AutopayEnd
from portal_modules.payments.models import (
    Allocation,
    Autopay,
    AutopayRun,
    DeclaredItem,
    DeclaredPayment,
    Dispute,
    PayerAccount,
    Payment,
    PaymentAttempt,
    PaymentAttemptItem,
    PaymentPolicy,
    PaymentProvider,
    ProviderEvent,
    ProviderEventRun,
    Refund,
    RefundStep,
)

OF = {"currency": "EUR"}


def beside(model: type[Any], customer: Customer) -> dict[str, Any]:
    """What hangs from a record points at one of the customer's own, and fits into it."""
    if model is PaymentPolicy:
        return {"least_percent": Decimal(0), "least_amount": Decimal(0)}
    if model is PaymentProvider:
        return {"methods": ["card"], "label": f"Ways {uuid4()}", "provider_account": ""}
    if model is Payment:
        return {**OF, "amount": Decimal(20)}
    if model is DeclaredPayment:
        return {**OF, "amount": Decimal(20)}
    if model is PaymentAttempt:
        return {**OF, "provider": provider(customer)}
    if model is Autopay:
        # A customer has one that holds; those that have ended are many.
        return {"provider": provider(customer), "ended_at": timezone.now(), "end": AutopayEnd.values[0]}
    if model in {ProviderEvent, PayerAccount}:
        return {"provider": provider(customer)}
    if model is ProviderEventRun:
        return {"event": _of(ProviderEvent, customer)}
    if model is PaymentAttemptItem:
        return {"attempt": _of(PaymentAttempt, customer), "invoice": invoice(customer), "amount": Decimal(1)}
    if model is AutopayRun:
        return {"autopay": _of(Autopay, customer), "invoice": invoice(customer)}
    if model is DeclaredItem:
        return {"invoice": invoice(customer)}
    if model in {Refund, Dispute}:
        return {**OF, "payment": payment(customer), "amount": Decimal(1)}
    if model is RefundStep:
        return {"state": "confirmed"}
    if model is Allocation:
        of = settle(locked(invoice(customer)), paid=Decimal(1))
        return {
            **OF,
            "payment": payment(customer),
            "invoice": of,
            "instalment": of.instalments.get(),
            "amount": Decimal(1),
        }
    return {}


def provider(customer: Customer) -> PaymentProvider:
    """A way to be paid of the company."""
    found: PaymentProvider | None = PaymentProvider.objects.first()
    return found or PaymentProvider.objects.create(
        company=customer.company, kind="sandbox", label="Sandbox", methods=["card"], is_on=True
    )


def payment(customer: Customer) -> Payment:
    """One of a thousand euros, not used."""
    return record_payment(customer, by=None, amount=Decimal(1000), currency="EUR", method="transfer")


def invoice(customer: Customer) -> Invoice:
    """One of a hundred euros that is owed."""
    today = billing_day(customer.company)
    claims = [Claim("Work", Decimal(100))]
    draft = draft_invoice(customer, by=None, claims=claims, due_on=today, currency="EUR")
    return issue_invoice(draft, by=None)


def _of(model: type[Any], customer: Customer) -> Any:
    return import_module("tests.modules.rows").filled(model, customer)
