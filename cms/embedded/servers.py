"""Both servers of one `var` folder, started once however many ask for them."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cms.embedded import paths, postgres, valkey
from cms.embedded.folders import make_open, make_own, require_owner
from cms.embedded.locks import FileLock
from cms.embedded.processes import StartFailure

READY = "ready"
PATIENCE = 90.0  # seconds for another runner to get its servers up


@dataclass
class Servers:
    """The running servers of `var`: ours to stop, or another runner's."""

    var: Path
    lock: FileLock | None = None
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def is_ours(self) -> bool:
        """Whether this runner started them; another runner's are left alone."""
        return self.lock is not None

    def stop(self) -> None:
        """Stop what is ours. Valkey first: nothing waits for it."""
        if self.lock is None:
            return
        try:
            if process := self.processes.pop("valkey", None):
                valkey.stop(process)
            if process := self.processes.pop("postgres", None):
                postgres.stop(process)
            _remove_short_folder(self.var)
        finally:
            self.lock.release()
            self.lock = None


def start(var: Path, *, durable: bool = True) -> Servers:
    """Return running, prepared servers of `var`, starting them if nobody has.

    Call it from a thread that lives as long as the servers shall: they end with it.
    `durable=False` is for data that no crash needs to spare, as in tests.
    """
    make_open(paths.log_folder(var))
    lock = FileLock(var / "servers.lock")
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if lock.acquire():
            return _start_own(var, lock, durable=durable)
        if _others_are_ready(var, lock):
            return Servers(var)
        time.sleep(0.1)
    raise StartFailure(f"Another process holds {lock.path}, and its servers do not answer.")


@contextmanager
def running(var: Path, *, durable: bool = True) -> Iterator[Servers]:
    """Have running servers of `var` inside the block; see `start`."""
    servers = start(var, durable=durable)
    try:
        yield servers
    finally:
        servers.stop()


def _start_own(var: Path, lock: FileLock, *, durable: bool) -> Servers:
    servers = Servers(var, lock)
    try:
        _make_folders(var)
        servers.processes["valkey"] = valkey.start(var)
        servers.processes["postgres"] = postgres.start(var, durable=durable)
        postgres.prepare(var)
    except BaseException:
        servers.stop()
        raise
    lock.leave_note(READY)
    return servers


def _others_are_ready(var: Path, lock: FileLock) -> bool:
    return lock.read_note() == READY and postgres.answers(var) and valkey.answers(var)


def _make_folders(var: Path) -> None:
    if paths.is_sheltered(var):
        make_open(paths.shelter_folder(var))
        require_owner(paths.shelter_folder(var), os.geteuid())
    make_own(paths.socket_folder(var), paths.account_for(var))


def _remove_short_folder(var: Path) -> None:
    """Leave nothing of ours in /tmp."""
    folder = paths.socket_folder(var)
    if folder.parent == paths.SHORT_PLACE:
        with suppress(OSError):
            folder.rmdir()
