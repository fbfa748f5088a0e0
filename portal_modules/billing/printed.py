"""What hangs from an invoice and stands on its paper. Each question is written once: papers are made by the thousand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from portal_modules.core.compiled import compiled

from .choices import NoteState
from .models import FiscalDocument, Instalment, Invoice, InvoiceLine


def lines_of(invoice: Invoice) -> list[InvoiceLine]:
    """Its lines in their order."""
    return _fetched_or(invoice, "lines", _lines)


def parts_of(invoice: Invoice) -> list[Instalment]:
    """Its instalments in their order."""
    return _fetched_or(invoice, "instalments", _parts)


def notes_of(invoice: Invoice) -> list[FiscalDocument]:
    """Its fiscal notes that are in force."""
    notes: list[FiscalDocument] = _fetched_or(invoice, "fiscal_documents", _notes)
    return [note for note in notes if note.state == NoteState.AUTHORISED]


def _fetched_or(invoice: Invoice, name: str, ask: Callable[[UUID], Any]) -> list[Any]:
    """Whoever prints many has fetched them for all at once; else they are asked for."""
    found = getattr(invoice, "_prefetched_objects_cache", {}).get(name)
    return list(ask(invoice.pk) if found is None else found)


@compiled
def _lines(invoice: UUID) -> QuerySet[InvoiceLine]:
    return InvoiceLine.objects.filter(invoice_id=invoice).order_by("position")


@compiled
def _parts(invoice: UUID) -> QuerySet[Instalment]:
    return Instalment.objects.filter(invoice_id=invoice).order_by("number")


@compiled
def _notes(invoice: UUID) -> QuerySet[FiscalDocument]:
    return FiscalDocument.objects.filter(invoice_id=invoice)
