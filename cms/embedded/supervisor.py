"""Keeping long-running programs alive until a signal says that it is over."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from cms.embedded.processes import end, kill_session, say, spawn
from cms.embedded.undertaker import Undertaker

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STOP_PATIENCE = 10.0  # seconds for a program to finish what it has in hand
FIRST_PAUSE = 1.0  # seconds before a program that ended is started again
LONGEST_PAUSE = 30.0
STEADY = 60.0  # seconds after which a program counts as healthy again
LOOK_EVERY = 0.2
AGAIN_AFTER = 0.01  # seconds until a lost `Stopped` is raised again


class Stopped(BaseException):
    """Somebody asked us to stop. Like KeyboardInterrupt, no `except Exception` takes it."""


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Raise `Stopped` inside the block at the first Ctrl-C or SIGTERM.

    Further ones are ignored: they would interrupt the very stopping they ask for. So the first must not get
    lost: Python drops what is raised where nobody can catch it, such as in the hooks that run after a fork,
    and a signal that comes during the fork is raised just there. It is raised again a moment later.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        for name in ENDING_SIGNALS:
            signal.signal(name, signal.SIG_IGN)
        raise Stopped

    def stop_again(dropped: "sys.UnraisableHookArgs") -> None:
        if isinstance(dropped.exc_value, Stopped):
            signal.setitimer(signal.ITIMER_REAL, AGAIN_AFTER)
        else:
            report(dropped)

    report, sys.unraisablehook = sys.unraisablehook, stop_again
    before = {name: signal.signal(name, stop) for name in (*ENDING_SIGNALS, signal.SIGALRM)}
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.unraisablehook = report
        for name, handler in before.items():
            signal.signal(name, handler)


@dataclass
class Program:
    """One program that is started again whenever it ends."""

    name: str
    command: Sequence[str | Path]
    log: Path
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self) -> None:
        """Start the program."""
        self.started_at = time.monotonic()
        self.process = spawn(self.command, log=self.log, ends_by=signal.SIGTERM, environment=self.environment)

    def look_after(self) -> None:
        """Notice that the program ended, and start it again when its pause is over."""
        if self.process is None:
            if time.monotonic() >= self.start_at:
                self.start()
        elif (code := self.process.poll()) is not None:
            kill_session(self.process.pid)
            self.process = None
            self._plan_next_start(code)

    def ask_to_end(self) -> None:
        """Ask the program to finish, without waiting for it."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def end(self) -> None:
        """Wait until the program is gone, and see to it when it takes too long."""
        if self.process:
            end(self.process, signal.SIGTERM, patience=STOP_PATIENCE)
            self.process = None

    def _plan_next_start(self, code: int) -> None:
        """Wait longer each time, unless it had run well for a while."""
        now = time.monotonic()
        if now - self.started_at >= STEADY:
            self.pause = FIRST_PAUSE
        say(f"{self.name} ended ({_reason(code)}), again in {self.pause:.0f} s. See {self.log}")
        self.start_at = now + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)


class Supervisor:
    """Some programs that run side by side."""

    def __init__(self, first: Program, *others: Program) -> None:
        self.first = first
        self.programs = [first, *others]
        self.undertaker = Undertaker()

    def run(self, when_started: Callable[[], None]) -> None:
        """Run the programs until an exception, usually `Stopped`, ends it. Leaves none behind.

        The first begins alone and `when_started` waits for it: somebody looks at what it does. The others,
        which nobody sees, would only take the processor away from it.
        """
        try:
            self._look_after([self.first])
            when_started()
            while True:
                self._look_after(self.programs)
                time.sleep(LOOK_EVERY)
        finally:
            self.stop()

    def stop(self) -> None:
        """Stop all programs, at the same time."""
        for program in self.programs:
            program.ask_to_end()
        for program in self.programs:
            program.end()
        self.undertaker.dismiss()

    def _look_after(self, programs: Sequence[Program]) -> None:
        for program in programs:
            program.look_after()
        running = (program.process for program in self.programs)
        self.undertaker.watch({process.pid for process in running if process})


def _reason(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
