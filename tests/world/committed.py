"""A database of its own for a test that commits: for tasks after the commit, threads and other processes.

    from tests.world.committed import committed  # in the conftest.py of the tests' folder

    def test_something(committed: CommittedWorld) -> None: ...

The ordinary tests run inside one transaction that is rolled back; here nothing is, so the database is
thrown away instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import django_rq
import psycopg
import pytest
from django.conf import settings as test_settings
from django.db import connection

from cms.settings.stores import queues
from portal_modules.core.scope import NOBODY, current_scope
from tests.world import companies as worlds
from tests.world.companies import World


@dataclass(frozen=True, slots=True)
class CommittedWorld:
    """The world of the tests in a database of its own, and a queue of its own."""

    world: World
    database: str
    redis_url: str

    @property
    def environment(self) -> dict[str, str]:
        """For another process, such as a worker, that shall use this database."""
        return {
            **os.environ,
            "DATABASE_URL": f"postgresql://balcao_app@/{self.database}?host={test_settings.SOCKETS}",
            "REDIS_URL": self.redis_url,
            "SECRET_KEY": test_settings.SECRET_KEY,
        }


@pytest.fixture
def committed(
    django_db_setup: None, django_db_blocker: Any, settings: Any, worker_id: str
) -> Iterator[CommittedWorld]:
    """The connection of this thread points at a clone with the world in it, and the queue is empty."""
    from tests.conftest import clone_database  # it loads the fixtures, so it cannot stand above

    name = f"balcao_test_own_{uuid4().hex[:12]}"
    redis_url = own_redis(settings.REDIS_URL, worker_id)
    settings.RQ_QUEUES = queues(redis_url)
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        clone_database(name, worlds.database)
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            world = deepcopy(worlds.built)
            assert world is not None
            django_rq.get_connection("default").flushdb()
            yield CommittedWorld(world, name, redis_url)
            assert current_scope().role == NOBODY
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before
            drop_database(name)


def own_redis(url: str, worker_id: str) -> str:
    """Another of the server's sixteen databases for each process that runs tests; 0 is everybody's cache."""
    number = int(worker_id[2:]) if worker_id.startswith("gw") else 0
    return f"{url.partition('?')[0]}?db={number % 15 + 1}"


def drop_database(name: str) -> None:
    """Drop it, whoever still is connected."""
    with psycopg.connect(
        host=str(test_settings.SOCKETS), user="postgres", dbname="postgres", autocommit=True
    ) as admin:
        admin.execute(f"drop database if exists {name} with (force)")
