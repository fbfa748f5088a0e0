"""What hangs from an invoice and stands on its paper. Each question is written once: papers are made by the thousand."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet

from portal_modules.core.compiled import compiled

from .choices import NoteState
from .models import FiscalDocument, Instalment, Invoice, InvoiceLine


def lines_of(invoice: Invoice) -> list[InvoiceLine]:
    """Its lines in their order."""
    return cast(list[InvoiceLine], _fetched_before(invoice, "lines") or _lines(invoice.pk))


def parts_of(invoice: Invoice) -> list[Instalment]:
    """Its instalments in their order."""
    return cast(list[Instalment], _fetched_before(invoice, "instalments") or _parts(invoice.pk))


def notes_of(invoice: Invoice) -> list[FiscalDocument]:
    """Its fiscal notes that are in force."""
    found = _fetched_before(invoice, "fiscal_documents")
    notes = _notes(invoice.pk) if found is None else found
    return [note for note in notes if note.state == NoteState.AUTHORISED]


def _fetched_before(invoice: Invoice, name: str) -> list[Any] | None:
    """Whoever prints many has fetched them for all at once."""
    found = getattr(invoice, "_prefetched_objects_cache", {}).get(name)
    return None if found is None else list(found)


@compiled
def _lines(invoice: UUID) -> QuerySet[InvoiceLine]:
    return InvoiceLine.objects.filter(invoice_id=invoice).order_by("position")


@compiled
def _parts(invoice: UUID) -> QuerySet[Instalment]:
    return Instalment.objects.filter(invoice_id=invoice).order_by("number")


@compiled
def _notes(invoice: UUID) -> QuerySet[FiscalDocument]:
    return FiscalDocument.objects.filter(invoice_id=invoice)
