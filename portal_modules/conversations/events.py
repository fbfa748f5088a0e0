"""What conversations announce."""

from __future__ import annotations

from portal_modules.core.events import events

# Somebody wrote to the other side; notes and changes of state are not announced.
MESSAGE_WRITTEN = events.declare(
    "conversations.message_written", "company_id", "customer_id", "thread_id", "message_id"
)

# The mail to those of the staff who look after the record.
CUSTOMER_WROTE = "conversations.customer_wrote"
