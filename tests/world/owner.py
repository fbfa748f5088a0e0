"""Looking behind the walls, for what tests set up or verify."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def as_owner() -> Iterator[None]:
    """Become the tables' owner inside the test's transaction: on the test servers the application may."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('role')")
        before = cursor.fetchone()[0]
        cursor.execute("set local role balcao_owner")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("select set_config('role', %s, true)", [before])
