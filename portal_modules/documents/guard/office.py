"""Documents and workbooks of office programs: a ZIP of XML parts, without programs in it and not a bomb."""

from __future__ import annotations

import zipfile
from typing import IO, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from portal_modules.core.zips import UNREADABLE

from ..exceptions import HasMacros, NotWhatItSays

_MOST_PARTS: Final = 2_000
_MOST_BYTES_UNPACKED: Final = 200 * 1024 * 1024
# An office program packs XML well, but not like this.
_MOST_BYTES_PER_BYTE: Final = 200
_MOST_BYTES_OF_TYPES: Final = 1024 * 1024
_TYPES: Final = "[Content_Types].xml"
_PROGRAMS: Final = ("vbaproject.bin", "vbadata.xml", "/activex/", "/macrosheets/", "/dialogsheets/")
_ENCRYPTED: Final = 0x1


def check_document(file: IO[bytes], name: str) -> None:
    """A text document."""
    _check(file, name, "word/document.xml", "wordprocessingml.document.main")


def check_workbook(file: IO[bytes], name: str) -> None:
    """A workbook."""
    _check(file, name, "xl/workbook.xml", "spreadsheetml.sheet.main")


def _check(file: IO[bytes], name: str, main_part: str, main_type: str) -> None:
    if file.read(4) != b"PK\x03\x04":
        raise NotWhatItSays(name)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            _check_parts(package.infolist(), name)
            parts = set(package.namelist())
            if _TYPES not in parts or main_part not in parts:
                raise NotWhatItSays(name)
            types = _read_types(package, name)
    except UNREADABLE:
        raise NotWhatItSays(name) from None
    if any("macroenabled" in each or "vbaproject" in each for each in types):
        raise HasMacros(name)
    if not any(main_type in each for each in types):
        raise NotWhatItSays(name)


def _check_parts(parts: list[zipfile.ZipInfo], name: str) -> None:
    """Look at the list of what is packed, before anything is unpacked."""
    packed = sum(part.compress_size for part in parts)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > min(
        _MOST_BYTES_UNPACKED, max(packed, 1024) * _MOST_BYTES_PER_BYTE
    ):
        raise NotWhatItSays(name)
    for part in parts:
        path = part.filename.lower()
        if part.flag_bits & _ENCRYPTED or path.startswith("/") or ".." in path.split("/"):
            raise NotWhatItSays(name)
        if any(program in f"/{path}" for program in _PROGRAMS):
            raise HasMacros(name)


def _read_types(package: zipfile.ZipFile, name: str) -> list[str]:
    """The types of all parts, in small letters."""
    with package.open(_TYPES) as part:
        text = part.read(_MOST_BYTES_OF_TYPES + 1)
    if len(text) > _MOST_BYTES_OF_TYPES:
        raise NotWhatItSays(name)
    try:
        root = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        raise NotWhatItSays(name) from None
    return [str(element.get("ContentType", "")).lower() for element in root.iter()]
