"""A real web server for drills, and somebody who delivers webhooks to it until each has been taken."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

import stripe
from django.conf import settings

_THREADS = 6
_PAUSE = 0.2  # seconds before somebody who was not heard speaks again


@contextmanager
def web_server(environment: dict[str, str], log: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """gunicorn with two children, as the site runs, and the port where it answers."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload"]
    command += ["--no-control-socket", "--graceful-timeout", "1"]
    with log.open("ab") as written:
        process = subprocess.Popen(
            command, cwd=settings.PROJECT, env=environment, stdout=written, stderr=written
        )
    try:
        _until_it_answers(port)
        yield process, port
    finally:
        process.terminate()
        process.wait()


@dataclass
class Deliverer:
    """Delivers events as Stripe does: several at once, and again whatever was not answered with 200."""

    port: int
    path: str
    secret: str
    taken: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    _queue: SimpleQueue[str] = field(default_factory=SimpleQueue)
    _lock: Lock = field(default_factory=Lock)
    _threads: list[Thread] = field(default_factory=list)

    def begin(self, events: Sequence[dict[str, Any]]) -> None:
        """Start; `is_over` says when all have been taken."""
        for event in events:
            self._queue.put(json.dumps(event))
        self._threads = [Thread(target=self._deliver, daemon=True) for _each in range(_THREADS)]
        for thread in self._threads:
            thread.start()

    @property
    def is_over(self) -> bool:
        """Has everything been taken?"""
        return not any(thread.is_alive() for thread in self._threads)

    def _deliver(self) -> None:
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        while True:
            try:
                body = self._queue.get_nowait()
            except Empty:
                return
            while not self._is_taken(line, body):
                line.close()
                time.sleep(_PAUSE)

    def _is_taken(self, line: HTTPConnection, body: str) -> bool:
        header = stripe.WebhookSignature.generate_signature_header(
            body, self.secret, timestamp=int(time.time())
        )
        try:
            line.request(
                "POST", self.path, body, {"Stripe-Signature": header, "Content-Type": "application/json"}
            )
            answer = line.getresponse()
            answer.read()
            said = str(answer.status)
        except (OSError, HTTPException) as error:
            said = type(error).__name__
        with self._lock:
            self.answers[said] += 1
            self.taken += said == "200"
        return said == "200"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _until_it_answers(port: int) -> None:
    for _attempt in range(600):
        line = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            line.request("GET", "/health/live")
            line.getresponse().read()
        except (OSError, HTTPException):
            time.sleep(0.1)
        else:
            return
        finally:
            line.close()
    raise AssertionError("the web server does not start")
