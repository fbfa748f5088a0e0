"""The supervisor, and the demo that it runs: real processes again."""

import os
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from cms.embedded import paths
from tests.embedded.conftest import Runner, Starter, processes_of, remove_traces, wait_for

SUPERVISE = """
import os, sys
from pathlib import Path
from cms.embedded.processes import say
from cms.embedded.supervisor import Program, Stopped, Supervisor, stopping_on_signals
folder = Path(sys.argv[1])
programs = [
    Program(str(number), [sys.executable, "-c", code], folder / f"{number}.log", dict(os.environ))
    for number, code in enumerate(sys.argv[2:])
]
try:
    with stopping_on_signals():
        Supervisor(*programs).run(lambda: say("started"))
except Stopped:
    say("stopped")
"""
ASKED_DURING_A_FORK = """
import os, signal, subprocess, time
from cms.embedded.processes import say
from cms.embedded.supervisor import Stopped, stopping_on_signals
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGTERM))
try:
    with stopping_on_signals():
        subprocess.run(["true"], preexec_fn=lambda: None)
        time.sleep(600)
except Stopped:
    say("stopped")
"""
SLEEP = "import time; time.sleep(600)"
NOTE_AND_EXIT = "print('once', flush=True)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print('deaf', flush=True); time.sleep(600)"
)
FORKING = (
    "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "if os.fork(): os.wait()\n"
    "else: os.setpgrp(); print('at work', flush=True); time.sleep(600)"
)


def supervise(start: Starter, var: Path, *codes: str) -> Runner:
    var.mkdir(exist_ok=True)
    # The variable is how the test finds the children again.
    runner = start("-c", SUPERVISE, str(var), *codes, BALCAO_VAR=str(var))
    runner.wait_for("started")
    return runner


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_programs(var: Path, start: Starter, name: signal.Signals) -> None:
    runner = supervise(start, var, SLEEP, SLEEP)
    assert runner.end(name) == 0
    assert runner.output.endswith("stopped\n")
    assert not processes_of(var)


def test_a_second_ctrl_c_does_not_disturb_the_stopping(var: Path, start: Starter) -> None:
    runner = supervise(start, var, SLEEP)
    runner.process.send_signal(signal.SIGINT)
    runner.process.send_signal(signal.SIGINT)
    assert runner.process.wait(20) == 0
    assert runner.output.endswith("stopped\n")


def test_a_program_that_ends_is_started_again_and_one_line_says_so(var: Path, start: Starter) -> None:
    runner = supervise(start, var, NOTE_AND_EXIT)
    wait_for(lambda: (var / "0.log").read_text().count("once") == 2)
    runner.end(signal.SIGINT)
    assert "0 ended (exit code 0), again in 1 s." in runner.output


def test_the_pause_grows_while_a_program_keeps_ending(var: Path, start: Starter) -> None:
    runner = supervise(start, var, "raise SystemExit(3)")
    runner.wait_for("0 ended (exit code 3), again in 2 s.")
    runner.end(signal.SIGINT)


def test_a_killed_supervisor_leaves_no_program(var: Path, start: Starter) -> None:
    runner = supervise(start, var, SLEEP, SLEEP)
    runner.end(signal.SIGKILL)
    wait_for(lambda: not processes_of(var))


@pytest.mark.slow
def test_a_program_that_does_not_listen_is_killed(var: Path, start: Starter) -> None:
    runner = supervise(start, var, STUBBORN)
    wait_for(lambda: "deaf" in (var / "0.log").read_text())
    assert runner.end(signal.SIGINT) == 0
    assert not processes_of(var)


@pytest.mark.slow
@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGKILL])
def test_a_job_in_a_group_of_its_own_does_not_outlive_us(
    var: Path, start: Starter, name: signal.Signals
) -> None:
    """As a worker's job is, while the worker waits for it to finish."""
    runner = supervise(start, var, FORKING)
    wait_for(lambda: "at work" in (var / "0.log").read_text())
    runner.end(name)
    wait_for(lambda: not processes_of(var))


