"""A database of its own for a test that commits: for tasks after the commit, threads and other processes.

    from tests.world.committed import committed  # in the conftest.py of the tests' folder

    def test_something(committed: CommittedWorld) -> None: ...

The ordinary tests run inside one transaction that is rolled back; here nothing is, so the database is
thrown away instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import django_rq
import psycopg
import pytest
from django.conf import settings
from django.db import connection

from portal_modules.core.scope import NOBODY, current_scope
from tests.world.companies import World, build_world


@dataclass(frozen=True, slots=True)
class CommittedWorld:
    """The world of the tests in a database of its own, whose name it knows."""

    world: World
    database: str

    @property
    def environment(self) -> dict[str, str]:
        """For another process, such as a worker, that shall use this database."""
        return {
            **os.environ,
            "DATABASE_URL": f"postgresql://balcao_app@/{self.database}?host={settings.SOCKETS}",
            "REDIS_URL": settings.REDIS_URL,
            "SECRET_KEY": settings.SECRET_KEY,
        }


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[CommittedWorld]:
    """The connection of this thread points at a clone with the world in it, and the queue is empty."""
    from tests.conftest import clone_database

    name = f"balcao_test_own_{uuid4().hex[:12]}"
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        clone_database(name)
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            world = build_world()
            django_rq.get_queue("default").delete(delete_jobs=True)
            yield CommittedWorld(world, name)
            assert current_scope().role == NOBODY
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before
            drop_database(name)


def drop_database(name: str) -> None:
    """Drop it, whoever still is connected."""
    with psycopg.connect(
        host=str(settings.SOCKETS), user="postgres", dbname="postgres", autocommit=True
    ) as admin:
        admin.execute(f"drop database if exists {name} with (force)")
