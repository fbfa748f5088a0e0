"""The notes of a file, each as a file of its own: Chile's EnvioDTE carries many, for different customers.

They are cut out of the bytes as they came, so that the seal of each still holds: nothing is written anew.
"""

from __future__ import annotations

import re
from typing import Final
from xml.parsers.expat import ParserCreate

from .safe_xml import anywhere, declared_encoding, read_xml

_NOTE: Final = "DTE"
# Of a sealed note, what it inherits from its envelope belongs to it.
_NAMESPACE: Final = re.compile(rb"""\sxmlns\s*=\s*("[^"<]*"|'[^'<]*')""")


def notes_in(data: bytes) -> list[bytes]:
    """The notes of an envelope with several, else the file itself. Raises `FiscalFileRefused` for what is no XML."""
    root = read_xml(data)
    if len(anywhere(root, _NOTE)) < 2:  # noqa: PLR2004 (several)
        return [data]
    encoding = declared_encoding(data)
    if encoding.startswith(b"utf-16"):
        return [data]
    inherited = _NAMESPACE.search(data[: data.find(b">", data.find(b"<" + root_name(data))) + 1])
    head = b'<?xml version="1.0" encoding="' + encoding + b'"?>\n'
    return [head + _with_namespace(data[start:end], inherited) for start, end in _places(data)]


def root_name(data: bytes) -> bytes:
    """The name of the outermost element, as it is written."""
    found = re.search(rb"<([A-Za-z_][\w:.-]*)", data)
    return found[1] if found else b""


def _with_namespace(note: bytes, inherited: re.Match[bytes] | None) -> bytes:
    tag_ends = note.find(b">")
    if inherited is None or _NAMESPACE.search(note[: tag_ends + 1]):
        return note
    name_ends = 1 + len(root_name(note))
    return note[:name_ends] + b" xmlns=" + inherited[1] + note[name_ends:]


def _places(data: bytes) -> list[tuple[int, int]]:
    """Where each note begins and ends, in bytes."""
    parser, found, begun = ParserCreate(), [], []

    def start(name: str, _attributes: object) -> None:
        if name.rpartition(":")[2] == _NOTE:
            begun.append(parser.CurrentByteIndex)

    def end(name: str) -> None:
        if name.rpartition(":")[2] == _NOTE:
            found.append((begun.pop(), data.find(b">", parser.CurrentByteIndex) + 1))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return found
