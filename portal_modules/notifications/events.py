"""What the outbox announces."""

from __future__ import annotations

from portal_modules.core.events import events

# A message was written to the outbox: `message_id` and `company_id`.
MESSAGE_WRITTEN = events.declare("notifications.message_written", "message_id", "company_id")

# The mail server has taken one: `message_id` and `company_id`.
MESSAGE_SENT = events.declare("notifications.message_sent", "message_id", "company_id")

# A mail that somebody asks for: the words of another, as they would arrive.
WORDS_TRIED = "notifications.words_tried"
