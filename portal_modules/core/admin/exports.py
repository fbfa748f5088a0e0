"""Spreadsheets that leave the back office: all that the filters leave, and no cell is a formula."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.encoding import force_str
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from portal_modules.core.actions import log
from portal_modules.core.admin.columns import Column

FORMATS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 2_000  # rows that are in memory at one time
LINES_AT_ONCE = 200
MOST_ROWS = 1_048_575  # of a sheet, below its headings

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_BYTE_ORDER = "\ufeff"  # without it Excel reads accents wrong


def without_formula(value: Any) -> Any:
    """A cell that a spreadsheet shows as it is: what could begin a formula gets a quote before it.

    Numbers stay numbers, negative ones too.
    """
    if value is None or isinstance(value, bool | int | float | Decimal):
        return value
    text = force_str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS) else text


def neutralise_exports() -> None:
    """Have every list of the back office write its CSV so: Wagtail's own writes formulas as they are.

    The mixin's table of preprocessors is made to be extended; an entry for `object` is asked last.
    """
    SpreadsheetExportMixin.custom_value_preprocess[object] = {
        SpreadsheetExportMixin.FORMAT_CSV: without_formula
    }


def export(view: Any, found: QuerySet[Any], spreadsheet_format: str) -> HttpResponseBase:
    """The file, row by row; who took what is written down."""
    columns: list[Column] = view.export_columns()
    log(
        "core.export",
        view.request.company,
        by=view.request.user,
        register=view.model_admin.key,
        format=spreadsheet_format,
        columns=[column.name for column in columns],
        query=view.query_to_keep,
    )
    name = f"{slugify(force_str(view.verbose_name_plural)) or 'export'}-{timezone.localdate().isoformat()}"
    if spreadsheet_format == "csv":
        lines = as_here(csv_lines(columns, found))
        answer: Any = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    write_xlsx(columns, found, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def as_here(parts: Iterator[bytes]) -> Iterator[bytes]:
    """A body that is pulled when the request is over, in the language and the time zone of the request."""
    language, zone = translation.get_language(), timezone.get_current_timezone()

    def pull() -> Iterator[bytes]:
        while True:
            with translation.override(language), timezone.override(zone):
                part = next(parts, None)
            if part is None:
                return
            yield part

    return pull()


class _Line:
    """What the csv writer writes to: it hands each line back."""

    def write(self, line: str) -> bytes:
        return line.encode()


def csv_lines(columns: Sequence[Column], found: QuerySet[Any]) -> Iterator[bytes]:
    """A CSV file, some hundred lines at a time; the database's cursor stays on its side, so memory does not grow."""
    writer: Any = csv.writer(_Line())
    lines = [_BYTE_ORDER.encode() + writer.writerow([without_formula(column.label) for column in columns])]
    for row in found.iterator(chunk_size=AT_ONCE):
        lines.append(writer.writerow([without_formula(_in_words(column.plain(row))) for column in columns]))
        if len(lines) >= LINES_AT_ONCE:
            yield b"".join(lines)
            lines.clear()
    yield b"".join(lines)


def _in_words(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else value


def write_xlsx(columns: Sequence[Column], found: QuerySet[Any], file: Any) -> None:
    """A workbook of one sheet, written as it is read; what looks like a formula is a text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, column.label) for column in columns])
    for row in found[:MOST_ROWS].iterator(chunk_size=AT_ONCE):
        sheet.append([_cell(sheet, column.plain(row)) for column in columns])
    book.save(file)


def _cell(sheet: Any, value: Any) -> Any:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value)
    if cell.data_type == "f":
        cell.data_type = "s"
    return cell
