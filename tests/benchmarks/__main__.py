"""`make bench`. See `tests.benchmarks`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

from cms.embedded import paths, servers
from cms.embedded.folders import make_open
from cms.embedded.locks import FileLock
from cms.embedded.processes import StartFailure, say
from cms.embedded.supervisor import Stopped, stopping_on_signals
from tests.benchmarks import desk, report
from tests.benchmarks.alike import DOORS
from tests.benchmarks.bench import Bench, Plan
from tests.benchmarks.cores import client_core, server_core
from tests.benchmarks.entering import NAME as LOGIN
from tests.benchmarks.exports import GOALS as EXPORTS
from tests.benchmarks.ground import BenchFailure, Ground, Sizes
from tests.benchmarks.importing import CASES, ROWS
from tests.benchmarks.load import client_name
from tests.benchmarks.matching import NAME as MATCHING
from tests.benchmarks.memory import NAME as MEMORY
from tests.benchmarks.printing import NAME as PRINTING
from tests.benchmarks.targets import NAMES

FULL = Sizes(companies=50, processes=1_000_000)
QUICK = Sizes(companies=5, processes=5_000)
QUICK_MEMORY_DIVISOR = 10
QUICK_ROWS = 5_000
IMPORTS = tuple(case.name for case in CASES)


def main() -> int:
    """Measure; 1 when something could not be. A missed goal is no failure."""
    options = _options()
    var = paths.var_folder()
    ground = Ground(var / ("bench-quick" if options.quick else "bench"), options.port)
    make_open(paths.log_folder(ground.var))
    try:
        with stopping_on_signals(), _alone(ground), servers.running(ground.var, durable=True) as running:
            postgres = running.processes.get("postgres")
            bench = Bench(ground, _plan(options), postgres.pid if postgres else None)
            bench.run()
    except (BenchFailure, StartFailure) as failure:
        say(f"Not measured: {failure}")
        return 1
    except Stopped:
        say("stopped")
        return 1
    _tell(bench)
    # Where the person's data is, and beside what was measured. A quick run's figures mean little.
    for folder in [ground.var] if options.quick else [var, ground.var]:
        report.write(bench.entries, folder / "bench.json")
        say(f"written to {folder / 'bench.json'}")
    return 1 if bench.failures else 0


def _tell(bench: Bench) -> None:
    say(
        f"\nPython {sys.version.split()[0]}, Django {version('Django')}, gunicorn {version('gunicorn')} "
        f"on core {server_core()}, {client_name()} on core {client_core()}"
    )
    say(report.table(bench.entries))
    for failure in bench.failures:
        say(f"Not measured: {failure}")


@contextmanager
def _alone(ground: Ground) -> Iterator[None]:
    with FileLock(ground.var / "bench.lock") as lock:
        if not lock.acquire():
            raise BenchFailure(f"another run is at work in {ground.var}")
        yield


def _plan(options: argparse.Namespace) -> Plan:
    standard = QUICK if options.quick else FULL
    return Plan(
        sizes=Sizes(options.companies or standard.companies, options.processes or standard.processes),
        names=options.only
        or [*NAMES, *desk.PAGES, *EXPORTS, PRINTING, *DOORS, LOGIN, MEMORY, *IMPORTS, MATCHING],
        rounds=options.rounds,
        duration=options.duration,
        memory_divisor=QUICK_MEMORY_DIVISOR if options.quick else 1,
        imported=QUICK_ROWS if options.quick else ROWS,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description="Measure the portal's pages next to bare Django."
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--duration", type=int, default=10, help="seconds for each page in each round")
    parser.add_argument("--companies", type=int, help=f"{FULL.companies}, unless --quick")
    parser.add_argument("--processes", type=int, help=f"{FULL.processes}, unless --quick")
    parser.add_argument(
        "--only",
        action="append",
        choices=[*NAMES, *desk.PAGES, *EXPORTS, PRINTING, *DOORS, LOGIN, MEMORY, *IMPORTS, MATCHING],
        help="may be repeated",
    )
    parser.add_argument("--quick", action="store_true", help="little data, in a folder of its own: a trial")
    parser.add_argument("--port", type=int, default=18100, help="the floor's; the portal takes the next one")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
