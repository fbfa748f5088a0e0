"""Adjectives of what the accounts keep."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final, Self

from django.db import models
from django.db.models.functions import Now

# How long a code or link is good, and how long a proved address is: time to think of a password.
CODE_LIFE: Final = timedelta(minutes=10)
PROOF_LIFE: Final = timedelta(minutes=20)


class AddressProofQuerySet(models.QuerySet[Any]):
    """Codes asked for. The database's clock decides, because web server and worker may not agree."""

    def fresh(self) -> Self:
        """Those that may still be answered."""
        return self.filter(asked_at__gt=Now() - CODE_LIFE)

    def open(self) -> Self:
        """Those that were neither answered nor given up."""
        return self.filter(proved_at=None, used_at=None)

    def proved(self) -> Self:
        """Those that were answered a short while ago, and not yet used."""
        return self.filter(proved_at__gt=Now() - PROOF_LIFE, used_at=None)


class LegalTextQuerySet(models.QuerySet[Any]):
    """Versions of terms and privacy notices."""

    def published(self) -> Self:
        """Those that are out."""
        return self.filter(published_at__isnull=False)

    def drafts(self) -> Self:
        """Those that editors still write on."""
        return self.filter(published_at=None)
