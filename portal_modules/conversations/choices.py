"""Words of conversations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageKind(models.TextChoices):
    """What a line of a thread is. Notes are the staff's own: customers never see them."""

    MESSAGE = "message", _("Message")
    NOTE = "note", _("Note")
    STATE = "state", _("Change of state")
    FILE = "file", _("File")
