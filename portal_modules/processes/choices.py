"""Words of processes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProcessState(models.TextChoices):
    """Is the office still at work on it?"""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_STATES = (ProcessState.OPEN,)

TRANSITIONS: dict[ProcessState, tuple[ProcessState, ...]] = {
    ProcessState.OPEN: (ProcessState.CLOSED, ProcessState.CANCELLED),
    ProcessState.CLOSED: (ProcessState.OPEN,),
    ProcessState.CANCELLED: (ProcessState.OPEN,),
}


class ReviewState(models.TextChoices):
    """How far a review is."""

    RECEIVED = "received", _("Received")
    LOOKED_AT = "looked", _("Being looked at")
    CLOSED = "closed", _("Answered")


OPEN_REVIEWS = (ReviewState.RECEIVED, ReviewState.LOOKED_AT)

REVIEW_TRANSITIONS: dict[ReviewState, tuple[ReviewState, ...]] = {
    ReviewState.RECEIVED: (ReviewState.LOOKED_AT, ReviewState.CLOSED),
    ReviewState.LOOKED_AT: (ReviewState.CLOSED,),
    ReviewState.CLOSED: (ReviewState.LOOKED_AT,),
}
