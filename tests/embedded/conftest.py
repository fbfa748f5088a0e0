"""Folders and processes for tests of the embedded servers, which clean up after themselves."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from cms.embedded import paths

PATIENCE = 400.0  # a full demo from nothing, beside other tests on a slow machine


class Runner:
    """A Python program in a process of its own, whose output can be waited for."""

    def __init__(self, arguments: list[str], folder: Path, environment: dict[str, str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.output_file = folder / f"output-{time.monotonic_ns()}.txt"
        with self.output_file.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=paths.project_folder(),
                env=os.environ | environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def output(self) -> str:
        """Everything that was printed so far."""
        return self.output_file.read_text()

    def wait_for(self, words: str) -> None:
        """Wait until the words were printed; fail when the process ends without them."""
        wait_for(lambda: words in self.output or self.process.poll() is not None)
        assert words in self.output, self.output

    def end(self, by: signal.Signals) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(by)
        return self.process.wait(PATIENCE)


Starter = Callable[..., Runner]


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    """A `var` folder that leaves nothing behind, not in /tmp or /var/tmp either."""
    folder = tmp_path / "var"
    yield folder
    wait_for(lambda: not processes_of(folder))
    remove_traces(folder)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Starter]:
    """Start Python programs which end with the test, however it ends."""
    runners: list[Runner] = []

    def start_one(*arguments: str, **environment: str) -> Runner:
        runners.append(Runner(list(arguments), tmp_path / "output", environment))
        return runners[-1]

    yield start_one
    for runner in runners:
        if runner.process.poll() is None:
            runner.process.terminate()
    for runner in runners:
        with suppress(subprocess.TimeoutExpired):
            runner.process.wait(PATIENCE)


def wait_for(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "It took too long."
        time.sleep(0.05)


def processes_of(var: Path) -> list[str]:
    """Command lines of all living processes that know of `var`."""
    marks = [os.fsencode(var), os.fsencode(paths.socket_folder(var))]
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal() or int(folder.name) == os.getpid():
            continue
        with suppress(OSError):
            command = (folder / "cmdline").read_bytes()  # empty for a zombie
            known = command + (folder / "environ").read_bytes() if command else b""
            if any(mark in known for mark in marks):
                found.append(command.replace(b"\0", b" ").decode())
    return found


def remove_traces(var: Path) -> None:
    """Remove what a test's servers keep outside their `var`."""
    shutil.rmtree(paths.shelter_folder(var), ignore_errors=True)
    if paths.socket_folder(var).parent == paths.SHORT_PLACE:
        shutil.rmtree(paths.socket_folder(var), ignore_errors=True)
