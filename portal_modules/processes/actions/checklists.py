"""The checklist of a kind: what the office always needs is asked for by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.documents.actions import ask_for_document

from ..models import ChecklistItem, Phase, Process


def ask_along_checklist(process: Process, phases: list[Phase | None], *, by: Any | None, on: date) -> None:
    """Ask the customer for the documents of these phases; None is for what is asked at the opening.

    The days count from `on`, and from today where that day is long gone.
    """
    wanted = [phase.pk if phase else None for phase in phases]
    today = timezone.localdate(timezone=process.company.zone)
    for item in ChecklistItem.objects.filter(kind=process.kind_id, is_active=True):
        if item.phase_id not in wanted:
            continue
        ask_for_document(
            process.customer,
            title=_words(item, "title"),
            reason=_words(item, "why"),
            example=_words(item, "example"),
            due_on=max(on, today) + timedelta(days=item.due_days),
            record=process,
            by=by,
        )


def _words(item: ChecklistItem, field: str) -> dict[str, str]:
    """What is written in each language; what only stands in one is good for all."""
    words = {code: getattr(item, f"{field}_{code}") or "" for code in PUBLIC_LANGUAGES}
    return {code: text for code, text in words.items() if text}
