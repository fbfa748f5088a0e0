"""XML files in a ZIP, one after the other, without unpacking more than a note can be."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Final

from django.utils.translation import gettext_lazy as _

from portal_modules.core.zips import UNREADABLE

from .exceptions import FiscalFileRefused
from .safe_xml import LARGEST

MOST_FILES: Final = 20_000
_MOST_BYTES: Final = 500 * 1024 * 1024
_ENCRYPTED: Final = 0x1


@dataclass(frozen=True, slots=True)
class ZippedFile:
    """One file of a ZIP: its bare name, and its content, or why it cannot be taken."""

    name: str
    data: bytes = b""
    refusal: FiscalFileRefused | None = None


def how_many_files(file: IO[bytes]) -> int:
    """How many XML files a ZIP names; nothing is unpacked. Raises `FiscalFileRefused` for no ZIP, or too many."""
    try:
        with zipfile.ZipFile(file) as archive:
            return len(_parts(archive))
    except UNREADABLE:
        raise FiscalFileRefused(_("This is not a ZIP that can be opened.")) from None


def xml_files(file: IO[bytes], first: int = 0, last: int | None = None) -> Iterator[ZippedFile]:
    """The XML files of a ZIP, as they stand in it, from the first up to, and without, the last; others are passed over.

    What a ZIP says of its sizes is not believed: reading stops at the limit. Raises `FiscalFileRefused` for no ZIP.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = 0
            for part in _parts(archive)[first:last]:
                found = _read(archive, part)
                unpacked += max(len(found.data), LARGEST if found.refusal else 0)
                if unpacked > _MOST_BYTES:
                    raise FiscalFileRefused(_("This ZIP unpacks to too much. Please send it in parts."))
                yield found
    except UNREADABLE:
        raise FiscalFileRefused(_("This is not a ZIP that can be opened.")) from None


def _parts(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    parts = [part for part in archive.infolist() if part.filename.lower().endswith(".xml")]
    if len(parts) > MOST_FILES:
        raise FiscalFileRefused(_("This ZIP holds too many files. Please send it in parts."))
    return parts


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> ZippedFile:
    name = PurePosixPath(part.filename.replace("\\", "/")).name[:200]
    if part.flag_bits & _ENCRYPTED:
        return ZippedFile(name, refusal=FiscalFileRefused(_("This file is locked with a password.")))
    try:
        with archive.open(part) as content:
            data = content.read(LARGEST + 1)
    except UNREADABLE:
        return ZippedFile(name, refusal=FiscalFileRefused(_("This file of the ZIP is damaged.")))
    if len(data) > LARGEST:
        return ZippedFile(name, refusal=FiscalFileRefused(_("An XML file may have at most 1 MB.")))
    return ZippedFile(name, data)
