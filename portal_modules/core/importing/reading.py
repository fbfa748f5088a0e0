"""Tables out of files: CSV of any of the usual makes, and the first sheet of a workbook.

What is read is text and nothing else: of a formula it is the value that the program which saved the file had
computed, and a number is what a person would see.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any, Final

from openpyxl import load_workbook

from portal_modules.core.zips import UNREADABLE

from .exceptions import NoHeadings, NoRows, TableRefused, TooLargeUnpacked, TooManyColumns, TooManyRows

MOST_ROWS: Final = 200_000
MOST_ROWS_OF_WORKBOOK: Final = 50_000
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 4_000

_UNPACKED: Final = 200 * 1024 * 1024
_PARTS: Final = 1_000
_DELIMITERS: Final = (";", ",", "\t", "|")
_COMPUTED: Final = frozenset("=+-@|%")
_SAMPLE: Final = 64 * 1024

Cells = list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The names of the columns, and the rows that are not empty, each with its line in the file."""

    headings: Cells
    rows: Iterator[tuple[int, Cells]]


def read_table(file: IO[bytes]) -> Table:
    """Read a file. Raises `TableRefused`, also while the rows are read."""
    file.seek(0)
    beginning = file.read(4)
    file.seek(0)
    lines = _workbook(file) if beginning.startswith(b"PK\x03\x04") else _text(file)
    headings = _headings(next(lines, (0, []))[1])
    return Table(headings, _rows(lines, len(headings)))


def _headings(cells: Sequence[str]) -> Cells:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not any(names):
        raise NoHeadings
    if len(names) > MOST_COLUMNS:
        raise TooManyColumns
    return [name[:120] for name in names]


def _rows(lines: Iterator[tuple[int, Cells]], width: int) -> Iterator[tuple[int, Cells]]:
    is_empty = True
    for line, cells in lines:
        kept = [_unescaped(cell.strip()[:LONGEST_CELL]) for cell in cells[:width]]
        if any(kept):
            is_empty = False
            yield line, kept + [""] * (width - len(kept))
    if is_empty:
        raise NoRows


def _unescaped(cell: str) -> str:
    """Without the mark that our own exports put before what a spreadsheet would compute: "'+351 …"."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _COMPUTED else cell


# ---- text --------------------------------------------------------------------------------------------


def _text(file: IO[bytes]) -> Iterator[tuple[int, Cells]]:
    content = file.read()
    text = _decoded(content)
    if "\x00" in text[:_SAMPLE]:
        raise TableRefused
    yield from _parsed(text.replace("\x00", ""))


def _parsed(text: str) -> Iterator[tuple[int, Cells]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text[:_SAMPLE]))
    line = 1
    try:
        for number, cells in enumerate(reader):
            if number > MOST_ROWS:
                raise TooManyRows(MOST_ROWS)
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise TableRefused from None


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 where the file says so, UTF-8 where it fits, else what Windows of these countries writes."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableRefused


def _delimiter(sample: str) -> str:
    """The one that divides the first line into most parts; quoted ones do not count."""
    first = sample.lstrip("\r\n").splitlines()[0] if sample.strip() else ""
    outside = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


# ---- workbooks ---------------------------------------------------------------------------------------


def _workbook(file: IO[bytes]) -> Iterator[tuple[int, Cells]]:
    _refuse_bombs(file)
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What the file says of its size may be a lie, and is not needed.
        sheet.reset_dimensions()
        cells = sheet.iter_rows(values_only=True)
    except Exception:  # of the library anything may come for a file that somebody has made on purpose
        raise TableRefused from None
    return _read_sheet(cells)


def _read_sheet(rows: Iterator[Any]) -> Iterator[tuple[int, Cells]]:
    number = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except Exception:
            raise TableRefused from None
        number += 1
        if number > MOST_ROWS_OF_WORKBOOK + 1:
            raise TooManyRows(MOST_ROWS_OF_WORKBOOK)
        yield number, [_shown(value) for value in row]


def _refuse_bombs(file: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except UNREADABLE:
        raise TableRefused from None
    finally:
        file.seek(0)
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
        raise TooLargeUnpacked
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise TableRefused


def _shown(value: Any) -> str:
    """A cell as a person sees it: whole numbers without a fraction, days as 2026-05-31."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case float():
            return str(int(value)) if value.is_integer() else str(Decimal(str(value)))
    return str(value)
