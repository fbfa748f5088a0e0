"""Asking the DNS for the texts of a name (TXT records, RFC 1035), and nothing else.

A question of one kind to the resolver of this machine needs no library: see
`docs/decisions/0012-the-dns-is-asked-by-ourselves.md`. It waits for the outside world, so it is never called
inside a transaction.
"""

from __future__ import annotations

import re
import secrets
import socket
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from django.conf import settings

SECONDS: Final = 3.0
_PORT: Final = 53
_TXT, _INTERNET = 16, 1
_HEADER: Final = struct.Struct("!6H")
_ASK: Final = 0x0100  # please follow the name to its end
_IS_ANSWER, _CUT_SHORT, _ERROR = 0x8000, 0x0200, 0x000F
_NO_SUCH_NAME: Final = 3
_LARGEST: Final = 65_535
_MOST_ANSWERS: Final = 100
_NAMESERVER: Final = re.compile(r"^\s*nameserver\s+(\S+)", re.MULTILINE)


class NoAnswer(Exception):
    """Nobody answered, or not in a way that can be read."""


def texts_of(name: str) -> list[str]:
    """The TXT records of a host name; none where there is no such name. Raises `NoAnswer`."""
    for server, port in _servers():
        try:
            return _ask(server, port, name)
        except (OSError, NoAnswer):
            continue
    raise NoAnswer(name)


def _servers() -> Sequence[tuple[str, int]]:
    """`DNS_SERVERS` of the settings (`address` or `address:port`), else those of this machine."""
    found = list(settings.DNS_SERVERS)
    if not found:
        try:
            found = _NAMESERVER.findall(Path("/etc/resolv.conf").read_text())
        except OSError:
            found = []
    return [_place(each) for each in found] or [("127.0.0.1", _PORT)]


def _place(server: str) -> tuple[str, int]:
    host, colon, port = server.rpartition(":")
    if colon and port.isdigit() and ":" not in host:
        return host, int(port)
    return server, _PORT


def _ask(server: str, port: int, name: str) -> list[str]:
    number = secrets.randbits(16)
    question = _name(name) + struct.pack("!2H", _TXT, _INTERNET)
    message = _HEADER.pack(number, _ASK, 1, 0, 0, 0) + question
    answer = _by_udp(server, port, message)
    if _flags(answer) & _CUT_SHORT:
        answer = _by_tcp(server, port, message)
    return _read(answer, number, question)


def _by_udp(server: str, port: int, message: bytes) -> bytes:
    """Connected, so that only the server that was asked can answer."""
    family = socket.AF_INET6 if ":" in server else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as line:
        line.settimeout(SECONDS)
        line.connect((server, port))
        line.send(message)
        return line.recv(_LARGEST)


def _by_tcp(server: str, port: int, message: bytes) -> bytes:
    with socket.create_connection((server, port), timeout=SECONDS) as line, line.makefile("rwb") as stream:
        stream.write(struct.pack("!H", len(message)) + message)
        stream.flush()
        length = stream.read(2)
        if len(length) < 2:
            raise NoAnswer
        return stream.read(struct.unpack("!H", length)[0])


def _name(name: str) -> bytes:
    """A host name as it travels: each label with its length before it."""
    labels = [label.encode("ascii") for label in name.rstrip(".").split(".")]
    if not all(0 < len(label) < 64 for label in labels) or sum(map(len, labels)) + len(labels) > 254:
        raise NoAnswer(name)
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def _flags(answer: bytes) -> int:
    if len(answer) < _HEADER.size:
        raise NoAnswer
    return int(_HEADER.unpack_from(answer)[1])


def _read(answer: bytes, number: int, question: bytes) -> list[str]:
    """The texts of an answer to this very question."""
    flags = _flags(answer)
    its_number, _same, questions, answers = _HEADER.unpack_from(answer)[:4]
    asked = answer[_HEADER.size : _HEADER.size + len(question)]
    if its_number != number or not flags & _IS_ANSWER or questions != 1 or asked.lower() != question.lower():
        raise NoAnswer
    if flags & _ERROR == _NO_SUCH_NAME:
        return []
    if flags & _ERROR:
        raise NoAnswer
    try:
        return list(_texts(answer, _HEADER.size + len(question), min(answers, _MOST_ANSWERS)))
    except (struct.error, IndexError):
        raise NoAnswer from None


def _texts(answer: bytes, place: int, answers: int) -> Iterator[str]:
    """The TXT records among the answers; aliases on the way to them are passed over."""
    for _each in range(answers):
        place = _after_name(answer, place)
        kind, _class, _keep, length = struct.unpack_from("!2HIH", answer, place)
        place += 10
        if kind == _TXT:
            yield _joined(answer[place : place + length])
        place += length


def _after_name(answer: bytes, place: int) -> int:
    """Where a name ends. One that points back is two bytes from there, wherever it points."""
    while True:
        length = answer[place]
        if length >= 0xC0:
            return place + 2
        place += 1 + length
        if length == 0:
            return place


def _joined(content: bytes) -> str:
    """A record is written in pieces of up to 255 bytes, each with its length before it."""
    pieces, place = [], 0
    while place < len(content):
        length = content[place]
        pieces.append(content[place + 1 : place + 1 + length])
        place += 1 + length
    return b"".join(pieces).decode("utf-8", "replace")
