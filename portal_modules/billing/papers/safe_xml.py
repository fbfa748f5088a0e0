"""XML of strangers, read without doing what it asks: no entities, no network, no depth, no size that hurts.

What is read stays as it came; this is only for looking into it. Elements are found by their local names, because
the same document comes with and without its namespace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext_lazy as _

from .exceptions import FiscalFileRefused

LARGEST: Final = 1024 * 1024
_DEEPEST: Final = 64
# The 990 lines that a note may have stay under it: 1 MB has no room for more elements with their content.
_MOST_ELEMENTS: Final = 60_000
# An element has one or two tags; comments and the like are few. Counted before anything is read, because it is cheap.
_MOST_TAGS: Final = 2 * _MOST_ELEMENTS + 1_000
_ENCODINGS: Final = {
    b"utf-8",
    b"us-ascii",
    b"ascii",
    b"iso-8859-1",
    b"iso-8859-15",
    b"windows-1252",
    b"utf-16",
}
_DECLARED: Final = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


class _Shallow(TreeBuilder):
    """Builds the tree, and stops at the depth and the number of elements to which no fiscal note goes."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._elements = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self._depth += 1
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise _too_many_parts()
        if self._depth > _DEEPEST:
            raise FiscalFileRefused(_("This file is nested too deeply to be a fiscal note."))
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def read_xml(data: bytes) -> Element:
    """The root of a document of at most 1 MB. Raises `FiscalFileRefused`."""
    if len(data) > LARGEST:
        raise FiscalFileRefused(_("An XML file may have at most 1 MB."))
    if data.count(b"<") > _MOST_TAGS:
        raise _too_many_parts()
    if declared_encoding(data) not in _ENCODINGS:
        raise FiscalFileRefused(_("This file is written in an encoding that is not accepted."))
    parser = DefusedXMLParser(target=_Shallow(), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException:
        raise FiscalFileRefused(_("This file asks for other files, which is not accepted.")) from None
    except (ParseError, ValueError, LookupError):
        raise FiscalFileRefused(_("This file is no readable XML.")) from None
    return root


def declared_encoding(data: bytes) -> bytes:
    """The encoding that a document names, in small letters; UTF-8 where it names none."""
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    return declared[1].lower() if declared else b"utf-8"


def _too_many_parts() -> FiscalFileRefused:
    return FiscalFileRefused(_("This file has too many parts to be a fiscal note."))


def local(node: Element) -> str:
    """The name of an element without its namespace."""
    return str(node.tag).rpartition("}")[2]


def children(node: Element | None, name: str) -> Iterator[Element]:
    """The children of a name."""
    return (child for child in (() if node is None else node) if local(child) == name)


def at(node: Element | None, *paths: str) -> Element | None:
    """The first element that one of the paths leads to: "emit/CNPJ"."""
    for path in paths:
        found = node
        for name in path.split("/"):
            found = next(children(found, name), None)
        if found is not None:
            return found
    return None


def text_at(node: Element | None, *paths: str, most: int = 200) -> str:
    """The text at the first of the paths that is there, in one line."""
    found = at(node, *paths)
    return " ".join((found.text or "").split())[:most] if found is not None else ""


def anywhere(root: Element, *names: str) -> list[Element]:
    """The elements of these names, wherever they stand."""
    return [node for node in root.iter() if local(node) in names]
