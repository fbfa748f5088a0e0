"""The rows of a customer's invoices as a page shows them: each with its boleto and its fiscal notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from portal_modules.core.access import Access
from portal_modules.core.compiled import compiled

from .choices import Standing
from .models import BankSlip, FiscalDocument, Invoice

# What a state looks like: the tone of the component, and its icon.
LOOKS: Final[dict[Standing, tuple[str, str]]] = {
    Standing.DRAFT: ("", "edit"),
    Standing.PENDING: ("info", "clock"),
    Standing.OVERDUE: ("danger", "danger"),
    Standing.PAID: ("success", "success"),
    Standing.CANCELLED: ("", "close"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One row."""

    invoice: Invoice
    standing: Standing
    slip: BankSlip | None = None
    notes: list[FiscalDocument] = field(default_factory=list)

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return LOOKS[self.standing][0]

    @property
    def icon(self) -> str:
        """The icon of its state."""
        return LOOKS[self.standing][1]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one tax id that stand on a page, and `html`, as they are drawn; `sums` are of all, by currency."""

    tax_id: str
    tax_id_shown: str
    name: str
    rows: list[Listed]
    sums: list[Any]
    html: str = ""


def listed(invoices: Sequence[Invoice], access: Access, on: date) -> list[Listed]:
    """The rows, with what hangs from them; two statements whatever their number."""
    if not invoices:
        return []
    keys = tuple(invoice.pk for invoice in invoices)
    slips = {slip.invoice_id: slip for slip in reversed(_slips(access, keys))}
    notes: dict[UUID, list[FiscalDocument]] = {}
    for note in _notes(access, keys):
        notes.setdefault(note.invoice_id, []).append(note)
    return [
        Listed(invoice, invoice.standing(on), slips.get(invoice.pk), notes.get(invoice.pk, []))
        for invoice in invoices
    ]


def grouped(rows: Iterable[Listed], sums: Iterable[Any]) -> list[Group]:
    """By the tax id that they were issued to, as they come."""
    of_tax_id: dict[str, list[Any]] = {}
    for each in sums:
        of_tax_id.setdefault(each.tax_id, []).append(each)
    groups: list[Group] = []
    for row in rows:
        invoice = row.invoice
        if not groups or groups[-1].tax_id != invoice.tax_id:
            groups.append(
                Group(
                    invoice.tax_id,
                    invoice.tax_id_shown,
                    invoice.name_as_issued,
                    [],
                    of_tax_id.get(invoice.tax_id, []),
                )
            )
        groups[-1].rows.append(row)
    return groups


@compiled
def _slips(access: Access, keys: tuple[UUID, ...]) -> QuerySet[BankSlip]:
    """The newest first: it is the one to pay by."""
    mine = BankSlip.objects.visible_to(access).usable().filter(invoice_id__in=keys)
    return mine.order_by("-created_at", "-due_on")


@compiled
def _notes(access: Access, keys: tuple[UUID, ...]) -> QuerySet[FiscalDocument]:
    mine = FiscalDocument.objects.visible_to(access).authorised().filter(invoice_id__in=keys)
    return mine.order_by("issued_on", "number")
