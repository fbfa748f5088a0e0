"""Valkey on a socket, from the wheel's program. What it holds may vanish at any time."""

import signal
import socket
import subprocess
from pathlib import Path

from cms.embedded import paths
from cms.embedded.processes import (
    StartFailure,
    clear_pid_file,
    end,
    last_lines,
    spawn,
    wait_until,
)
from cms.embedded.programs import valkey_program

START_PATIENCE = 20.0  # seconds
STOP_PATIENCE = 10.0
ANSWER_PATIENCE = 5.0


def start(var: Path) -> subprocess.Popen[bytes]:
    """Start Valkey for `var` and wait until it answers. Call it under the lock of `var`.

    Raises `StartFailure` with the end of the log when it does not come up.
    """
    account = paths.account_for(var)
    # The old one must be gone first: on its way out it removes the socket by its path,
    # which would be the new one's.
    clear_pid_file(_pid_file(var), "valkey-server", signal.SIGKILL)
    process = spawn(
        [valkey_program(account), *_options(var)],
        log=_log(var),
        ends_by=signal.SIGTERM,
        account=account,
    )
    if not wait_until(lambda: answers(var), process, patience=START_PATIENCE):
        end(process, signal.SIGTERM, patience=STOP_PATIENCE)
        raise StartFailure(f"Valkey does not start.\n{last_lines(_log(var))}")
    return process


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop Valkey."""
    end(process, signal.SIGTERM, patience=STOP_PATIENCE)


def answers(var: Path) -> bool:
    """Whether a Valkey of `var` accepts commands."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(ANSWER_PATIENCE)
            connection.connect(str(paths.valkey_socket(var)))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def _options(var: Path) -> list[str]:
    return [
        *("--port", "0"),
        *("--unixsocket", str(paths.valkey_socket(var))),
        *("--unixsocketperm", "777"),  # the socket's folder is what is closed
        *("--pidfile", str(_pid_file(var))),
        *("--dir", str(paths.socket_folder(var))),
        *("--save", ""),
        *("--appendonly", "no"),
    ]


def _pid_file(var: Path) -> Path:
    return paths.socket_folder(var) / "valkey.pid"


def _log(var: Path) -> Path:
    return paths.log_folder(var) / "valkey.log"
