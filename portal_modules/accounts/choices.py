"""Words of the accounts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProofPurpose(models.TextChoices):
    """What somebody proves for that they read the mail of an address."""

    REGISTER = "register", _("Register")
    RESET = "reset", _("Choose a new password")


class LegalKind(models.TextChoices):
    """What a company lays down in writing for those who use its portal."""

    TERMS = "terms", _("Terms of use")
    PRIVACY = "privacy", _("Privacy notice")
