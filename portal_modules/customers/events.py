"""What the customers announce."""

from __future__ import annotations

from portal_modules.core.events import events

# Staff want a contact to get in: who asks for it is `by_id`, None for the system.
ACCESS_WANTED = events.declare("customers.access_wanted", "company_id", "contact_id", "by_id")
