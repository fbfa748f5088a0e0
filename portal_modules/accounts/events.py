"""What the accounts announce, and the mails that they have written."""

from __future__ import annotations

from portal_modules.core.events import events

# Somebody has an account with one or several customers of a company now.
REGISTERED = events.declare("accounts.registered", "company_id", "user_id")
# A new version of the terms or the privacy notice is out.
LEGAL_PUBLISHED = events.declare("accounts.legal_published", "company_id", "text_id")

# Somebody said at a door that their address is missing.
ACCESS_REQUESTED = events.declare("accounts.access_requested", "company_id", "request_id")

# Somebody was invited, or their access was taken away: ids of the contact.
INVITED = events.declare("accounts.invited", "company_id", "invitation_id")
ACCESS_ENDED = events.declare("accounts.access_ended", "company_id", "contact_id")
# What somebody may see and do for a customer is another now.
ACCESS_CHANGED = events.declare("accounts.access_changed", "company_id", "membership_id")

# A record was shown to somebody outside by a link, or the link was taken back: ids of the link.
LINK_SHARED = events.declare("accounts.link_shared", "company_id", "link_id")
LINK_REVOKED = events.declare("accounts.link_revoked", "company_id", "link_id")
# The mail that carries the link.
SHARED_WITH_YOU = "accounts.shared_with_you"

# The mails of an invitation: to a contact of a customer, to somebody who is to work here.
INVITATION = "accounts.invitation"
STAFF_INVITATION = "accounts.staff_invitation"
# To a person of a customer, when one of their own changed or ended their access.
YOUR_ACCESS_CHANGED = "accounts.your_access_changed"
YOUR_ACCESS_ENDED = "accounts.your_access_ended"
STAFF_RESET_ASKED = "accounts.staff_reset_asked"

# Mails that somebody asks for by typing an address: what is written depends on who it belongs to.
REGISTRATION_ASKED = "accounts.registration_asked"
RESET_ASKED = "accounts.reset_asked"
# The same link, sent by staff to somebody who has access and cannot find the way in.
WAY_BACK = "accounts.way_back"
# The link to come in by, and the one that begins a first access.
LINK_ASKED = "accounts.link_asked"
FIRST_ACCESS_ASKED = "accounts.first_access_asked"
# The code that staff had made for a customer, and a request that waits for the customer's owner.
ACCESS_CODE_SENT = "accounts.access_code_sent"
REQUEST_WAITS = "accounts.request_waits"
# Mails about one's own login, which nobody can switch off.
WELCOME = "accounts.welcome"
PASSWORD_CHANGED = "accounts.password_changed"  # noqa: S105
FACTOR_ADDED = "accounts.factor_added"
FACTOR_REMOVED = "accounts.factor_removed"
