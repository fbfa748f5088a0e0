"""What processes announce. Every payload has the company and is ids only."""

from __future__ import annotations

from portal_modules.core.events import events

_PROCESS = ("company_id", "customer_id", "process_id")

OPENED = events.declare("processes.opened", *_PROCESS)
PHASE_CHANGED = events.declare("processes.phase_changed", *_PROCESS, "phase_id")
NOTICE_PUBLISHED = events.declare("processes.notice_published", *_PROCESS, "notice_id")
STATE_CHANGED = events.declare("processes.state_changed", *_PROCESS)

# Mails that somebody asks for: an address was typed, and it is on file.
LOST_NUMBER = "processes.lost_number"
YOUR_NUMBERS = "processes.your_numbers"

_REVIEW = ("company_id", "customer_id", "review_id")
REVIEW_RECEIVED = events.declare("processes.review_received", *_REVIEW)
REVIEW_ANSWERED = events.declare("processes.review_answered", *_REVIEW)
