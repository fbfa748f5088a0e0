"""What payments announces. Every payload has the company and is ids only."""

from __future__ import annotations

from portal_modules.core.events import events

_PAYMENT = ("company_id", "customer_id", "payment_id")
_DECLARED = ("company_id", "customer_id", "declared_id")
_ATTEMPT = ("company_id", "customer_id", "attempt_id")

RECEIVED = events.declare("payments.received", *_PAYMENT)
ALLOCATED = events.declare("payments.allocated", "company_id", "customer_id", "invoice_id")
TAKEN_BACK = events.declare("payments.taken_back", "company_id", "customer_id", "invoice_id")
REFUNDED = events.declare("payments.refunded", *_PAYMENT, "refund_id")
REFUND_FAILED = events.declare("payments.refund_failed", *_PAYMENT, "refund_id")
REFUND_SILENT = events.declare("payments.refund_silent", *_PAYMENT, "refund_id")
DISPUTED = events.declare("payments.disputed", *_PAYMENT, "dispute_id")
DECLARED = events.declare("payments.declared", *_DECLARED)
DECLARED_CONFIRMED = events.declare("payments.declared_confirmed", *_DECLARED)
DECLARED_REJECTED = events.declare("payments.declared_rejected", *_DECLARED)
ATTEMPT_CHANGED = events.declare("payments.attempt_changed", *_ATTEMPT)

_AUTOPAY = ("company_id", "customer_id", "autopay_id")
AUTOPAY_ANNOUNCED = events.declare("payments.autopay_announced", *_AUTOPAY, "run_id")
AUTOPAY_ENDED = events.declare("payments.autopay_ended", *_AUTOPAY)
AUTOPAY_CARD_ENDS = events.declare("payments.autopay_card_ends", *_AUTOPAY)
