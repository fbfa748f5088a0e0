"""Words of documents."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may see a file."""

    BOTH = "both", _("Customer and staff")
    STAFF = "staff", _("Staff only")


class Scan(models.TextChoices):
    """What a scanner said of a file; where none is set up files stay unscanned."""

    UNSCANNED = "unscanned", _("Not scanned")
    CLEAN = "clean", _("Clean")
    INFECTED = "infected", _("Infected")
