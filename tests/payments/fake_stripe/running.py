"""Both processes for the length of a test run, and what a test asks of them over HTTP."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

HERE = Path(__file__).parent
PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class FakeStripe:
    """Where it is, and what can be done there besides what the client library does."""

    address: str

    def ask(self, path: str, **data: Any) -> Any:
        """Tell it something."""
        answer = requests.post(f"{self.address}{path}", data=data, timeout=10, allow_redirects=False)
        return answer.json() if answer.content and answer.status_code < 300 else answer

    def events(self) -> list[dict[str, Any]]:
        """What has happened since, which nobody was told."""
        found: list[dict[str, Any]] = self.ask("/_/waiting")["events"]
        return found


@contextmanager
def fake_stripe() -> Iterator[FakeStripe]:
    """Start both, wait until they answer, and stop them."""
    upstream, front = _free_port(), _free_port()
    programs = [
        [PYTHON, str(HERE / "upstream.py"), str(upstream)],
        [PYTHON, str(HERE / "front.py"), str(front), f"http://127.0.0.1:{upstream}"],
    ]
    running = [subprocess.Popen(each, stdout=subprocess.DEVNULL) for each in programs]
    try:
        for port in (upstream, front):
            _until_listening(port)
        yield FakeStripe(f"http://127.0.0.1:{front}")
    finally:
        for each in running:
            each.terminate()
        for each in running:
            each.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _until_listening(port: int) -> None:
    for _attempt in range(200):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the fake Stripe does not start")
