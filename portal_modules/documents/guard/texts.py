"""Text, tables of text, and XML."""

from __future__ import annotations

import codecs
import re
from typing import IO, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ..exceptions import NotWhatItSays

_DEEPEST: Final = 64
_CHUNK: Final = 64 * 1024
# Of control characters a text has tabs, line ends, page breaks, and the end-of-file of old programs.
_NOT_IN_TEXT: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")
# What a browser that guesses would take for a page.
_PAGE: Final = re.compile(
    rb"<\s*(?:!doctype\s+html|html|script|svg|iframe|object|embed|meta\s+http-equiv)\b", re.I
)
_OVERLAP: Final = 64
# A page or a drawing in the clothes of XML.
_SHOWN_BY_BROWSERS: Final = (
    "{http://www.w3.org/1999/xhtml}",
    "{http://www.w3.org/2000/svg}",
    "{http://www.w3.org/1999/XSL/Transform}",
)


def check_text(file: IO[bytes], name: str) -> None:
    """Text in UTF-8, or in a single-byte encoding of old programs; never a page of the web."""
    before = b""
    while chunk := file.read(_CHUNK):
        if _NOT_IN_TEXT.search(chunk) or _PAGE.search(before + chunk):
            raise NotWhatItSays(name)
        before = chunk[-_OVERLAP:]


def check_xml(file: IO[bytes], name: str) -> None:
    """XML without a document type, entities or endless depth, that is no page and no drawing."""
    head = file.read(4)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise NotWhatItSays(name)
    file.seek(0)
    depth = 0
    try:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            if event == "end":
                depth -= 1
                element.clear()
                continue
            depth += 1
            plain = element.tag.rpartition("}")[2].lower()
            if depth > _DEEPEST or element.tag.startswith(_SHOWN_BY_BROWSERS) or plain in {"html", "svg"}:
                raise NotWhatItSays(name)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise NotWhatItSays(name) from None
