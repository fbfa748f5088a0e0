"""Somebody has to wait at a door: the answer, and a row by which staff see it and lift it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from portal_modules.core.errors import too_many
from portal_modules.core.scope import company_scope

from .actions import note_wait
from .throttles import Attempts


def make_wait(
    request: Any, attempts: Attempts, narrow: tuple[object, ...], *, who: str, seconds: int
) -> HttpResponse:
    """429, and written down for the company: the same whoever it is, known or not."""
    company = getattr(request, "company", None)
    if company is not None and not request.path_info.startswith("/admin/"):
        until = timezone.now() + timedelta(seconds=seconds)
        with company_scope(company):
            note_wait(attempts.narrow, [str(part) for part in narrow], who=who, until=until)
    return too_many(request, seconds=seconds)
