"""Adjectives of the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models.functions import Now

from .choices import DeliveryState


class OutboxQuerySet(models.QuerySet[Any]):
    """Messages of the outbox."""

    def due(self, at: datetime | Now) -> Self:
        """Those to be sent by then; `Now()` is the database's clock."""
        return self.filter(state=DeliveryState.WAITING, next_try_at__lte=at)
