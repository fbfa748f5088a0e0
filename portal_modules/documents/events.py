"""What documents announce. Every payload has the company and is ids only."""

from __future__ import annotations

from portal_modules.core.events import events

_REQUEST = ("company_id", "customer_id", "request_id")

ASKED = events.declare("documents.asked", *_REQUEST)
SENT = events.declare("documents.sent", *_REQUEST, "sent_id")
ACCEPTED = events.declare("documents.accepted", *_REQUEST, "sent_id")
REFUSED = events.declare("documents.refused", *_REQUEST, "sent_id")
WITHDRAWN = events.declare("documents.withdrawn", *_REQUEST)

# A mail of its own: it is due in three days, or today.
DUE_SOON = "documents.due_soon"
