"""What every action leaves behind, and who may have been the one to act."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from portal_modules.core.models import LogEntry


def log(action: str, row: models.Model, *, by: AbstractBaseUser | None, **details: Any) -> LogEntry:
    """Write down who did what to which row. `by` None is the system."""
    return LogEntry.objects.create(
        company_id=getattr(row, "company_id", None) or row.pk,
        actor=by,
        actor_name=str(by or ""),
        action=action,
        model=row._meta.label_lower,
        object_id=str(row.pk),
        details=details,
    )
