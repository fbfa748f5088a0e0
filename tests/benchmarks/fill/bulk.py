"""Writing millions of rows at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

# `replica` keeps triggers quiet, those of foreign keys included.
SETTINGS = """
set local session_replication_role to replica;
set local synchronous_commit to off;
set local work_mem to '256MB';
set local maintenance_work_mem to '1GB';
"""


@contextmanager
def bulk_load(connection: psycopg.Connection[Any], tables: Sequence[str]) -> Iterator[None]:
    """Write to the tables inside the block: one transaction, no triggers, no foreign keys.

    Secondary indexes are built at its end. Whoever writes has to see to it that the rows are right.
    """
    with connection.transaction():
        connection.execute(SETTINGS)
        definitions = _drop_secondary_indexes(connection, tables)
        yield
        for definition in definitions:
            connection.execute(definition)


def _drop_secondary_indexes(connection: psycopg.Connection[Any], tables: Sequence[str]) -> list[str]:
    """Take away the indexes that no constraint needs; return the statements that make them again."""
    rows = connection.execute(
        "select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i "
        "where i.indrelid = any(%s::regclass[]) and not i.indisunique "
        "and not exists (select from pg_constraint c where c.conindid = i.indexrelid)",
        [list(tables)],
    ).fetchall()
    for name, _definition in rows:
        connection.execute(f"drop index {name}")
    return [definition for _name, definition in rows]
