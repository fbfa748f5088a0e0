"""Adjectives of opinions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Avg, Count, F, Func, Value
from django.db.models.functions import TruncWeek

# What tells one page of a kind from another: the company and language in front, and the identifier of a record.
_IN_FRONT = r"^(?:/p/[^/]+)?/(?:pt|es|en)/"
_IDENTIFIER = r"[0-9a-f]{8}-[0-9a-f-]{27}"


@dataclass(frozen=True, slots=True)
class Average:
    """The mean mark of some opinions, and how many they are: of a week, by its Monday, or of a kind of page."""

    of: date | str
    mean: float
    number: int


class OpinionQuerySet(models.QuerySet[Any]):
    """What was said."""

    def average(self) -> float | None:
        """The mean of their marks; None where there are none."""
        found: float | None = self.order_by().aggregate(mean=Avg("mark"))["mean"]
        return found

    def by_week(self, most: int) -> list[Average]:
        """The weeks in which something was said, newest first, in the time zone that is in force."""
        weeks = self.order_by().annotate(of=TruncWeek("created_at")).values("of")
        found = weeks.annotate(mean=Avg("mark"), number=Count("pk")).order_by("-of")[:most]
        return [Average(row["of"].date(), row["mean"], row["number"]) for row in found]

    def by_page(self, most: int) -> list[Average]:
        """The pages of which most was said; those of single records together."""
        bare = Func(F("page"), Value(_IN_FRONT), Value("/"), function="regexp_replace")
        kind = Func(bare, Value(_IDENTIFIER), Value("…"), Value("g"), function="regexp_replace")
        pages = self.order_by().annotate(of=models.ExpressionWrapper(kind, models.TextField())).values("of")
        found = pages.annotate(mean=Avg("mark"), number=Count("pk")).order_by("-number", "of")[:most]
        return [Average(row["of"], row["mean"], row["number"]) for row in found]
