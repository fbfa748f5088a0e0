"""What ${plural} announce. Every payload has the company and is ids only."""

from __future__ import annotations

from portal_modules.core.events import events

_RECORD = ("company_id", "customer_id", "${record}_id")

OPENED = events.declare("${name}.opened", *_RECORD)
STATE_CHANGED = events.declare("${name}.state_changed", *_RECORD)
