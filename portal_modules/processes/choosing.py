"""Choosing among a customer's businesses: the few that matter most, by name and number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf
from modeltranslation.utils import get_language, resolution_order

from .choices import OPEN_STATES
from .numbers import number_shown

MOST_CHOICES = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """One business, as a selector names it."""

    pk: UUID
    title: str
    number: str

    def __str__(self) -> str:
        return f"{self.title} · {self.number}"


def choices_for(processes: QuerySet[Any]) -> QuerySet[Any]:
    """The open ones first, then the newest; as many as a selector can hold."""
    names = (
        NullIf(F(f"kind__name_{code}"), Value(""), output_field=CharField())
        for code in resolution_order(get_language())
    )
    is_over = Case(When(state__in=OPEN_STATES, then=Value(0)), default=Value(1))
    rows = processes.annotate(kind_name=Coalesce(*names, Value(""), output_field=CharField())).order_by(
        is_over, "-opened_on", "pk"
    )
    return rows.values_list("pk", "title", "kind_name", "lookup_number")[:MOST_CHOICES]


def choices_of(rows: Iterable[tuple[UUID, str, str, str]]) -> list[Choice]:
    """What a selector shows of them."""
    return [Choice(pk, title or kind, number_shown(number)) for pk, title, kind, number in rows]
