"""Words of documents."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal_modules.customers.choices import CustomerRole


class Visibility(models.TextChoices):
    """Who may see a file."""

    BOTH = "both", _("Customer and staff")
    STAFF = "staff", _("Staff only")


class Scan(models.TextChoices):
    """What a scanner said of a file; where none is set up files stay unscanned."""

    UNSCANNED = "unscanned", _("Not scanned")
    CLEAN = "clean", _("Clean")
    INFECTED = "infected", _("Infected")


class RequestState(models.TextChoices):
    """Where a document that was asked for is."""

    ASKED = "asked", _("Asked")
    SENT = "sent", _("Sent, to be checked")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class SentState(models.TextChoices):
    """What became of what was sent."""

    WAITING = "waiting", _("To be checked")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


# The customer has something to do.
WAITING_FOR_CUSTOMER = (RequestState.ASKED, RequestState.REFUSED)
OPEN_REQUESTS = (*WAITING_FOR_CUSTOMER, RequestState.SENT)

TRANSITIONS: dict[RequestState, tuple[RequestState, ...]] = {
    RequestState.ASKED: (RequestState.SENT, RequestState.WITHDRAWN),
    RequestState.SENT: (RequestState.ACCEPTED, RequestState.REFUSED, RequestState.WITHDRAWN),
    RequestState.REFUSED: (RequestState.SENT, RequestState.WITHDRAWN),
    RequestState.ACCEPTED: (RequestState.REFUSED,),
    RequestState.WITHDRAWN: (),
}

# Of a customer's people those who may send something; the others may look.
SENDING_ROLES = frozenset({CustomerRole.OWNER, CustomerRole.FINANCE, CustomerRole.OPERATIONS})
