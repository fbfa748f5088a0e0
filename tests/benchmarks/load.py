"""Asking a server as fast as it answers, from another core."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cms.embedded.paths import project_folder
from tests.benchmarks.cores import children_on, client_core
from tests.benchmarks.ground import BenchFailure
from tests.benchmarks.web import HOST

CONNECTIONS = 4
SCRIPT = Path(__file__).with_name("requests.lua")


@dataclass(frozen=True, slots=True)
class Load:
    """What a server bore."""

    requests: int
    per_second: float
    bad: int


def client_name() -> str:
    """Who asks."""
    return "wrk" if shutil.which("wrk") else "the client of tests.benchmarks (wrk is not installed)"


def ask_for(seconds: int, file: Path, port: int) -> Load:
    """Send the requests of a file, over and over, for a while."""
    if not shutil.which("wrk"):
        return _own_client(file, port, "--seconds", str(seconds))
    text = _run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "60s"]
        + ["-s", str(SCRIPT), f"http://{HOST}:{port}/", "--", str(file)]
    )
    answers = re.search(r"(\d+) requests in ", text)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    if answers is None or rate is None:
        raise BenchFailure(f"wrk says something else than it used to:\n{text}")
    refused = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", text)))
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    return Load(
        requests=int(answers[1]),
        per_second=float(rate[1]),
        bad=refused + (sum(map(int, broken.groups())) if broken else 0),
    )


def ask_times(count: int, file: Path, port: int) -> Load:
    """Send so many requests of a file."""
    return _own_client(file, port, "--requests", str(count))


def _own_client(file: Path, port: int, *options: str) -> Load:
    command = [sys.executable, "-m", "tests.benchmarks.client", str(file), str(port), *options]
    found = json.loads(_run([*command, "--connections", str(CONNECTIONS)]))
    return Load(found["requests"], found["requests"] / found["seconds"], found["bad"])


def _run(command: Sequence[str]) -> str:
    with children_on(client_core()):
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=project_folder())
    if done.returncode:
        raise BenchFailure(f"{command[0]} failed: {done.stderr or done.stdout}")
    return done.stdout
