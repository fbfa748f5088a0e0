"""Payments: what was paid, what it paid, and how it came."""

from .attempts import PaymentAttempt, PaymentAttemptItem
from .autopay import Autopay, AutopayRun, PayerAccount
from .bank import BankFile, BankLine
from .declared import DeclaredItem, DeclaredPayment
from .ledger import Allocation, Dispute, Payment, Refund, RefundStep
from .payouts import PayoutPlan, ProviderBalance, ProviderPayout
from .providers import PaymentPolicy, PaymentProvider, ProviderEvent, ProviderEventRun
from .sandbox import SandboxPayer, SandboxSession

__all__ = [
    "Allocation",
    "Autopay",
    "AutopayRun",
    "BankFile",
    "BankLine",
    "DeclaredItem",
    "DeclaredPayment",
    "Dispute",
    "PayerAccount",
    "Payment",
    "PaymentAttempt",
    "PaymentAttemptItem",
    "PaymentPolicy",
    "PaymentProvider",
    "PayoutPlan",
    "ProviderBalance",
    "ProviderEvent",
    "ProviderEventRun",
    "ProviderPayout",
    "Refund",
    "RefundStep",
    "SandboxPayer",
    "SandboxSession",
]
