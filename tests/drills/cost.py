"""What processes have cost: on a machine that others use, too, the clock says little of a program's speed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(pids: Iterable[int]) -> float:
    """What these processes and all that they have begun have taken of the processors; killed ones are lost."""
    return sum(_of(pid) for pid in _with_children(pids)) / _TICKS


def _with_children(pids: Iterable[int]) -> set[int]:
    found: set[int] = set()
    waiting = list(pids)
    while waiting:
        pid = waiting.pop()
        if pid not in found:
            found.add(pid)
            with suppress(OSError):
                listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
                waiting += map(int, listed.split())
    return found


def _of(pid: int) -> int:
    """Its own time, and that of children that have ended: fields 14 to 17 of proc(5)."""
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15]))
    return 0
