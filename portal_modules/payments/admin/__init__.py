"""Payments in the back office: registers and the pages beside them."""

from .bank import BankFileRegister, BankLineRegister
from .declared import DeclaredRegister
from .disputes import DisputeRegister
from .payments import PaymentRegister
from .payouts import PayoutRegister
from .policy import policy
from .recording import record

__all__ = [
    "BankFileRegister",
    "BankLineRegister",
    "DeclaredRegister",
    "DisputeRegister",
    "PaymentRegister",
    "PayoutRegister",
    "policy",
    "record",
]
