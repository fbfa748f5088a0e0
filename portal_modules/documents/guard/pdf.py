"""PDF: a header, a trailer, and a table of contents where the trailer says that it stands.

No page is drawn and no stream is unpacked here: a hostile PDF costs the reading of a few kilobytes. What
a reader would run in it stays in it: it is handed out as a download, never shown on a page of ours.
"""

from __future__ import annotations

import re
from typing import IO

from ..exceptions import NotWhatItSays

_HEAD = 1024
_TAIL = 4096
_HEADER = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*%PDF-[12]\.\d")
_TRAILER = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*")
_TABLE = re.compile(rb"\s*(?:xref|\d{1,10}\s+\d{1,5}\s+obj)\b")


def check_pdf(file: IO[bytes], name: str) -> None:
    """Refuse what no reader would take for a PDF."""
    head = file.read(_HEAD)
    if not _HEADER.match(head):
        raise NotWhatItSays(name)
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    trailers = _TRAILER.findall(file.read(_TAIL))
    if not trailers:
        raise NotWhatItSays(name)
    place = int(trailers[-1]) + head.index(b"%PDF-")
    if place >= size:
        raise NotWhatItSays(name)
    file.seek(place)
    if not _TABLE.match(file.read(64)):
        raise NotWhatItSays(name)
