"""What the opinion box announces."""

from __future__ import annotations

from portal_modules.core.events import events

ANSWERED = events.declare("feedback.answered", "company_id", "opinion_id", "answer_id")
