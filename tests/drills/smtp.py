"""A mail server for drills: takes every mail, notes its Message-ID, and keeps nothing else."""

from __future__ import annotations

import socketserver
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Thread


class _Session(socketserver.StreamRequestHandler):
    """One connection: enough of RFC 5321 for a client that behaves."""

    server: MailServer

    def handle(self) -> None:
        """Answer until the client leaves, or is killed."""
        try:
            self._say(220, "drill")
            while line := self.rfile.readline():
                verb = line.split()[0].upper() if line.split() else b""
                if verb == b"DATA":
                    self._say(354, "go on")
                    if not self._take():
                        return
                elif verb == b"QUIT":
                    self._say(221, "bye")
                    return
                else:
                    self._say(250, "ok")
        except OSError:
            return

    def _take(self) -> bool:
        """Read one mail. It counts once the last line is there, whether or not the client hears the answer."""
        message_id, in_header = "", True
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            in_header = in_header and bool(line.strip())
            if in_header and line.lower().startswith(b"message-id:"):
                message_id = line.partition(b":")[2].strip().decode()
        if line != b".\r\n":
            return False
        self.server.note(message_id)
        self._say(250, "taken")
        return True

    def _say(self, code: int, words: str) -> None:
        self.wfile.write(f"{code} {words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """What arrived, by Message-ID: a reader's mailbox shows each of them once."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.arrived: Counter[str] = Counter()
        self._lock = Lock()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def note(self, message_id: str) -> None:
        """One more of these."""
        with self._lock:
            self.arrived[message_id] += 1


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server for the length of a drill."""
    with MailServer() as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
