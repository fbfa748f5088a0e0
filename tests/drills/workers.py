"""Workers that are killed: the process that does the work, and the whole worker with it; and web servers' children."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

from django.conf import settings

IsDue = Callable[[], bool]
_GLANCE = 0.02  # seconds between two looks at what is due


def never() -> bool:
    """Nobody is killed."""
    return False


def every(seconds: float) -> IsDue:
    """Due again and again, by the clock."""
    last = [time.monotonic()]

    def is_due() -> bool:
        if time.monotonic() - last[0] < seconds:
            return False
        last[0] = time.monotonic()
        return True

    return is_due


def with_each(number: int, count: Callable[[], int]) -> IsDue:
    """Due whenever so many more have come: however slow the machine, something is done in between."""
    last = [0]

    def is_due() -> bool:
        if count() - last[0] < number:
            return False
        last[0] = count()
        return True

    return is_due


@dataclass
class Reaper:
    """Keeps some workers running, and kills one of their work horses and one of them again and again.

    Where a web server is named, one of its children is killed in turn with a work horse; it makes another by itself.
    """

    environment: dict[str, str]
    log: Path
    horse_is_due: IsDue
    worker_is_due: IsDue
    workers: int = 2
    web: subprocess.Popen[bytes] | None = None
    begins_at_once: bool = True
    horses_killed: int = 0
    workers_killed: int = 0
    web_children_killed: int = 0
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _over: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def __enter__(self) -> Self:
        self._running = [self._start() for _worker in range(self.workers)]
        if self.begins_at_once:
            self.begin()
        return self

    def begin(self) -> None:
        """Begin to kill: workers that are killed while they start would never be at work."""
        self._thread = Thread(target=self._reap, daemon=True)
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()
        for process in self._running:
            _kill_whole(process)

    @property
    def pids(self) -> list[int]:
        """The workers that run now."""
        return [process.pid for process in self._running]

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "rqworker", "mail", "default"]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command, cwd=settings.PROJECT, env=self.environment, stdout=log, stderr=log
            )

    def _reap(self) -> None:
        turn = 0
        while not self._over.wait(_GLANCE):
            if self.horse_is_due():
                turn += 1
                if not (self.web and turn % 2 and self._kill_web_child(self.web, turn // 2)):
                    self._kill_horse(turn)
            if self.worker_is_due():
                number = self.workers_killed % self.workers
                _kill_whole(self._running[number])
                self._running[number] = self._start()
                self.workers_killed += 1

    def _kill_web_child(self, web: subprocess.Popen[bytes], turn: int) -> bool:
        children = _children_of(web.pid)
        if children:
            _kill(children[turn % len(children)])
            self.web_children_killed += 1
        return bool(children)

    def _kill_horse(self, turn: int) -> None:
        """One that is at work, of the worker whose turn it is or of another."""
        order = self._running[turn % self.workers :] + self._running[: turn % self.workers]
        for process in order:
            for horse in _children_of(process.pid):
                _kill(horse)
                self.horses_killed += 1
                return


def _kill_whole(process: subprocess.Popen[bytes]) -> None:
    horses = _children_of(process.pid)
    process.kill()
    for horse in horses:
        _kill(horse)
    process.wait()


def _children_of(pid: int) -> list[int]:
    with suppress(OSError):
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in listed.split()]
    return []


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
