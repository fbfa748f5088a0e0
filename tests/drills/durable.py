"""Servers of a drill's own, with the world of the tests in them: PostgreSQL may crash here, and keeps what it said.

The servers of the tests are shared, and careless: after a crash they would have lost what was committed.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from cms.embedded import paths, postgres, servers
from cms.embedded.folders import make_open
from cms.embedded.processes import end
from cms.embedded.programs import postgres_programs
from cms.settings.stores import queues
from tests.world import companies as worlds
from tests.world.companies import World

_PATIENCE = 30.0


@dataclass
class DurableWorld:
    """The world of the tests on servers of its own."""

    world: World
    var: Path
    database: str
    running: servers.Servers
    crashes: int = 0

    @property
    def redis_url(self) -> str:
        """Its cache and its queue."""
        return f"unix://{paths.valkey_socket(self.var)}?db=0"

    @property
    def environment(self) -> dict[str, str]:
        """For another process that shall use these servers."""
        return {
            **os.environ,
            "BALCAO_VAR": str(self.var),
            "DATABASE_URL": f"postgresql://balcao_app@/{self.database}?host={paths.socket_folder(self.var)}",
            "REDIS_URL": self.redis_url,
            "SECRET_KEY": settings.SECRET_KEY,
        }

    def crash_postgres(self) -> None:
        """Have PostgreSQL go at once, with nobody served to the end, and come back by what it had written down."""
        end(self.running.processes["postgres"], signal.SIGQUIT, patience=_PATIENCE)
        self.running.processes["postgres"] = postgres.start(self.var, durable=True)
        connection.close()
        self.crashes += 1


@contextmanager
def durable_world() -> Iterator[DurableWorld]:
    """The connection of this thread, the queue and the cache are those of fresh servers, until the end."""
    assert worlds.built is not None
    folder = Path(tempfile.mkdtemp(prefix="balcao-drill-", dir=paths.SHORT_PLACE))
    make_open(folder)
    folder.chmod(0o755)  # the servers' account has to get in
    place = connection.settings_dict
    before = {name: place[name] for name in ("HOST", "NAME")}
    was = settings.RQ_QUEUES
    connection.close()
    try:
        with servers.running(folder) as running:
            _copy(worlds.database, paths.socket_folder(folder))
            found = DurableWorld(deepcopy(worlds.built), folder, worlds.database, running)
            place.update(HOST=str(paths.socket_folder(folder)), NAME=found.database)
            settings.RQ_QUEUES = queues(found.redis_url)
            yield found
    finally:
        connection.close()
        place.update(before)
        settings.RQ_QUEUES = was
        shutil.rmtree(folder, ignore_errors=True)


def _copy(database: str, sockets: Path) -> None:
    """A database of the tests, with everything in it, on another server."""
    programs = postgres_programs(paths.account_for(Path(os.environ["BALCAO_TEST_VAR"]))) / "bin"
    origin = ["-h", str(settings.SOCKETS), "-U", postgres.ADMINISTRATOR]
    target = ["-h", str(sockets), "-U", postgres.ADMINISTRATOR, "-d", postgres.MAINTENANCE_DATABASE]
    with subprocess.Popen(
        [programs / "pg_dump", *origin, "--create", database], stdout=subprocess.PIPE
    ) as dump:
        subprocess.run(
            [programs / "psql", *target, "-q", "-v", "ON_ERROR_STOP=1"],
            stdin=dump.stdout,
            stdout=subprocess.DEVNULL,
            check=True,
        )
    assert dump.returncode == 0, "the world could not be copied"
