"""The migrated database that all databases of the tests are cloned from.

Migrating from nothing takes a minute. A template remembers in its comment which migrations made it, so
that one with some migrations more starts from a clone of it: a developer who adds a migration, or a
copy of the project with one more module, waits for that one only.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from cms.embedded import postgres
from cms.embedded.locks import FileLock

PREFIX = "balcao_template_"
DRAFT = f"{PREFIX}draft"

Digests = dict[str, str]


def administrator(database: str = "postgres") -> psycopg.Connection[Any]:
    """A connection that no wall holds."""
    return psycopg.connect(host=str(settings.SOCKETS), user="postgres", dbname=database, autocommit=True)


def template() -> str:
    """The name of a migrated database that nobody is connected to; made by the first who asks."""
    wanted = _digests()
    name = PREFIX + hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()[:12]
    lock = FileLock(Path(os.environ["BALCAO_TEST_VAR"]) / "template.lock")
    while not lock.acquire():
        time.sleep(0.1)
    try:
        with administrator() as admin:
            if name not in _templates(admin):
                _make(admin, name, wanted)
    finally:
        lock.release()
    return name


def _make(admin: psycopg.Connection[Any], name: str, wanted: Digests) -> None:
    admin.execute("grant balcao_owner to balcao_app")
    admin.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(DRAFT)))
    admin.execute(sql.SQL("create database {} owner balcao_owner {}").format(*_origin(admin, wanted)))
    postgres.prepare_database(DRAFT, f"host={settings.SOCKETS} user=postgres")
    with _connected(DRAFT, "balcao_owner"):
        call_command("migrate", verbosity=0, interactive=False)
    note = sql.Literal(json.dumps(wanted))
    admin.execute(sql.SQL("comment on database {} is {}").format(sql.Identifier(DRAFT), note))
    admin.execute(sql.SQL("alter database {} rename to {}").format(*map(sql.Identifier, (DRAFT, name))))


def _origin(admin: psycopg.Connection[Any], wanted: Digests) -> tuple[sql.Composable, sql.Composable]:
    """The draft, and what it is a clone of: the template that lacks least, or nothing."""
    draft = sql.Identifier(DRAFT)
    fitting = [(len(had), name) for name, had in _templates(admin).items() if _leads_to(had, wanted)]
    if not fitting:
        return draft, sql.SQL("")
    _number, nearest = max(fitting)
    return draft, sql.SQL("template {} strategy file_copy").format(sql.Identifier(nearest))


def _leads_to(had: Digests, wanted: Digests) -> bool:
    """Is nothing missing there but migrations, and nothing else?"""
    added = wanted.keys() - had.keys()
    return had.items() <= wanted.items() and all("/migrations/" in path for path in added)


def _templates(admin: psycopg.Connection[Any]) -> dict[str, Digests]:
    query = "select datname, shobj_description(oid, 'pg_database') from pg_database where datname like %s"
    rows = admin.execute(query, [f"{PREFIX}%"]).fetchall()
    return {name: json.loads(note) for name, note in rows if note and name != DRAFT}


def _digests() -> Digests:
    """Everything that says how the tables look: migrations, walls, settings, and the libraries' own."""
    root = Path(settings.PROJECT)
    files = [*root.glob("*/migrations/*.py"), *root.glob("*/*/migrations/*.py")]
    files += [root / "portal_modules/core/walls.py", root / "requirements/base.txt"]
    files += root.glob("portal_modules/core/sql/*.sql")
    return {
        str(file.relative_to(root)): hashlib.sha256(file.read_bytes()).hexdigest()[:16]
        for file in sorted(files)
    }


@contextmanager
def _connected(database: str, user: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"], connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict.update(NAME=database, USER=user)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(NAME=before[0], USER=before[1])
