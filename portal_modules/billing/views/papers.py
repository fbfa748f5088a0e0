"""The papers of an invoice: inside the page, as a PDF to print and take along, and its boleto."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.choices import ChannelPurpose
from portal_modules.core.proof import requires

from ..blocking import why_no_invoice, why_no_slip
from ..copy_forms import MOST_DAYS
from ..days import billing_day
from ..handing_out import PDF, PNG, handed_out
from ..models import BankSlip, Invoice
from ..noticing import note_download
from ..owing import owed_on, policy_in_scope
from ..printing import invoice_pages, invoice_pdf
from ..slips import is_reckoned_by_bank, slip_pdf


@requires(Level.REGISTERED)
@require_safe
def invoice_paper(request: Any, pk: UUID) -> HttpResponse:
    """The invoice as it is printed, page by page, with the ways to print and to take it along."""
    invoice = own_invoice(request, pk)
    if reason := why_no_invoice(invoice):
        return blocked(request, invoice, reason)
    context = {
        "invoice": invoice,
        "pages": range(1, len(invoice_pages(invoice, request.card)) + 1),
        "trail": [
            {"label": _("Finance"), "url": reverse("billing:finance")},
            {"label": invoice.number_shown, "url": invoice.record_url()},
        ],
    }
    return render(request, "billing/paper.html", context)


@requires(Level.REGISTERED)
@require_safe
def invoice_page(request: Any, pk: UUID) -> HttpResponse:
    """One page of it, as a picture: `?number=2`, the first without one."""
    invoice = own_invoice(request, pk)
    pages = [] if why_no_invoice(invoice) else invoice_pages(invoice, request.card)
    numbered = {str(number): page for number, page in enumerate(pages, start=1)}
    page = numbered.get(request.GET.get("number", "1"))
    if page is None:
        raise Http404
    return handed_out(page, PNG, "page.png", is_shown=True)


@requires(Level.REGISTERED)
@require_safe
def invoice_file(request: Any, pk: UUID) -> HttpResponse:
    """The PDF: to take along, or `?show=1` in the browser, which prints it."""
    invoice = own_invoice(request, pk)
    if reason := why_no_invoice(invoice):
        return blocked(request, invoice, reason)
    name = _("Invoice %(number)s") % {"number": invoice.number_shown}
    pdf = invoice_pdf(invoice, request.card)
    note_download(request, invoice)
    return handed_out(pdf, PDF, f"{name}.pdf", is_shown="show" in request.GET)


@requires(Level.REGISTERED)
@require_safe
def slip_file(request: Any, pk: UUID) -> HttpResponse:
    """The boleto of the bank's line; where the bank reckons what is late, our reckoning of today stands beside it."""
    mine = BankSlip.objects.visible_to(request.access)
    slip = get_object_or_404(mine.select_related("invoice__customer", "bank_account"), pk=pk)
    invoice = own_invoice(request, slip.invoice_id)
    today, policy = billing_day(request.company), policy_in_scope()
    if reason := why_no_slip(invoice, slip, policy, today):
        return blocked(request, invoice, reason)
    owed = None
    pays_on = _day_of_payment(request.GET.get("pays_on", ""), today)
    if pays_on > slip.due_on:
        if not is_reckoned_by_bank(slip):
            return HttpResponseRedirect(reverse("billing:second_copy", args=[invoice.pk]))
        owed = owed_on(invoice, invoice.instalments.all(), policy, pays_on, request.company.country)
    slip.invoice = invoice
    name = _("Boleto %(number)s") % {"number": invoice.number_shown}
    pdf = slip_pdf(slip, request.card, policy, owed)
    note_download(request, invoice)
    return handed_out(pdf, PDF, f"{name}.pdf", is_shown="show" in request.GET)


def _day_of_payment(typed: str, today: date) -> date:
    """The day that somebody means to pay on, if they named one that comes soon; else today."""
    with suppress(ValueError):
        day = date.fromisoformat(typed[:10])
        return day if today <= day <= today + timedelta(days=MOST_DAYS) else today
    return today


def own_invoice(request: Any, pk: UUID) -> Invoice:
    """An invoice that whoever is looking may see; 404 for all others alike."""
    mine = Invoice.objects.visible_to(request.access).select_related("customer", "company", "bank_account")
    found: Invoice = get_object_or_404(mine, pk=pk)
    return found


def finance_channels(request: Any) -> list[Any]:
    """How the company's finance people are reached; in general where they have no way of their own."""
    channels = request.card.channels
    finance = [channel for channel in channels if channel.purpose == ChannelPurpose.FINANCE]
    return finance or [channel for channel in channels if channel.purpose == ChannelPurpose.GENERAL]


def blocked(request: Any, invoice: Invoice, reason: str | Promise) -> HttpResponse:
    """The page that says why something is not handed out, and whom to ask."""
    context = {
        "invoice": invoice,
        "reason": reason,
        "channels": finance_channels(request),
        "trail": [{"label": _("Finance"), "url": reverse("billing:finance")}],
    }
    return render(request, "billing/blocked.html", context, status=403)
