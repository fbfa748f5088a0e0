"""How many statements a page makes, counted in a process of its own.

    python -m tests.benchmarks.queries [--show] FILE CASES

Runs requests of a file through the WSGI application that the settings name, each three times, and counts the
third. Counted is whatever reaches psycopg, the check of a kept connection included; not counted are BEGIN,
COMMIT, savepoints and `set_config`. Prints the highest count as JSON.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import psycopg

from cms.embedded.paths import project_folder
from tests.benchmarks.ground import BenchFailure
from tests.benchmarks.web import Request, parse_requests

WARM_UP = 2
CASES = 3
NOT_COUNTED = ("begin", "commit", "savepoint", "release", "rollback", "select set_config(")


def count_queries(file: Path, environment: Mapping[str, str]) -> int:
    """The statements of one warm request; the most of a few variants."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.queries", str(file), str(CASES)],
        check=False,
        capture_output=True,
        text=True,
        cwd=project_folder(),
        env=environment,
    )
    if done.returncode:
        raise BenchFailure(f"The statements of {file.stem} could not be counted.\n{done.stderr[-2000:]}")
    return int(json.loads(done.stdout.splitlines()[-1]))


def listen(statements: list[str]) -> None:
    """Write down what goes through psycopg's cursors from now on."""
    for kind, name in (
        (psycopg.Cursor, "execute"),
        (psycopg.Cursor, "executemany"),
        (psycopg.Cursor, "copy"),
        (psycopg.ServerCursor, "execute"),
    ):
        setattr(kind, name, _noted(getattr(kind, name), statements))


def _noted(method: Callable[..., Any], statements: list[str]) -> Callable[..., Any]:
    def noted(cursor: Any, query: Any, *arguments: Any, **named: Any) -> Any:
        text = query if isinstance(query, str) else query.as_string(cursor)
        if not text.lstrip().lower().startswith(NOT_COUNTED):
            statements.append(text)
        return method(cursor, query, *arguments, **named)

    return noted


def send(application: Callable[..., Any], request: Request) -> str:
    """Let a WSGI application answer, the way a server does; return its status."""
    path, _mark, query = request.path.partition("?")
    body = request.body.encode()
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": request.cookie,
        "CONTENT_TYPE": request.headers().get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(body),
    }
    setup_testing_defaults(environ)
    said: list[str] = []
    answer = application(environ, lambda status, headers, error=None: said.append(status))
    try:
        b"".join(answer)
    finally:
        answer.close()
    return said[0]


def load_application() -> Callable[..., Any]:
    """What a server would serve under the settings of the environment."""
    from django.core.servers.basehttp import get_internal_wsgi_application  # noqa: PLC0415 (settings come first)

    return get_internal_wsgi_application()


def main() -> int:
    """Count, and print the highest."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", action="store_true", help="print the statements, too")
    parser.add_argument("file", type=Path)
    parser.add_argument("cases", type=int, nargs="?", default=1)
    options = parser.parse_args()
    application = load_application()
    statements: list[str] = []
    listen(statements)
    counts = []
    for request in parse_requests(options.file)[: options.cases]:
        for _each in range(WARM_UP):
            send(application, request)
        statements.clear()
        status = send(application, request)
        if status[0] not in "23":
            print(f"{request.path}: {status}", file=sys.stderr)
            return 1
        counts.append(len(statements))
        if options.show:
            print(f"-- {request.method} {request.path}", *statements, sep="\n")
    print(json.dumps(max(counts)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
