"""What somebody has looked at. The company's staff scope has to be in force."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models.functions import Now

from ..models import BellEntry


def mark_read(entry: BellEntry) -> None:
    """They looked at it; the first time counts."""
    BellEntry.objects.filter(pk=entry.pk).unread().update(read_at=Now())


def mark_all_read(user_id: int, customers: Iterable[int]) -> int:
    """They have seen enough of these customers'; how many there were."""
    own = BellEntry.objects.filter(user=user_id, customer__in=list(customers))
    return int(own.unread().update(read_at=Now()))
