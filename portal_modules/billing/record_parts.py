"""What share links show of an invoice: how it stands, what it is for, its PDF, and its fiscal notes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal_modules.core.access import ActorKind
from portal_modules.core.actions import log
from portal_modules.core.companies import card_in_scope
from portal_modules.core.languages import public_language
from portal_modules.core.parts import FACTS, Shared, SharedPart
from portal_modules.core.scope import company_scope

from .blocking import why_no_invoice
from .choices import NoteState
from .days import billing_day
from .handing_out import PDF, XML, handed_out
from .links import public_address
from .listing import LOOKS
from .models import FiscalDocument, Invoice, InvoiceLine
from .note_files import xml_of
from .printing import invoice_pdf, xml_name

INVOICE: Final = frozenset({Invoice.record_type()})
LINES, PAPER, NOTES = "lines", "paper", "notes"
# The walls give a visitor these columns alone.
_INVOICE: Final = (
    *("company_id", "number", "state", "currency", "issued_on", "due_on", "next_due_on", "overdue_from"),
    *("total", "paid_total", "credited_total", "at_agency"),
)
_LINE: Final = (
    "invoice_id",
    "text",
    "quantity",
    "unit",
    "unit_price",
    "tax_rate",
    "tax_amount",
    "amount",
    "withheld",
)
_NOTE: Final = (
    "company_id",
    "kind",
    "key",
    "number",
    "series",
    "issued_on",
    "amount",
    "currency",
    "state",
    "xml",
)


def _where_it_stands(request: Any, shared: Shared) -> SafeString:
    invoice = _invoice(shared)
    if invoice is None:
        return SafeString()
    card = card_in_scope()
    standing = invoice.standing(billing_day(card.company))
    tone, icon = LOOKS[standing]
    can_be_paid = invoice.open_now > 0 and not invoice.at_agency
    language = public_language(get_language() or "")
    context = {
        "invoice": invoice,
        "standing": standing,
        "tone": tone,
        "icon": icon,
        "reason": why_no_invoice(invoice),
        "pay_url": public_address(invoice.pk, card, language) if can_be_paid else "",
    }
    return render_to_string("billing/shared_facts.html", context, request=request)


def _what_for(request: Any, shared: Shared) -> SafeString:
    invoice = _invoice(shared)
    lines = list(InvoiceLine.objects.filter(invoice_id=shared.record_id).only(*_LINE).order_by("position"))
    if invoice is None or not lines:
        return SafeString()
    invoice.subtotal = sum((line.amount for line in lines), Decimal(0))
    invoice.tax_total = sum((line.tax_amount for line in lines), Decimal(0))
    invoice.withheld_total = sum((line.withheld for line in lines), Decimal(0))
    context = {
        "invoice": invoice,
        "lines": lines,
        "has_taxes": any(line.tax_amount or line.tax_rate for line in lines),
        "has_withheld": any(line.withheld for line in lines),
    }
    return render_to_string("billing/shared_lines.html", context)


def _paper(request: Any, shared: Shared) -> SafeString:
    invoice = _invoice(shared)
    if invoice is None or why_no_invoice(invoice):
        return SafeString()
    label = _("Invoice %(number)s") % {"number": invoice.number_shown}
    return _files(_("The invoice"), [{"name": f"{label}.pdf", "detail": "", "url": _file_url(invoice.pk)}])


def _notes(request: Any, shared: Shared) -> SafeString:
    rows = FiscalDocument.objects.filter(invoice_id=shared.record_id).only(*_NOTE)
    found = [
        {"name": str(note), "detail": _about(note), "url": _file_url(note.pk) if note.xml else ""}
        for note in rows.order_by("issued_on", "number", "pk")
    ]
    return _files(_("Fiscal notes"), found) if found else SafeString()


def _about(note: FiscalDocument) -> str:
    """What tells it from others."""
    about = [note.amount_shown, note.key_shown]
    if note.state != NoteState.AUTHORISED:
        about.insert(0, note.record_state())
    return " · ".join(about)


def _files(title: str, rows: list[dict[str, Any]]) -> SafeString:
    return render_to_string("billing/shared_files.html", {"title": title, "rows": rows})


def _file_url(pk: UUID) -> str:
    return reverse("accounts:shared_file", args=[pk])


def _hand_out_paper(shared: Shared, pk: UUID) -> HttpResponseBase | None:
    """The PDF. It says more than a visitor's walls show, so it is drawn behind them once the link opens the invoice."""
    shown = _invoice(shared)
    if pk != shared.record_id or shown is None or why_no_invoice(shown):
        return None
    card = card_in_scope()
    with company_scope(card.company):
        invoice = Invoice.objects.select_related("customer", "company", "bank_account").get(pk=pk)
        pdf = invoice_pdf(invoice, card)
        log("billing.hand_out", invoice, by=None, actor=ActorKind.LINK.value)
    return handed_out(pdf, PDF, f"{_('Invoice %(number)s') % {'number': invoice.number_shown}}.pdf")


def _hand_out_note(shared: Shared, pk: UUID) -> HttpResponseBase | None:
    """The XML as it came."""
    note = FiscalDocument.objects.filter(pk=pk, invoice_id=shared.record_id).only(*_NOTE).first()
    data = xml_of(note) if note is not None else None
    if note is None or data is None:
        return None
    with company_scope(card_in_scope().company):
        log("billing.hand_out", note, by=None, actor=ActorKind.LINK.value)
    return handed_out(data, XML, xml_name(note))


def _invoice(shared: Shared) -> Invoice | None:
    found: Invoice | None = Invoice.objects.filter(pk=shared.record_id).only(*_INVOICE).first()
    return found


PARTS = (
    SharedPart(FACTS, gettext_lazy("How it stands"), _where_it_stands, INVOICE, order=10),
    SharedPart(LINES, gettext_lazy("What it is for"), _what_for, INVOICE, order=20),
    SharedPart(PAPER, gettext_lazy("Its PDF"), _paper, INVOICE, _hand_out_paper, order=25),
    SharedPart(NOTES, gettext_lazy("Fiscal notes"), _notes, INVOICE, _hand_out_note, order=30),
)
