"""Words of conversations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import ActorKind
from portal_modules.customers.choices import CustomerRole


class MessageKind(models.TextChoices):
    """What a line of a thread is. Notes are the staff's own: customers never see them."""

    MESSAGE = "message", _("Message")
    NOTE = "note", _("Note")
    STATE = "state", _("Change of state")
    FILE = "file", _("File")


# What is said to the other side, and so is counted, answered and told by mail.
SAID = (MessageKind.MESSAGE, MessageKind.FILE)
# Actors on the customer's side.
CUSTOMERS_SIDE = (ActorKind.CONTACT, ActorKind.ACCESS_CODE, ActorKind.LINK)
# Of a customer's people those who may write; the others may read.
WRITING_ROLES = frozenset({CustomerRole.OWNER, CustomerRole.FINANCE, CustomerRole.OPERATIONS})
