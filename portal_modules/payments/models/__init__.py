"""Payments: what was paid, what it paid, and how it came."""

from .attempts import PaymentAttempt, PaymentAttemptItem
from .autopay import Autopay, AutopayRun, PayerAccount
from .declared import DeclaredItem, DeclaredPayment
from .ledger import Allocation, Dispute, Payment, Refund, RefundStep
from .providers import PaymentPolicy, PaymentProvider, ProviderEvent, ProviderEventRun
from .sandbox import SandboxPayer, SandboxSession

__all__ = [
    "Allocation",
    "Autopay",
    "AutopayRun",
    "DeclaredItem",
    "DeclaredPayment",
    "Dispute",
    "PayerAccount",
    "Payment",
    "PaymentAttempt",
    "PaymentAttemptItem",
    "PaymentPolicy",
    "PaymentProvider",
    "ProviderEvent",
    "ProviderEventRun",
    "Refund",
    "RefundStep",
    "SandboxPayer",
    "SandboxSession",
]
