"""One gunicorn with one synchronous worker on one core."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cms.embedded.processes import end, last_lines, spawn
from tests.benchmarks.cores import children_of, children_on, server_core
from tests.benchmarks.ground import BenchFailure

HOST = "127.0.0.1"
START_PATIENCE = 60.0  # seconds
STOP_PATIENCE = 10.0
ANSWER_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    body: str
    location: str
    cookies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as a line of a file tells it to whoever asks."""

    path: str
    method: str = "GET"
    cookie: str = ""
    body: str = ""

    def line(self) -> str:
        """Method, path, cookies and body, with tabs between."""
        return "\t".join((self.method, self.path, self.cookie, self.body))

    def headers(self) -> dict[str, str]:
        """The headers of it."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if self.body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return headers


def parse_requests(file: Path) -> list[Request]:
    """The requests of a file."""
    rows = (line.split("\t") for line in file.read_text().splitlines())
    return [Request(path, method, cookie, body) for method, path, cookie, body in rows]


@dataclass(slots=True)
class WebServer:
    """A running gunicorn."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def worker(self) -> int:
        """The process that answers."""
        (worker,) = children_of(self.process.pid)
        return worker

    def ask(self, request: Request) -> Answer:
        """Send one request."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=ANSWER_PATIENCE)
        try:
            connection.request(
                request.method, request.path, body=request.body or None, headers=request.headers()
            )
            response = connection.getresponse()
            return Answer(
                status=response.status,
                body=response.read().decode(errors="replace"),
                location=response.getheader("Location", ""),
                cookies=tuple(
                    cookie.partition(";")[0] for cookie in response.headers.get_all("Set-Cookie", [])
                ),
            )
        finally:
            connection.close()


@contextmanager
def serving(application: str, port: int, environment: Mapping[str, str], log: Path) -> Iterator[WebServer]:
    """Have a WSGI application served inside the block."""
    command: list[str | Path] = [sys.executable, "-m", "gunicorn", application, "--bind", f"{HOST}:{port}"]
    command += ["--workers", "1", "--worker-class", "sync", "--timeout", "120", "--no-control-socket"]
    if os.access("/dev/shm", os.W_OK):
        command += ["--worker-tmp-dir", "/dev/shm"]
    with children_on(server_core()):
        process = spawn(command, log=log, ends_by=signal.SIGTERM, environment=environment)
    try:
        server = WebServer(process, port)
        _wait_for(server, log)
        yield server
    finally:
        end(process, signal.SIGTERM, patience=STOP_PATIENCE)


def _wait_for(server: WebServer, log: Path) -> None:
    deadline = time.monotonic() + START_PATIENCE
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            server.ask(Request("/"))
        except OSError:
            time.sleep(0.1)
        else:
            if server.process.poll() is None:
                return
    raise BenchFailure(f"Nothing answers on port {server.port}, see {log}\n{last_lines(log)}")
