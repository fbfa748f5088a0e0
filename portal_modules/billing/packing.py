"""What an accountant's pack holds: the PDF of each invoice, each fiscal note as it came and as it is printed, an index.

Papers are drawn once and kept, so the job draws them piece by piece first, and the ZIP is then put together of files.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, Final
from uuid import UUID

from django.core.files import File
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal_modules.core.admin.exports import csv_lines, write_xlsx
from portal_modules.core.amounts import rounded
from portal_modules.core.companies import CompanyCard

from .blocking import why_no_invoice
from .bundling import safe_name
from .choices import InvoiceState
from .days import billing_day
from .models import AccountantPack, FiscalDocument, Invoice
from .note_files import has_print, print_of, xml_of
from .papers.exceptions import FiscalFileRefused
from .printing import invoice_pdf
from .taking_along import FileColumn

MOST: Final = 2_000
INVOICE, NOTE = "invoice", "note"
# Read with the invoices, so that each of them asks the database nothing.
_NEEDED: Final = ("lines", "instalments", "fiscal_documents")
_AT_ONCE: Final = 100


@dataclass(slots=True)
class Indexed:
    """One row of the index: an invoice or a fiscal note, its files in the ZIP, and why there is none."""

    of: Invoice | FiscalDocument
    files: list[str]
    remark: str = ""


def invoices_of(customer_id: int, since: date, until: date) -> QuerySet[Invoice]:
    """The customer's invoices of a period, oldest first; drafts are nobody's."""
    found = Invoice.objects.filter(customer_id=customer_id).exclude(state=InvoiceState.DRAFT)
    return found.in_period(since, until).order_by("issued_on", "number", "pk")


def notes_of(customer_id: int, since: date, until: date) -> QuerySet[FiscalDocument]:
    """The customer's fiscal notes of a period, oldest first."""
    found = FiscalDocument.objects.filter(customer_id=customer_id).in_period(since, until)
    return found.order_by("issued_on", "number", "pk")


def papers_of(customer_id: int, since: date, until: date) -> list[list[str]]:
    """What is drawn for a pack, as steps of its job; no more than one too many."""
    found: list[list[str]] = []
    for kind, rows in (
        (INVOICE, invoices_of(customer_id, since, until)),
        (NOTE, notes_of(customer_id, since, until)),
    ):
        found += [[kind, str(pk)] for pk in rows.values_list("pk", flat=True)[: MOST + 1 - len(found)]]
    return found


def draw_paper(kind: str, pk: UUID, card: CompanyCard) -> None:
    """Draw one paper, where it was not drawn before."""
    if kind == INVOICE:
        for invoice in _with_all(Invoice.objects.filter(pk=pk)):
            if not why_no_invoice(invoice):
                invoice_pdf(invoice, card)
    else:
        for note in FiscalDocument.objects.filter(pk=pk):
            _printed(note)


def write_pack(pack: AccountantPack, card: CompanyCard) -> None:
    """Put the ZIP together and keep it with the pack, which is not saved yet."""
    with tempfile.TemporaryFile() as file:
        pack.documents = _write(pack, card, file)
        pack.size = file.tell()
        file.seek(0)
        pack.file.save("pack.zip", File(file), save=False)


def _write(pack: AccountantPack, card: CompanyCard, file: IO[bytes]) -> int:
    names = _Names()
    index: list[Indexed] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for row, papers in _papers(pack, card):
            for ending, folder, stem, content in papers:
                name = names.free(folder, stem, ending)
                # A PDF is compressed by itself.
                archive.writestr(name, content, zipfile.ZIP_STORED if ending == "pdf" else None)
                row.files.append(name)
            index.append(row)
        columns = _columns(billing_day(card.company))
        archive.writestr("index.csv", b"".join(csv_lines(columns, index)))  # type: ignore[arg-type]  # label, plain
        with tempfile.TemporaryFile() as sheet:
            write_xlsx(columns, index, sheet)  # type: ignore[arg-type]  # the same
            sheet.seek(0)
            archive.writestr("index.xlsx", sheet.read())
    return len(index)


Paper = tuple[str, str, str, bytes]


