"""Lists that customers take along as a file: CSV and XLSX of any rows, no cell of which is a formula."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.functional import Promise
from django.utils.text import slugify

from portal_modules.core.admin.exports import XLSX, as_here, csv_lines, write_xlsx

FORMATS: Final = ("csv", "xlsx")
MOST_ROWS: Final = 20_000
AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of a file: what stands above it, and the value of a row; amounts and days stay such."""

    label: str | Promise
    plain: Callable[[Any], Any]


def as_file(columns: Sequence[FileColumn], rows: Iterable[Any], kind: str, name: str) -> HttpResponseBase:
    """The rows as `csv` or `xlsx`, to keep; written while they are read."""
    if kind == "csv":
        parts: Any = csv_lines(columns, rows)  # type: ignore[arg-type]  # asks columns for label and plain only
        answer: Any = StreamingHttpResponse(as_here(parts), content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
        write_xlsx(columns, rows, file)  # type: ignore[arg-type]  # the same
        file.seek(0)
        answer = FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def file_name(words: str, on: date) -> str:
    """What a file is called: what it is, and the day."""
    return f"{slugify(words) or 'file'}-{on.isoformat()}"
