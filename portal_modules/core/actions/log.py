"""What every action leaves behind."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection, models

from portal_modules.core.models import LogEntry
from portal_modules.core.together import later


def log(action: str, row: models.Model, *, by: Any | None, **details: Any) -> None:
    """Write down who did what to which row. `by` None is the system."""
    company_id = getattr(row, "company_id", None) or row.pk
    person = by if by is not None and by.is_authenticated else None
    line = [
        company_id,
        person.pk if person else None,
        str(person or "")[:160],
        action,
        row._meta.label_lower,
        str(row.pk),
        json.dumps(details),
    ]
    later(_write, line)


def _write(lines: list[list[Any]]) -> None:
    """Plain SQL, because the portal's role may add to the log but not read it, not even what it has just written."""
    rows = ", ".join(["(%s, now(), %s, %s, %s, %s, %s, %s)"] * len(lines))
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {LogEntry._meta.db_table} "
            f"(company_id, at, actor_id, actor_name, action, model, object_id, details) values {rows}",
            [value for line in lines for value in line],
        )
