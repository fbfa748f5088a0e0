"""What the search box finds of billing: invoices by their number, boletos and fiscal notes by line or key."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.admin.searching import beginnings, found_by
from portal_modules.core.amounts import money_shown
from portal_modules.core.finding import MOST, Found, patterns
from portal_modules.core.rights import may

from .models import BankSlip, FiscalDocument, Invoice

_SERIES = 6
_LONG = 40
# What is shorter no index answers.
_SHORT = 3


def find(request: Any, text: str) -> list[Found]:
    """By exact number, with or without the zeros before it; by a line of a boleto or a key of a note."""
    if not may(request.user, "billing.view"):
        return []
    wanted = text.strip()[:40]
    bare = "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())[:80]
    if not bare:
        return []
    numbers = {wanted, bare, bare.zfill(_SERIES)}
    rows = Invoice.objects.filter(number__in=numbers).select_related("customer")
    found = [_invoice(invoice) for invoice in rows[:MOST]]
    if len(bare) >= _LONG:
        found += [_invoice(slip.invoice) for slip in _slips(bare)]
    return found + [_note(note) for note in _notes(text)]


def _notes(text: str) -> list[FiscalDocument]:
    """Fiscal notes by words of them, or by what their key begins with, through the register's own index."""
    if len(text) < _SHORT or not any(sign.isdigit() for sign in text):
        return []
    found = FiscalDocument.objects.filter(found_by("billing_find_notes", *patterns(text), beginnings(text)))
    return list(found.select_related("customer").order_by("-issued_on", "-number")[:MOST])


def _slips(bare: str) -> Any:
    slips = BankSlip.objects.select_related("invoice__customer")
    return slips.filter(line=bare)[:MOST] if len(bare) > 44 else slips.filter(barcode=bare)[:MOST]  # noqa: PLR2004


def _invoice(invoice: Invoice) -> Found:
    return Found(
        title=f"{invoice.number_shown} · {money_shown(invoice.total, invoice.currency)}",
        url=reverse("billing_invoice_modeladmin_inspect", args=[invoice.pk]),
        kind=_("Invoice"),
        detail=invoice.customer.name,
        icon="doc-full",
        is_it=True,
    )


def _note(note: FiscalDocument) -> Found:
    return Found(
        title=str(note),
        url=reverse("billing_fiscaldocument_modeladmin_inspect", args=[note.pk]),
        kind=_("Fiscal note"),
        detail=f"{note.customer.name} · {note.amount_shown}",
        icon="doc-full-inverse",
    )