# ---- the demo as a whole ------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("", 0))
        holder.listen()
        yield holder.getsockname()[1]


def start_demo(start: Starter, var: Path, port: int) -> Runner:
    return start("-m", "cms.embedded", "demo", BALCAO_VAR=str(var), PORT=str(port))


def answers(port: int) -> bool:
    with urllib.request.urlopen(f"http://localhost:{port}/health/ready", timeout=10) as answer:
        return bool(answer.status == 200)


def test_a_busy_port_is_told_in_one_line(var: Path, start: Starter, busy_port: int) -> None:
    demo = start_demo(start, var, busy_port)
    assert demo.process.wait(20) == 1
    assert demo.output.count("\n") == 1
    assert f"Port {busy_port} cannot be used" in demo.output


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1"])
def test_an_impossible_port_is_told_in_one_line(start: Starter, var: Path, port: str) -> None:
    demo = start("-m", "cms.embedded", "demo", BALCAO_VAR=str(var), PORT=port)
    assert demo.process.wait(20) == 1
    assert demo.output == f"PORT must be a number from 1 to 65535, not {port!r}.\n"


@pytest.fixture
def other(var: Path) -> Iterator[Path]:
    """Where a second demo lives."""
    folder = var.parent / "other"
    yield folder
    wait_for(lambda: not processes_of(folder))
    remove_traces(folder)


def copy(source: Path, target: Path) -> None:
    """With its owners: a part belongs to the servers' account."""
    subprocess.run(["cp", "-a", source, target], check=True)


@pytest.mark.slow
def test_the_demo_survives_a_kill_and_starts_again_beside_another(
    var: Path, other: Path, start: Starter
) -> None:
    """One story, because a demo from nothing takes a minute or two: the other one is a copy of its data."""
    ports = [free_port(), free_port()]
    first = start_demo(start, var, ports[0])
    first.wait_for("Balcão answers at")
    assert answers(ports[0])

    rival = start_demo(start, var, free_port())
    assert rival.process.wait(20) == 1
    assert rival.output == f"The demo of {var} already runs at http://localhost:{ports[0]}/\n"

    first.end(signal.SIGKILL)
    wait_for(lambda: not processes_of(var))
    copy(var, other)
    if paths.is_sheltered(var):
        copy(paths.shelter_folder(var), paths.shelter_folder(other))

    demos = [start_demo(start, folder, port) for folder, port in zip((var, other), ports, strict=True)]
    for demo, port in zip(demos, ports, strict=True):
        demo.wait_for("Balcão answers at")
        assert answers(port)
        assert "Preparing" not in demo.output

    assert demos[0].end(signal.SIGINT) == 0
    assert demos[0].output.endswith("stopped\n")
    assert not processes_of(var)
    assert answers(ports[1])
    assert demos[1].end(signal.SIGINT) == 0


def test_a_signal_that_comes_during_a_fork_is_not_lost(start: Starter) -> None:
    """Python drops what is raised in the hooks that run after a fork."""
    runner = start("-c", ASKED_DURING_A_FORK)
    runner.wait_for("stopped")
    assert runner.process.wait(20) == 0
    assert runner.output == "stopped\n"


@pytest.mark.slow
def test_the_demo_ends_with_make(var: Path, start: Starter) -> None:
    """`kill -9` of make reaches nobody but make."""
    command = "import subprocess, sys; subprocess.run([sys.executable, *sys.argv[1:]])"
    arguments = ["-m", "cms.embedded", "demo", "--end-with-parent"]
    make = start("-c", command, *arguments, BALCAO_VAR=str(var), PORT=str(free_port()), HOME=os.devnull)
    make.wait_for("Balcão keeps its data in")
    make.end(signal.SIGKILL)
    wait_for(lambda: not processes_of(var))