def _papers(pack: AccountantPack, card: CompanyCard) -> Iterator[tuple[Indexed, list[Paper]]]:
    period = (pack.customer_id, pack.since, pack.until)
    keys = list(invoices_of(*period).values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        some = invoices_of(*period).filter(pk__in=keys[start : start + _AT_ONCE])
        for invoice in _with_all(some):
            reason = str(why_no_invoice(invoice))
            stem = safe_name(invoice.number_shown)
            papers = [] if reason else [("pdf", "invoices", stem, invoice_pdf(invoice, card))]
            yield Indexed(invoice, [], reason), papers
    for note in notes_of(*period).select_related("invoice").iterator(chunk_size=_AT_ONCE):
        papers = []
        stem = safe_name(f"{note.kind}-{note.number}")
        if (data := xml_of(note)) is not None:
            papers.append(("xml", "notes", stem, data))
        if (pdf := _printed(note)) is not None:
            papers.append(("pdf", "notes", stem, pdf))
        yield Indexed(note, [], "" if papers else _("We have no file of this note.")), papers


def _with_all(rows: QuerySet[Invoice]) -> Sequence[Invoice]:
    return list(rows.select_related("customer", "company", "bank_account").prefetch_related(*_NEEDED))


def _printed(note: FiscalDocument) -> bytes | None:
    try:
        return print_of(note) if has_print(note) else None
    except FiscalFileRefused:
        return None


class _Names:
    """Names of files, none of them twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, folder: str, stem: str, ending: str) -> str:
        """The name itself, or with the first number that nobody has."""
        name, number = f"{folder}/{stem}.{ending}", 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{folder}/{stem}-{number}.{ending}"
        self._taken.add(name.casefold())
        return name


def _columns(on: date) -> list[FileColumn]:
    """The index: invoices and fiscal notes in one table, which an accountant's program takes in."""
    return [
        FileColumn(_("Kind"), _kind),
        FileColumn(_("Number"), lambda row: row.of.record_number()),
        FileColumn(_("Issued on"), lambda row: row.of.issued_on),
        FileColumn(_("Due on"), lambda row: getattr(row.of, "due_on", None)),
        FileColumn(_("Issued by"), lambda row: getattr(row.of, "issuer", "")),
        FileColumn(_("Tax id of the issuer"), lambda row: getattr(row.of, "issuer_tax_id", "")),
        FileColumn(_("Issued to"), _recipient),
        FileColumn(_("Access key"), lambda row: getattr(row.of, "key", "")),
        FileColumn(_("Invoice"), _invoice_of),
        FileColumn(_("Your purchase order"), lambda row: getattr(row.of, "purchase_order", "")),
        FileColumn(_("State"), lambda row: _state(row.of, on)),
        FileColumn(_("Currency"), lambda row: row.of.currency),
        FileColumn(_("Subtotal"), _amount("subtotal")),
        FileColumn(_("Taxes"), _amount("tax_total")),
        FileColumn(_("Withheld"), _amount("withheld_total")),
        FileColumn(_("Amount"), lambda row: rounded(row.of.record_amount()[0], row.of.currency)),
        FileColumn(pgettext("sum", "Open"), _amount("open_now")),
        FileColumn(_("Files"), lambda row: ", ".join(row.files)),
        FileColumn(_("Remarks"), lambda row: row.remark),
    ]


def _kind(row: Indexed) -> str:
    return _("Invoice") if isinstance(row.of, Invoice) else row.of.get_kind_display()


def _recipient(row: Indexed) -> str:
    if isinstance(row.of, Invoice):
        return f"{row.of.name_as_issued} {row.of.tax_id_shown}".strip()
    return row.of.recipient_tax_id


def _invoice_of(row: Indexed) -> str:
    if isinstance(row.of, Invoice):
        return ""
    return (row.of.invoice.number or "") if row.of.invoice else ""


def _state(of: Invoice | FiscalDocument, on: date) -> str:
    return str(of.standing(on).label) if isinstance(of, Invoice) else of.record_state()


def _amount(name: str) -> Any:
    def plain(row: Indexed) -> Any:
        amount = getattr(row.of, name, None)
        return None if amount is None else rounded(amount, row.of.currency)

    return plain
