"""Statements that pages ask all the time: parsed and planned once for each connection, not once for each request.

Planning costs PostgreSQL more than answering where a statement finds a few rows by an index, and the walls'
policies are planned with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from portal_modules.core.scope import as_role


def read_often(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement of our own, which is the same text each time but for its `%s`."""
    with connection.preparing(), connection.cursor() as cursor:  # type: ignore[attr-defined]  # of core.pg
        cursor.execute(as_role(sql), parameters)
        return cursor.fetchall()
