"""Verbs of payments. The company's staff scope has to be in force.

Each locks what it changes and returns what it made; a refusal leaves everything as it was.
"""

from .credits import credit_sources, policy_in_scope, use_credit
from .declared import confirm_declared, declare_payment, reject_declared, start_review
from .ledger import (
    PAYMENT_SERIES,
    allocate,
    allocate_oldest_first,
    check_amount,
    check_use,
    left_of_credit,
    lock_invoices,
    record_payment,
    take_back,
)
from .refunds import (
    ask_refund,
    close_dispute,
    confirm_refund,
    fail_refund,
    fees_there,
    key_of_refund,
    open_dispute,
    parted,
    refund_all,
    refund_payment,
    tell_that_it_is_silent,
    there,
)
from .settling import move_attempt, settle_attempt

__all__ = [
    "PAYMENT_SERIES",
    "allocate",
    "allocate_oldest_first",
    "ask_refund",
    "check_amount",
    "check_use",
    "close_dispute",
    "confirm_declared",
    "confirm_refund",
    "credit_sources",
    "declare_payment",
    "fail_refund",
    "fees_there",
    "key_of_refund",
    "left_of_credit",
    "lock_invoices",
    "move_attempt",
    "open_dispute",
    "parted",
    "policy_in_scope",
    "record_payment",
    "refund_all",
    "refund_payment",
    "reject_declared",
    "settle_attempt",
    "start_review",
    "take_back",
    "tell_that_it_is_silent",
    "there",
    "use_credit",
]
