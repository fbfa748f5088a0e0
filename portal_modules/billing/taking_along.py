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
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal_modules.core.admin.exports import XLSX, as_here, csv_lines, write_xlsx
from portal_modules.core.amounts import rounded

from .models import Invoice

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


def invoice_columns(on: date, *, names_customer: bool) -> list[FileColumn]:
    """What a list of invoices says of each. `on` is the day that states are of."""
    customer = [FileColumn(_("Customer"), lambda row: row.customer.name)] if names_customer else []
    return [
        FileColumn(_("Invoice"), lambda row: row.number_shown),
        *customer,
        FileColumn(_("Issued to"), lambda row: row.name_as_issued),
        FileColumn(_("Tax id"), lambda row: row.tax_id_shown),
        FileColumn(_("Period from"), lambda row: row.period_from),
        FileColumn(_("Period until"), lambda row: row.period_to),
        FileColumn(_("Issued on"), lambda row: row.issued_on),
        FileColumn(_("Due on"), lambda row: row.due_on),
        FileColumn(_("What for"), lambda row: row.reference),
        FileColumn(_("Your purchase order"), lambda row: row.purchase_order),
        FileColumn(_("State"), lambda row: str(row.standing(on).label)),
        FileColumn(_("Currency"), lambda row: row.currency),
        FileColumn(_("Subtotal"), _amount("subtotal")),
        FileColumn(_("Taxes"), _amount("tax_total")),
        FileColumn(_("Withheld"), _amount("withheld_total")),
        FileColumn(_("Amount"), _amount("total")),
        FileColumn(
            pgettext("sum", "Paid"), lambda row: rounded(row.paid_total + row.credited_total, row.currency)
        ),
        FileColumn(pgettext("sum", "Open"), lambda row: rounded(row.open_now, row.currency)),
    ]


def _amount(name: str) -> Callable[[Invoice], Any]:
    return lambda row: rounded(getattr(row, name), row.currency)
