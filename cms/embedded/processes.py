"""Starting and ending processes that must never outlive the one that started them."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cms.embedded.account import Account
from cms.embedded.paths import project_folder

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 5 * 1024 * 1024  # bytes; a longer log is put aside at the next start
PATIENCE = 20.0  # seconds for a process of an earlier run to finish

# Loaded before any fork: between fork and exec, loading a library could wait for ever
# on a lock that a thread of the parent held.
_LIBC = ctypes.CDLL(None, use_errno=True)


class StartFailure(RuntimeError):
    """A server did not start; the message ends with what its log says."""


def say(line: str) -> None:
    """Print one line for the person at the terminal, at once."""
    print(line, flush=True)


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path | None,
    ends_by: signal.Signals,
    account: Account | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` so that it ends when the thread that called this ends.

    Its own session keeps the terminal's Ctrl-C away from it: we stop things in our own
    order. The kernel sends it `ends_by` when we die in whatever way, `kill -9` too.
    Without a `log` it writes to our terminal.
    """
    other = account if account and account.is_other else None
    with _open_log(log) as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if log else None,
            # The other account may not be able to enter the project.
            cwd="/" if other else project_folder(),
            env=environment,
            start_new_session=True,
            preexec_fn=_dying_with_parent(ends_by),  # noqa: PLW1509  (it takes no lock)
            user=other.uid if other else None,
            group=other.gid if other else None,
            extra_groups=[] if other else None,
        )


def end_with_parent() -> None:
    """Make this process end, in its orderly way, when the one that started it dies."""
    _LIBC.prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))


def end(process: subprocess.Popen[bytes], by: signal.Signals, *, patience: float) -> None:
    """End `process` with the signal `by`, the hard way after `patience` seconds.

    Nothing of its session stays, either: a worker's job runs in a process of its own.
    """
    if process.poll() is None:
        process.send_signal(by)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    kill_session(process.pid)


def kill_session(session: int) -> None:
    """Kill what is left of the session that process `session` began."""
    for pid in session_members(session):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def session_members(session: int) -> list[int]:
    """Return the living processes of a session."""
    everybody = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal())
    return [
        pid for pid in everybody if (status := _status(pid)) and status.session == session and status.is_alive
    ]


def wait_until(is_ready: Callable[[], bool], process: subprocess.Popen[bytes], *, patience: float) -> bool:
    """Wait until the server `process` is ready; False when it ended or took too long.

    A server counts as ready only while its process lives: another one, left over from
    an earlier run, could be the one that answers.
    """
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and process.poll() is None:
        if is_ready():
            return process.poll() is None
        time.sleep(0.02)
    return False


def clear_pid_file(pid_file: Path, program: str, impatient: signal.Signals) -> None:
    """Make sure that the `program` named in `pid_file` is gone, and the file with it.

    After `kill -9` of a runner its servers need a moment to end. The file may also name
    a zombie, or a number that the system gave to somebody else since: servers take both
    for a living rival and refuse to start. Call this only under the lock of `var`.
    """
    deadline = time.monotonic() + PATIENCE
    told = False
    while (pid := _read_pid(pid_file)) and _is_running(pid, program):
        if not told:
            say(f"The {program} of an earlier run is still stopping, waiting for it.")
            told = True
        if time.monotonic() > deadline:
            say(f"It does not stop by itself, ending it (process {pid}).")
            os.kill(pid, impatient)
            deadline += PATIENCE
        time.sleep(0.1)
    pid_file.unlink(missing_ok=True)


def last_lines(log: Path, count: int = 12) -> str:
    """Return the end of a log."""
    try:
        text = log.read_text(errors="replace")
    except FileNotFoundError:
        return ""
    return "\n".join(text.splitlines()[-count:])


def _dying_with_parent(by: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def ask_kernel() -> None:
        _LIBC.prctl(PR_SET_PDEATHSIG, int(by))
        if os.getppid() != parent:  # it died before we could ask
            os._exit(1)

    return ask_kernel


def _open_log(log: Path | None) -> AbstractContextManager[BinaryIO | None]:
    if log is None:
        return nullcontext()
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".old.log"))
    return log.open("ab")


def _read_pid(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def _is_running(pid: int, program: str) -> bool:
    """Whether process `pid` lives and runs `program`."""
    status = _status(pid)
    return status is not None and status.is_alive and status.name == program[:15]


@dataclass(frozen=True)
class _Status:
    """What the kernel says of one process."""

    name: str
    state: str
    session: int

    @property
    def is_alive(self) -> bool:
        """A zombie has ended; only its parent has not asked yet how."""
        return self.state not in {"Z", "X"}


def _status(pid: int) -> _Status | None:
    try:
        line = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The name stands in parentheses and may hold some itself: "12 (valkey-server) S 1 12 12 …".
    name, _, rest = line.partition("(")[2].rpartition(")")
    state, _parent, _group, session = rest.split()[:4]
    return _Status(name, state, int(session))
