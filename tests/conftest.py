"""What all tests stand on: real servers, one migrated database cloned for each worker, and personas."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from cms.embedded import postgres, servers
from cms.embedded.locks import FileLock
from portal_modules.core import catalogues, companies
from portal_modules.core.scope import NOBODY, current_scope
from tests.world import companies as worlds
from tests.world.companies import build_world

# A busy machine is no reason to fail: what a test measures is never its own time.
hypothesis.settings.register_profile("balcao", deadline=None)
hypothesis.settings.load_profile("balcao")

pytest_plugins = ["tests.world.fixtures"]


# What takes minutes comes first, so that no worker is left alone with it at the end.
_LONGEST = ("tests/embedded/test_supervisor.py", "tests/cms/test_demo.py", "tests/leaks/", "tests/drills/")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the random order, but for the longest."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONGEST))


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL and Valkey once, in the process that hands out the tests."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    catalogues.compile_all(Path(settings.PROJECT))
    config.stash[_SERVERS] = servers.start(Path(os.environ["BALCAO_TEST_VAR"]), durable=False)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop them."""
    if running := config.stash.get(_SERVERS, None):
        running.stop()


_SERVERS = pytest.StashKey[servers.Servers]()


def _admin(database: str = "postgres") -> psycopg.Connection[Any]:
    return psycopg.connect(host=str(settings.SOCKETS), user="postgres", dbname=database, autocommit=True)


def _migrations_hash() -> str:
    """The template is made anew when any migration, wall or setting of the tables has changed."""
    root = Path(settings.PROJECT)
    digest = hashlib.sha256()
    files = [*root.glob("*/migrations/*.py"), *root.glob("*/*/migrations/*.py")]
    files += [root / "portal_modules/core/walls.py", root / "requirements/base.txt"]
    files += sorted(root.glob("portal_modules/core/sql/*.sql"))
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _template() -> str:
    """The name of a migrated database that nobody is connected to; made by the first who asks."""
    name = f"balcao_template_{_migrations_hash()}"
    lock = FileLock(Path(os.environ["BALCAO_TEST_VAR"]) / "template.lock")
    while not lock.acquire():
        time.sleep(0.1)
    try:
        with _admin() as admin:
            admin.execute("grant balcao_owner to balcao_app")
            if admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
                return name
            admin.execute("drop database if exists balcao_template_draft with (force)")
            admin.execute("create database balcao_template_draft owner balcao_owner")
        postgres.prepare_database("balcao_template_draft", f"host={settings.SOCKETS} user=postgres")
        _migrate("balcao_template_draft")
        with _admin() as admin:
            admin.execute(f"alter database balcao_template_draft rename to {name}")
        return name
    finally:
        lock.release()


def _migrate(database: str) -> None:
    with _connected(database, "balcao_owner"):
        call_command("migrate", verbosity=0, interactive=False)


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


def clone_database(name: str, template: str = "") -> None:
    """A fresh database in some hundredths of a second: migrated and empty, or a copy of one that nobody uses."""
    template = template or _template()
    with _admin() as admin:
        admin.execute(f"drop database if exists {name} with (force)")
        admin.execute(f"create database {name} owner balcao_owner template {template} strategy file_copy")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """Each worker has its own clone with the world in it, and connects as the application does.

    The world is built once for each worker, in a database that stays untouched: tests that commit get
    a clone of it, too.
    """
    name = f"balcao_test_{worker_id}"
    worlds.database = f"balcao_world_{worker_id}"
    with django_db_blocker.unblock():
        clone_database(worlds.database)
        connection.close()
        connection.settings_dict["NAME"] = worlds.database
        worlds.built = build_world()
        connection.close()
        clone_database(name, worlds.database)
        connection.settings_dict["NAME"] = name
        yield
        connection.close()
    with _admin() as admin:
        for each in (name, worlds.database):
            admin.execute(f"drop database if exists {each} with (force)")


@pytest.fixture(autouse=True)
def _nothing_left_over(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test nothing of a scope is left, and no counter of attempts."""
    companies._cards.clear()  # a rollback counts a version back, and another test would meet the card of it
    yield
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        assert current_scope().role == NOBODY
        with _admin(connection.settings_dict["NAME"]) as admin:
            admin.execute("delete from core_throttle")
