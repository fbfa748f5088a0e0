"""Who runs on which core, and how much of the machine they take."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE_KIB = os.sysconf("SC_PAGE_SIZE") // 1024


def server_core() -> int:
    """The core of the web server that is measured."""
    return min(os.sched_getaffinity(0))


def client_core() -> int:
    """The core of who asks: another one, where there is another."""
    return max(os.sched_getaffinity(0))


@contextmanager
def children_on(core: int) -> Iterator[None]:
    """Processes that are started inside the block run on this core alone."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def tree_seconds(root: int) -> float:
    """Processor time of a process and its descendants, those included that it has outlived."""
    parents = {pid: _stat(pid) for pid in _pids()}
    tree = [root]
    for pid in tree:
        tree += [child for child, stat in parents.items() if stat and int(stat[1]) == pid]
    total = 0
    for pid in tree:
        if stat := _stat(pid):
            total += sum(map(int, stat[11:15]))
    return total / TICKS


def children_of(root: int) -> list[int]:
    """The children of a process."""
    return [pid for pid in _pids() if (stat := _stat(pid)) and int(stat[1]) == root]


def busy_seconds() -> float:
    """Processor time of everybody on this machine, since it started."""
    user, nice, system, _idle, _waiting, *interrupts = map(
        int, _read(Path("/proc/stat")).split("\n")[0].split()[1:9]
    )
    return (user + nice + system + sum(interrupts)) / TICKS


def resident_kib(pid: int) -> int:
    """How much memory a process has in use."""
    return int(_read(Path(f"/proc/{pid}/statm")).split()[1]) * PAGE_KIB


def _pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]


def _stat(pid: int) -> list[str] | None:
    """State, parent and so on: what follows the name, which may hold blanks itself."""
    try:
        return _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    except OSError:
        return None


def _read(path: Path) -> str:
    return path.read_text(errors="replace")
