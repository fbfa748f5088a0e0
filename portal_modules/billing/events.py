"""What billing announces. Every payload has the company and is ids only."""

from __future__ import annotations

from portal_modules.core.events import events

_INVOICE = ("company_id", "customer_id", "invoice_id")

ISSUED = events.declare("billing.issued", *_INVOICE)
CANCELLED = events.declare("billing.cancelled", *_INVOICE)
CREDITED = events.declare("billing.credited", *_INVOICE, "credit_id")
REMINDED = events.declare("billing.reminded", *_INVOICE, "reminder_id")
NOTE_TAKEN_IN = events.declare("billing.note_taken_in", "company_id", "customer_id", "note_id")
ORDER_WRITTEN = events.declare("billing.order_written", *_INVOICE)
COPY_ASKED = events.declare("billing.copy_asked", "company_id", "customer_id", "copy_id")
NOTE_CANCELLED = events.declare("billing.note_cancelled", "company_id", "customer_id", "note_id")
PACK_READY = events.declare("billing.pack_ready", "company_id", "customer_id", "pack_id")
