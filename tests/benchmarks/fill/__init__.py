"""Fifty companies with their pages, a million processes and a million invoices."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from psycopg import sql

from cms.embedded import paths, postgres
from tests.benchmarks.fill.checks import check
from tests.benchmarks.fill.invoices import fill_invoices
from tests.benchmarks.fill.processes import fill_processes
from tests.benchmarks.ground import Ground, Sizes, timed

VERSION = 3  # of what is filled in: raise it, and the next run fills anew


def fill_portal(ground: Ground, sizes: Sizes) -> None:
    """Have a migrated portal of these sizes; only new migrations are run when there is one.

    The note of what was filled is a comment on the database itself: an interrupted fill has none, and
    begins again from nothing.
    """
    note = _read_note(ground)
    if note and _is_good(note, sizes):
        ground.run_portal("migrate", "manage.py", "migrate", "--noinput")
        return
    with ground.administrator("postgres") as connection:
        connection.execute(f"drop database if exists {postgres.DATABASE} with (force)")
    postgres.prepare_database(postgres.DATABASE, postgres.administrator(ground.var))
    with timed("tables"):
        ground.run_portal("migrate", "manage.py", "migrate", "--noinput")
    with timed(f"{sizes.companies} companies with their pages"):
        ground.run_portal("fill", "-m", "tests.benchmarks.fill.companies", str(sizes.companies))
    words = f"{sizes.processes:,} processes, {8 * sizes.processes:,} phases entered and notices"
    with timed(words), ground.administrator(postgres.DATABASE) as connection:
        fill_processes(connection, sizes)
        check(connection, sizes)
    with timed(f"{sizes.invoices:,} invoices"), ground.administrator(postgres.DATABASE) as connection:
        fill_invoices(connection, sizes)
    with timed("customers who sign in, and what was said"):
        ground.run_portal("fill-people", "-m", "tests.benchmarks.fill.people")
    _leave_note(ground, sizes)


def _read_note(ground: Ground) -> dict[str, Any] | None:
    query = "select shobj_description(oid, 'pg_database') from pg_database where datname = %s"
    with ground.administrator("postgres") as connection:
        row = connection.execute(query, [postgres.DATABASE]).fetchone()
    try:
        return dict(json.loads(row[0])) if row and row[0] else None
    except ValueError:
        return None


def _is_good(note: dict[str, Any], sizes: Sizes) -> bool:
    """Whether what is there is what is wanted, made by migrations that nobody has rewritten since."""
    wanted = (VERSION, sizes.companies, sizes.processes)
    if (note.get("version"), note.get("companies"), note.get("processes")) != wanted:
        return False
    sources = _sources()
    return all(sources.get(name) == digest for name, digest in note["sources"].items())


def _leave_note(ground: Ground, sizes: Sizes) -> None:
    note = {
        "version": VERSION,
        "companies": sizes.companies,
        "processes": sizes.processes,
        "sources": _sources(),
    }
    with ground.administrator("postgres") as connection:
        statement = sql.SQL("comment on database {} is {}")
        connection.execute(statement.format(sql.Identifier(postgres.DATABASE), sql.Literal(json.dumps(note))))


def _sources() -> dict[str, str]:
    """What the tables were made by: each file with its digest."""
    root = paths.project_folder()
    files = [
        path
        for folder in ("cms", "portal_modules")
        for pattern in ("**/migrations/*.py", "**/walls.py", "**/sql/*.sql")
        for path in (root / folder).glob(pattern)
    ]
    return {_name(path, root): hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in sorted(files)}


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
