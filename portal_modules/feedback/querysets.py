"""Adjectives of opinions."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Avg


class OpinionQuerySet(models.QuerySet[Any]):
    """What was said."""

    def average(self) -> float | None:
        """The mean of their marks; None where there are none."""
        found: float | None = self.order_by().aggregate(mean=Avg("mark"))["mean"]
        return found
