"""How long an import takes, against the COPY of the same rows into copies of the tables.

The copies have the columns, constraints and indexes of the tables, and neither walls nor triggers.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from cms.embedded import postgres
from tests.benchmarks.ground import Ground

ROWS = 100_000
ALIAS = "import"  # the company that is imported into, and that no page is measured of


@dataclass(frozen=True, slots=True)
class ImportCase:
    """One kind of table that is taken in: what is written, by which script, and the goal."""

    name: str
    words: str
    script: str
    goal: float
    tables: Sequence[str]
    history: Sequence[str]


CASES = (
    ImportCase(
        "import",
        "customers with a contact each",
        "tests.benchmarks.fill.imported",
        8.0,
        ("customers_customer", "customers_contact"),
        ("customers_contactevent", "customers_customerevent"),
    ),
    ImportCase(
        "import_invoices",
        "invoices with their lines",
        "tests.benchmarks.fill.imported_invoices",
        6.0,
        ("billing_invoice", "billing_invoiceline", "billing_instalment"),
        ("billing_invoiceevent", "billing_tally"),
    ),
)


@dataclass(frozen=True, slots=True)
class ImportTime:
    """Seconds for the import, and for the COPY of its rows."""

    case: ImportCase
    rows: int
    seconds: float
    floor_seconds: float

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return self.seconds / self.floor_seconds


def measure_import(ground: Ground, case: ImportCase, rows: int) -> ImportTime:
    """Import so many into a company of its own, then copy what was written."""
    note = ground.file(f"{case.name}.json")
    ground.run_portal(case.name, "-m", case.script, str(rows), str(note))
    done = json.loads(note.read_text())
    with ground.administrator(postgres.DATABASE) as connection:
        floor = sum(_copy(connection, ground, table, done["company"]) for table in case.tables)
        _forget(connection, case, done["company"])
    return ImportTime(case, rows, done["seconds"], floor)


def _copy(connection: psycopg.Connection[Any], ground: Ground, table: str, company: int) -> float:
    """Seconds to read the company's rows from CSV into a copy of the table."""
    file, copy = ground.file(f"{table}.csv"), f"bench_{table}"
    names: dict[str, sql.Composable] = {
        "table": sql.Identifier(table),
        "copy": sql.Identifier(copy),
        "company": sql.Literal(company),
    }
    connection.execute(sql.SQL("drop table if exists {copy}").format(**names))
    connection.execute(sql.SQL("create table {copy} (like {table} including all)").format(**names))
    # What the database computes itself is not copied.
    columns = sql.SQL(", ").join(map(sql.Identifier, _columns(connection, table)))
    query = sql.SQL(
        "copy (select {columns} from {table} where company_id = {company}) to stdout (format csv)"
    )
    names |= {"columns": columns}
    with connection.cursor() as cursor, file.open("wb") as target, cursor.copy(query.format(**names)) as rows:
        target.writelines(bytes(part) for part in rows)
    connection.execute("checkpoint")
    seconds = _read(
        connection, file, sql.SQL("copy {copy} ({columns}) from stdin (format csv)").format(**names)
    )
    connection.execute(sql.SQL("drop table {copy}").format(**names))
    return seconds


def _columns(connection: psycopg.Connection[Any], table: str) -> list[str]:
    query = (
        "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped "
        "and attgenerated = '' order by attnum"
    )
    return [row[0] for row in connection.execute(query, [table])]


def _forget(connection: psycopg.Connection[Any], case: ImportCase, company: int) -> None:
    """Take away what was imported, with its history, so that the next run finds the data as it was."""
    with connection.transaction():
        connection.execute("set local session_replication_role to replica")
        for table in (*case.history, *reversed(case.tables)):
            connection.execute(
                sql.SQL("delete from {} where company_id = {}").format(
                    sql.Identifier(table), sql.Literal(company)
                )
            )


def _read(connection: psycopg.Connection[Any], file: Path, statement: sql.Composed) -> float:
    content = file.read_bytes()
    begin = time.monotonic()
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(content)
    return time.monotonic() - begin
