"""Words of notifications."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    """Where a message of the outbox is."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    BOUNCED = "bounced", _("Came back")
    DROPPED = "dropped", _("Not sent: there is nothing to say, or nobody to say it to")


# It was tried, and the reader has nothing.
NOT_ARRIVED = (DeliveryState.FAILED, DeliveryState.BOUNCED)


class MailChoice(models.TextChoices):
    """When somebody wants to be told of an event by mail."""

    NOW = "now", _("Now")
    NEVER = "never", _("Never")
