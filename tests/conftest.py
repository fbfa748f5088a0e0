"""What all tests stand on: real servers, one migrated database cloned for each worker, and personas."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection

from cms.embedded import servers
from portal_modules.core import catalogues, companies
from portal_modules.core.scope import NOBODY, current_scope
from tests.template import administrator, template
from tests.world import companies as worlds
from tests.world.companies import build_world

# A busy machine is no reason to fail: what a test measures is never its own time.
hypothesis.settings.register_profile("balcao", deadline=None)
hypothesis.settings.load_profile("balcao")

pytest_plugins = ["tests.world.fixtures"]


# What takes minutes comes first, so that no worker is left alone with it at the end.
_LONGEST = (
    "tests/leaks/test_admin.py",
    "tests/embedded/test_supervisor.py",  # which needs no template, while the other worker makes it
    "tests/core/test_matrix.py",
    "tests/core/test_startmodule.py",
    "tests/cms/test_demo.py",
    "tests/browser/",
    "tests/drills/",
)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are cores: a worker waits for its browser and servers a quarter of the time."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the random order, but for the longest."""
    items.sort(
        key=lambda item: next(
            (place for place, start in enumerate(_LONGEST) if item.nodeid.startswith(start)), len(_LONGEST)
        )
    )


# A run inside a run: it takes the servers that are there, and databases with names of their own.
BESIDE = os.environ.get("BALCAO_TEST_BESIDE", "")


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL and Valkey once, in the process that hands out the tests."""
    if BESIDE or hasattr(config, "workerinput") or config.option.collectonly:
        return
    catalogues.compile_all(Path(settings.PROJECT))
    config.stash[_SERVERS] = servers.start(Path(os.environ["BALCAO_TEST_VAR"]), durable=False)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop them."""
    if running := config.stash.get(_SERVERS, None):
        running.stop()


_SERVERS = pytest.StashKey[servers.Servers]()


def clone_database(name: str, origin: str = "") -> None:
    """A fresh database in some hundredths of a second: migrated and empty, or a copy of one that nobody uses."""
    origin = origin or template()
    with administrator() as admin:
        admin.execute(f"drop database if exists {name} with (force)")
        admin.execute(f"create database {name} owner balcao_owner template {origin} strategy file_copy")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """Each worker has its own clone with the world in it, and connects as the application does.

    The world is built once for each worker, in a database that stays untouched: tests that commit get
    a clone of it, too.
    """
    name = f"balcao_test_{BESIDE}{worker_id}"
    worlds.database = f"balcao_world_{BESIDE}{worker_id}"
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
    with administrator() as admin:
        for each in (name, worlds.database):
            admin.execute(f"drop database if exists {each} with (force)")


@pytest.fixture(autouse=True)
def _nothing_left_over(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test nothing of a scope is left, and no counter of attempts."""
    companies._cards.clear()  # a rollback counts a version back, and another test would meet the card of it
    yield
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        assert current_scope().role == NOBODY
        with administrator(connection.settings_dict["NAME"]) as admin:
            admin.execute("delete from core_throttle")
