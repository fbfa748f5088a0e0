"""Numbers that people quote, one after the other without a gap."""

from __future__ import annotations

from django.db import connection

from portal_modules.core.models import Company, Sequence


def next_number(company: Company, name: str, *, many: int = 1) -> int:
    """The next number of a series of one company, beginning with 1; of `many` that are taken, the last.

    The row is locked until the transaction ends: what is rolled back gives its number back, so that
    no gap stays. Whoever asks meanwhile waits.
    """
    table = Sequence._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {table} (company_id, name, last) values (%s, %s, %s) "
            f"on conflict (company_id, name) do update set last = {table}.last + excluded.last returning last",
            [company.pk, name, many],
        )
        return int(cursor.fetchone()[0])
