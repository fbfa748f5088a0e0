"""Spreadsheets that leave the back office: all that the filters leave, and no cell is a formula."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.encoding import force_str
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from portal_modules.core.actions import log
from portal_modules.core.admin.columns import Column
from portal_modules.core.jobs import start_job

FORMATS = ("csv", "xlsx")
EXPORT_JOB = "core.export"
MOST_AT_ONCE = 5_000  # rows that somebody waits for; more are a job
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
    """The file, row by row, or the job that makes it; who took what is written down."""
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
    if found.order_by().values("pk")[: MOST_AT_ONCE + 1].count() > MOST_AT_ONCE:
        wanted = {"register": view.model_admin.key, "format": spreadsheet_format, "query": view.query_to_keep}
        right = view.model_admin.view_right
        job = start_job(EXPORT_JOB, by=view.request.user, total=1, parameters=wanted, right=right)
        return redirect("core_job", job.pk)
    name = file_name(view, spreadsheet_format)
    if spreadsheet_format == "csv":
        lines = as_here(csv_lines(columns, found.iterator(chunk_size=AT_ONCE)))
        answer: Any = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    write(columns, found, file, spreadsheet_format)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def file_name(view: Any, spreadsheet_format: str) -> str:
    """What the file is called: the rows, and the day."""
    words = slugify(force_str(view.verbose_name_plural)) or "export"
    return f"{words}-{timezone.localdate().isoformat()}.{spreadsheet_format}"


def write(columns: Sequence[Column], found: QuerySet[Any], file: Any, spreadsheet_format: str) -> int:
    """The whole file; how many rows it has."""
    rows = Counted(found.iterator(chunk_size=AT_ONCE))
    if spreadsheet_format == "xlsx":
        write_xlsx(columns, rows, file)
    else:
        file.writelines(csv_lines(columns, rows))
    return rows.number


class Counted:
    """Rows that are counted while they are read."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[Any]:
        for row in self._rows:
            self.number += 1
            yield row


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


def csv_lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[bytes]:
    """A CSV file, some hundred lines at a time; the database's cursor stays on its side, so memory does not grow."""
    writer: Any = csv.writer(_Line())
    lines = [_BYTE_ORDER.encode() + writer.writerow([without_formula(column.label) for column in columns])]
    for row in rows:
        lines.append(writer.writerow([without_formula(_in_words(column.plain(row))) for column in columns]))
        if len(lines) >= LINES_AT_ONCE:
            yield b"".join(lines)
            lines.clear()
    yield b"".join(lines)


def _in_words(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else value


def write_xlsx(columns: Sequence[Column], rows: Iterable[Any], file: Any) -> None:
    """A workbook of one sheet, written as it is read; what looks like a formula is a text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, column.label) for column in columns])
    for row in islice(rows, MOST_ROWS):
        sheet.append([_cell(sheet, column.plain(row)) for column in columns])
    book.save(file)


def _cell(sheet: Any, value: Any) -> Any:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value)
    if cell.data_type == "f":
        cell.data_type = "s"
    return cell
