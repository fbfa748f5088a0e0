"""How long `make demo` takes: from nothing, and again.

    python -m tests.benchmarks.demo_time [--port 18110]

The working tree, uncommitted files included, is copied into a new folder, and `make demo` is run there until
the site is ready and a company's home page answers. Then Ctrl-C, and once more. pip's cache should be warm:
on a machine where nothing was installed yet, the first run warms it and the second one counts.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from cms.embedded.paths import project_folder, shelter_folder
from cms.embedded.processes import last_lines, say
from tests.benchmarks.ground import FOREIGN_VARIABLES, BenchFailure

FIRST_GOAL, NEXT_GOAL = 240, 15  # seconds
PATIENCE = 900.0
STOP_PATIENCE = 60.0
HOME = "/p/castro-lima/pt/"


def main() -> int:
    """Measure both starts; 1 when the demo does not come up."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.demo_time")
    parser.add_argument("--port", type=int, default=18110)
    parser.add_argument("--keep", action="store_true", help="leave the folder for looking at")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="balcao-demo-"))
    folder.chmod(0o755)  # the servers' account has to come in
    try:
        copy_working_tree(folder)
        for words, goal in (("from nothing", FIRST_GOAL), ("again", NEXT_GOAL)):
            seconds = start_and_stop(folder, options.port)
            missed = "  GOAL MISSED" if seconds > goal else ""
            say(f"make demo {words}: {seconds:.1f} s (goal: {goal} s){missed}")
    except BenchFailure as failure:
        say(f"Not measured: {failure}")
        return 1
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.rmtree(shelter_folder(folder / "var"), ignore_errors=True)
    return 0


def copy_working_tree(folder: Path) -> None:
    """Copy what git knows or would know; nothing that was built, installed or written at run time."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True,
        capture_output=True,
        cwd=project_folder(),
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        source, target = project_folder() / name, folder / name
        if source.is_file():  # not one that was deleted and not yet committed
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)


def start_and_stop(folder: Path, port: int) -> float:
    """Run `make demo` until it answers; return the seconds that took, after a Ctrl-C."""
    log = folder / "demo.out"
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN_VARIABLES}
    for name in ("BALCAO_VAR", "DJANGO_SETTINGS_MODULE", "VIRTUAL_ENV", "PYTHONPATH"):
        environment.pop(name, None)
    begin = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["make", "demo"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**environment, "PORT": str(port)},
            process_group=0,
        )
    try:
        while not (_answers(port, "/health/ready") and _answers(port, HOME)):
            if process.poll() is not None or time.monotonic() - begin > PATIENCE:
                raise BenchFailure(f"the demo did not come up\n{last_lines(log, 25)}")
            time.sleep(0.1)
        return time.monotonic() - begin
    finally:
        _interrupt(process)


def _answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=30) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _interrupt(process: subprocess.Popen[bytes]) -> None:
    """What a terminal does at Ctrl-C: the signal goes to everybody in the foreground."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(STOP_PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
