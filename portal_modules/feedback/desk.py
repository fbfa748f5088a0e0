"""What the home of the back office shows of opinions: those of the last seven days, by their marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal_modules.core.desk import Bar, Chart, Number
from portal_modules.core.rights import may

from .choices import Mark
from .models import Opinion

WEEK = timedelta(days=6)  # today and the six days before it


def numbers(request: Any) -> list[Number]:
    """How many there are of this week."""
    if not may(request.user, "feedback.view"):
        return []
    return [
        Number(
            _("Opinions of the week"), _register(), Opinion.objects.filter(created_at__gte=_begin()), order=50
        )
    ]


def charts(request: Any) -> list[Chart]:
    """How many of each mark."""
    if not may(request.user, "feedback.view"):
        return []
    return [Chart("opinions", _("Opinions of the week"), _by_mark, order=20, value_label=_("Opinions"))]


def _by_mark() -> Sequence[Bar]:
    rows = (
        Opinion.objects.filter(created_at__gte=_begin())
        .order_by()
        .values("mark")
        .annotate(number=Count("pk"))
    )
    found = {row["mark"]: row["number"] for row in rows}
    return [
        Bar(str(mark.label), found.get(mark.value, 0), f"{_register()}&mark__exact={mark.value}")
        for mark in sorted(Mark, reverse=True)
    ]


def _begin() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - WEEK


def _register() -> str:
    return f"{reverse('feedback_opinion_modeladmin_index')}?created_at__gte={_begin().date()}"
