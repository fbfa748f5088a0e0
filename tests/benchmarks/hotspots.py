"""Where a page's time goes: statements, packages, functions.

    python -m tests.benchmarks.hotspots lookup_process [--quick]

Profiles the requests that `python -m tests.benchmarks` left for the page (a number stays open for an hour).
The profiler makes everything slower, many small calls most of all: compare parts, not times.
"""

from __future__ import annotations

import argparse
import cProfile
import itertools
import pstats
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from cms.embedded import paths, servers
from tests.benchmarks.ground import Ground
from tests.benchmarks.queries import load_application, send
from tests.benchmarks.targets import FLOOR, NAMES
from tests.benchmarks.web import parse_requests

WARM_UP = 60
REQUESTS = 200
TOP = 30


def main() -> None:
    """Profile here, in the environment of the portal; start it first where it is not there."""
    parser = argparse.ArgumentParser()
    parser.add_argument("page", choices=[FLOOR, *NAMES])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        _profile(Ground(paths.var_folder(), 0).file(f"{options.page}.requests"))
        return
    ground = Ground(paths.var_folder() / ("bench-quick" if options.quick else "bench"), 0)
    with servers.running(ground.var):
        run = ground.run_floor if options.page == FLOOR else ground.run_portal
        run("hotspots", "-m", "tests.benchmarks.hotspots", options.page, "--inside")
    print(ground.log("hotspots").read_text())


def _profile(file: Path) -> None:
    application = load_application()
    requests = itertools.cycle(parse_requests(file))
    for _each in range(WARM_UP):
        send(application, next(requests))
    begin = time.perf_counter()
    for _each in range(REQUESTS):
        send(application, next(requests))
    print(f"{1000 * (time.perf_counter() - begin) / REQUESTS:.2f} ms a request without a profiler\n")
    _print_statements(lambda: send(application, next(requests)))
    profiler = cProfile.Profile()
    with profiler:
        for _each in range(REQUESTS):
            send(application, next(requests))
    found = pstats.Stats(profiler)
    calls: int = found.total_calls  # type: ignore[attr-defined]
    print(f"{calls / REQUESTS:.0f} calls of functions a request: a figure without noise\n")
    stats: dict[Any, Any] = found.stats  # type: ignore[attr-defined]
    _print_packages(stats)
    _print_functions(stats, "own time", key=lambda times: times[2])
    _print_functions(stats, "time with what it calls", key=lambda times: times[3])


def _print_statements(one_request: Callable[[], object]) -> None:
    """Each statement with its time, BEGIN and COMMIT as they come over the wire excepted."""
    seconds: defaultdict[str, float] = defaultdict(float)
    calls: Counter[str] = Counter()
    with ExitStack() as stack:
        stack.enter_context(_timed(psycopg.Cursor, "execute", seconds, calls))
        for _each in range(REQUESTS):
            one_request()
    print("ms/request  calls/request  statement")
    for text, total in sorted(seconds.items(), key=lambda pair: -pair[1]):
        print(
            f"{1000 * total / REQUESTS:10.3f}{calls[text] / REQUESTS:15.2f}  {' '.join(text.split())[:150]}"
        )
    print(f"{1000 * sum(seconds.values()) / REQUESTS:10.3f}{calls.total() / REQUESTS:15.2f}  in all\n")


@contextmanager
def _timed(kind: Any, name: str, seconds: defaultdict[str, float], calls: Counter[str]) -> Any:
    method = getattr(kind, name)

    def timed(cursor: Any, query: Any, *arguments: Any, **named: Any) -> Any:
        begin = time.perf_counter()
        try:
            return method(cursor, query, *arguments, **named)
        finally:
            seconds[str(query)] += time.perf_counter() - begin
            calls[str(query)] += 1

    setattr(kind, name, timed)
    try:
        yield
    finally:
        setattr(kind, name, method)


def _print_packages(stats: dict[Any, Any]) -> None:
    """Own time by package: template engine, database, middleware and so on."""
    totals: Counter[str] = Counter()
    for (file, _line, name), times in stats.items():
        totals[_package(file, name)] += times[2]
    whole = sum(totals.values())
    print("own time by package")
    for package, seconds in totals.most_common(TOP):
        print(f"{100 * seconds / whole:6.1f} %  {1000 * seconds / REQUESTS:7.3f} ms  {package}")
    print()


def _print_functions(stats: dict[Any, Any], words: str, *, key: Callable[[Any], float]) -> None:
    print(f"functions by {words}: ms/request, calls/request")
    for (file, line, name), times in sorted(stats.items(), key=lambda pair: -key(pair[1]))[: 2 * TOP]:
        print(f"{1000 * key(times) / REQUESTS:8.3f}{times[1] / REQUESTS:9.1f}  {_short(file)}:{line} {name}")
    print()


def _package(file: str, name: str) -> str:
    if file == "~":
        return "built-in: psycopg and sockets" if "psycopg" in name or "socket" in name else "built-in"
    parts = _short(file).split("/")
    return "/".join(parts[: min(len(parts) - 1, 3)]) or parts[0]


def _short(file: str) -> str:
    for root in (f"{paths.project_folder()}/", *(f"{folder}/" for folder in sys.path if folder)):
        if file.startswith(root) and "site-packages" not in file.removeprefix(root):
            return file.removeprefix(root)
    return file


if __name__ == "__main__":
    main()
