"""Words of the opinion box."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mark(models.IntegerChoices):
    """How it was, from worst to best."""

    BAD = 1, _("Bad")
    POOR = 2, _("Not so good")
    FAIR = 3, _("All right")
    GOOD = 4, _("Good")
    EXCELLENT = 5, _("Very good")


class Mode(models.TextChoices):
    """How whoever says it came in."""

    NUMBER = "number", _("By number")
    LOGIN = "login", _("Signed in")
