"""A small process that outlives a killed supervisor, to see that nothing else does.

The kernel tells the supervisor's children that it died. Some take their time then: a
worker wants to finish the job in hand, in a process that the kernel tells nothing.
"""

import os
import signal
import subprocess
import sys
import time

from cms.embedded.paths import project_folder
from cms.embedded.processes import kill_session, session_members

PATIENCE = 5.0  # seconds for children to end by themselves
GOODBYE_PATIENCE = PATIENCE + 5


class Undertaker:
    """The supervisor's side. The end of the pipe between both is the sign of death."""

    def __init__(self) -> None:
        self._watched: set[int] = set()
        reading, self._writing = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cms.embedded.undertaker"],
            stdin=reading,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=project_folder(),
            start_new_session=True,
        )
        os.close(reading)

    def watch(self, sessions: set[int]) -> None:
        """Tell which sessions must not outlive us; those told before are forgotten."""
        if sessions != self._watched:
            self._watched = sessions
            os.write(self._writing, f"{' '.join(map(str, sessions))}\n".encode())

    def dismiss(self) -> None:
        """Let it go, after everything was stopped in good order."""
        os.close(self._writing)
        self._process.wait(GOODBYE_PATIENCE)


def main() -> None:
    """Wait for the supervisor's end, then for its children's, and help where it takes long."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    sessions: list[int] = []
    for line in sys.stdin:
        sessions = [int(session) for session in line.split()]
    deadline = time.monotonic() + PATIENCE
    while any(session_members(session) for session in sessions):
        if time.monotonic() > deadline:
            for session in sessions:
                kill_session(session)
        time.sleep(0.1)


if __name__ == "__main__":
    main()
