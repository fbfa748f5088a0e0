"""Several invoices as one ZIP: their PDFs, boletos and fiscal notes, and an index of all of it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from portal_modules.core.admin.exports import csv_lines
from portal_modules.core.companies import CompanyCard

from .blocking import why_no_invoice, why_no_slip
from .models import Invoice, LateFeePolicy
from .note_files import has_print, print_of, xml_of
from .papers.exceptions import FiscalFileRefused
from .printing import invoice_pdf
from .slips import slip_pdf
from .taking_along import FileColumn, invoice_columns

MOST: Final = 100
# Read with the invoices, so that each of them asks the database nothing.
NEEDED: Final = ("lines", "instalments", "fiscal_documents", "slips__bank_account")
_UNSAFE: Final = re.compile(r"[^\w.-]+")


def bundle(
    invoices: Sequence[Invoice], card: CompanyCard, policy: LateFeePolicy | None, on: date
) -> Iterator[bytes]:
    """The ZIP, piece by piece as it is drawn. What is not handed out is named in the index with the reason."""
    sink: Any = _Sink()
    remarks: dict[Any, str] = {}
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for invoice in invoices:
            if reason := why_no_invoice(invoice):
                remarks[invoice.pk] = str(reason)
            for name, content in _papers(invoice, card, policy, on):
                archive.writestr(name, content)
                yield sink.taken()
        columns = [
            *invoice_columns(on, names_customer=False),
            FileColumn(_("Remarks"), lambda row: remarks.get(row.pk, "")),
        ]
        archive.writestr("index.csv", b"".join(csv_lines(columns, invoices)))  # type: ignore[arg-type]  # label, plain
    yield sink.taken()


def _papers(
    invoice: Invoice, card: CompanyCard, policy: LateFeePolicy | None, on: date
) -> Iterator[tuple[str, bytes]]:
    number = safe_name(invoice.number_shown)
    if not why_no_invoice(invoice):
        yield f"{number}/{number}.pdf", invoice_pdf(invoice, card)
        slip = next(iter(sorted(invoice.slips.all(), key=lambda each: each.created_at, reverse=True)), None)
        if slip is not None and not why_no_slip(invoice, slip, policy, on):
            slip.invoice = invoice
            yield f"{number}/boleto-{number}.pdf", slip_pdf(slip, card, policy)
    for note in invoice.fiscal_documents.all():
        name = f"{number}/{note.kind}-{safe_name(note.number)}-{note.pk.hex[:6]}"
        if (data := xml_of(note)) is not None:
            yield f"{name}.xml", data
        if has_print(note):
            try:
                printed = print_of(note)
            except FiscalFileRefused:
                printed = None
            if printed is not None:
                yield f"{name}.pdf", printed


def safe_name(text: str) -> str:
    """A name that every system takes, and that leads to no other folder."""
    return _UNSAFE.sub("_", text).strip("._")[:60] or "_"


class _Sink:
    """What the archive writes to, and what is taken away from it piece by piece."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._written = 0

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> bytes:
        found = b"".join(self._parts)
        self._parts.clear()
        return found
