"""How long an import takes, against the COPY of the same rows into copies of the tables.

The copies have the columns, constraints and indexes of the tables, and neither walls nor triggers.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from cms.embedded import postgres
from tests.benchmarks.ground import Ground

NAME = "import"
GOAL = 8.0
ROWS = 100_000
ALIAS = "import"  # the company that is imported into, and that no page is measured of
TABLES = ("customers_customer", "customers_contact")
HISTORY = ("customers_contactevent", "customers_customerevent")


@dataclass(frozen=True, slots=True)
class ImportTime:
    """Seconds for the import, and for the COPY of its rows."""

    rows: int
    seconds: float
    floor_seconds: float

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return self.seconds / self.floor_seconds


def measure_import(ground: Ground, rows: int) -> ImportTime:
    """Import so many customers with a contact each into a company of its own, then copy what was written."""
    note = ground.file("import.json")
    ground.run_portal("import", "-m", "tests.benchmarks.fill.imported", str(rows), str(note))
    done = json.loads(note.read_text())
    with ground.administrator(postgres.DATABASE) as connection:
        floor = sum(_copy(connection, ground, table, done["company"]) for table in TABLES)
        _forget(connection, done["company"])
    return ImportTime(rows, done["seconds"], floor)


def _copy(connection: psycopg.Connection[Any], ground: Ground, table: str, company: int) -> float:
    """Seconds to read the company's rows from CSV into a copy of the table."""
    file, copy = ground.file(f"{table}.csv"), f"bench_{table}"
    names = {"table": sql.Identifier(table), "copy": sql.Identifier(copy), "company": sql.Literal(company)}
    connection.execute(sql.SQL("drop table if exists {copy}").format(**names))
    connection.execute(sql.SQL("create table {copy} (like {table} including all)").format(**names))
    query = sql.SQL("copy (select * from {table} where company_id = {company}) to stdout (format csv)")
    with connection.cursor() as cursor, file.open("wb") as target, cursor.copy(query.format(**names)) as rows:
        target.writelines(bytes(part) for part in rows)
    connection.execute("checkpoint")
    seconds = _read(connection, file, sql.SQL("copy {copy} from stdin (format csv)").format(**names))
    connection.execute(sql.SQL("drop table {copy}").format(**names))
    return seconds


def _forget(connection: psycopg.Connection[Any], company: int) -> None:
    """Take away what was imported, with its history, so that the next run finds the data as it was."""
    with connection.transaction():
        connection.execute("set local session_replication_role to replica")
        for table in (*HISTORY, *reversed(TABLES)):
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
