"""Words of ${plural}."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ${Record}State(models.TextChoices):
    """Is the office still at work on it?"""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


OPEN_STATES = (${Record}State.OPEN,)

TRANSITIONS: dict[${Record}State, tuple[${Record}State, ...]] = {
    ${Record}State.OPEN: (${Record}State.CLOSED,),
    ${Record}State.CLOSED: (${Record}State.OPEN,),
}
