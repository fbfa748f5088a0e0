"""Payments: what was paid, what it paid, and how it came."""

from .attempts import PaymentAttempt, PaymentAttemptItem
from .declared import DeclaredItem, DeclaredPayment
from .ledger import Allocation, Dispute, Payment, Refund, RefundStep
from .providers import PaymentPolicy, PaymentProvider, ProviderEvent, ProviderEventRun

__all__ = [
    "Allocation",
    "DeclaredItem",
    "DeclaredPayment",
    "Dispute",
    "Payment",
    "PaymentAttempt",
    "PaymentAttemptItem",
    "PaymentPolicy",
    "PaymentProvider",
    "ProviderEvent",
    "ProviderEventRun",
    "Refund",
    "RefundStep",
]
