"""A server of the DNS on this machine, which knows what a test told it and answers by UDP and TCP.

def test_something(dns: FakeZone) -> None:
    dns.texts["_balcao.example.com"] = ["what it says"]
"""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

_HEADER = struct.Struct("!6H")
_NO_SUCH_NAME, _FAILURE = 3, 2


@dataclass
class FakeZone:
    """What the server answers: the texts of names, everything else is no name.

    `raw` is sent as it is, `is_cut` tells askers by UDP to come by TCP, `fails` is a server in trouble.
    """

    address: str = ""
    texts: dict[str, list[str]] = field(default_factory=dict)
    raw: bytes | None = None
    is_cut: bool = False
    fails: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)

    def answer(self, message: bytes, line: str) -> bytes:
        """The answer to one message that came by UDP or TCP."""
        number = _HEADER.unpack_from(message)[0]
        question = message[_HEADER.size :]
        name = _name_of(question)
        self.asked.append((line, name))
        if self.raw is not None:
            return self.raw
        if self.is_cut and line == "udp":
            return _HEADER.pack(number, 0x8380, 1, 0, 0, 0) + question
        if self.fails or name not in self.texts:
            code = _FAILURE if self.fails else _NO_SUCH_NAME
            return _HEADER.pack(number, 0x8180 | code, 1, 0, 0, 0) + question
        # An alias before the texts, as a real zone may have it; names point back at the question.
        answers = [struct.pack("!3HIH", 0xC00C, 5, 1, 60, 2) + b"\xc0\x0c"]
        answers += [_record(text) for text in self.texts[name]]
        return _HEADER.pack(number, 0x8180, 1, len(answers), 0, 0) + question + b"".join(answers)


def _name_of(question: bytes) -> str:
    labels, place = [], 0
    while length := question[place]:
        labels.append(question[place + 1 : place + 1 + length].decode())
        place += 1 + length
    return ".".join(labels)


def _record(text: str) -> bytes:
    content = text.encode()
    pieces = [content[at : at + 255] for at in range(0, len(content), 255)]
    data = b"".join(bytes([len(piece)]) + piece for piece in pieces)
    return struct.pack("!3HIH", 0xC00C, 16, 1, 60, len(data)) + data


@pytest.fixture
def dns(settings: Any) -> Iterator[FakeZone]:
    """The server, named in the settings, for as long as a test runs."""
    zone = FakeZone()

    class ByUdp(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            message, line = self.request
            line.sendto(zone.answer(message, "udp"), self.client_address)

    class ByTcp(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            length = struct.unpack("!H", self.rfile.read(2))[0]
            answer = zone.answer(self.rfile.read(length), "tcp")
            self.wfile.write(struct.pack("!H", len(answer)) + answer)

    udp = socketserver.ThreadingUDPServer(("127.0.0.1", 0), ByUdp)
    tcp = socketserver.ThreadingTCPServer(("127.0.0.1", udp.server_address[1]), ByTcp)
    zone.address = f"127.0.0.1:{udp.server_address[1]}"
    settings.DNS_SERVERS = [zone.address]
    for server in (udp, tcp):
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield zone
    for server in (udp, tcp):
        server.shutdown()
        server.server_close()
