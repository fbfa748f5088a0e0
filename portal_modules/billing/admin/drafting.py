"""The page where staff write an invoice: its lines, and what they come to, counted here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal_modules.core.exceptions import Refusal
from portal_modules.core.rights import may
from portal_modules.customers.models import Customer

from ..actions import change_draft, draft_invoice, issue_invoice
from ..actions.drafting import Sums, sums_of
from ..choices import InvoiceState
from ..forms.drafts import BLANK_LINES, DraftForms
from ..models import Invoice

RIGHT = "billing.edit"
PAGE = "billing/staff/draft.html"
TOTALS = "billing/staff/totals.html"


@require_http_methods(["GET", "HEAD", "POST"])
def new_draft(request: Any) -> HttpResponse:
    """A new invoice; `?customer=7` in the address says for whom."""
    if not may(request.user, RIGHT):
        raise PermissionDenied
    named = request.GET.get("customer", "")
    customer = None
    if named.isascii() and named.isdigit() and len(named) < 19:  # noqa: PLR2004 (what fits a bigint)
        customer = Customer.objects.active().filter(pk=named).first()
    return _write(request, None, customer)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_draft(request: Any, pk: UUID) -> HttpResponse:
    """One that is not issued yet."""
    if not may(request.user, RIGHT):
        raise PermissionDenied
    invoice = get_object_or_404(Invoice.objects.select_related("customer", "company"), pk=pk)
    if invoice.state != InvoiceState.DRAFT:
        messages.error(request, _("This invoice was issued and stays as it is."))
        return redirect("billing_invoice_modeladmin_inspect", invoice.pk)
    return _write(request, invoice, None)


def _write(request: Any, invoice: Invoice | None, customer: Customer | None) -> HttpResponse:
    forms = DraftForms(request.POST or None, invoice=invoice, customer=customer)
    step = request.POST.get("step", "")
    if request.method != "POST":
        return _page(request, forms)
    if step == "totals":
        return render(request, TOTALS, {"sums": _sums(forms), "currency": forms.currency})
    if step == "more":
        return _page(request, _with_more_lines(request, invoice))
    if not forms.is_valid():
        return _page(request, forms, status=422)
    try:
        with transaction.atomic():
            written = _keep(request, forms)
            if step == "issue":
                written = issue_invoice(written, by=request.user)
    except Refusal as refusal:
        forms.facts.add_error(None, str(refusal))
        return _page(request, forms, status=422)
    said = (
        _("Invoice %(number)s is issued. The customer is told.")
        if step == "issue"
        else _("The draft is kept.")
    )
    messages.success(request, said % {"number": written.number} if step == "issue" else said)
    return redirect("billing_invoice_modeladmin_inspect", written.pk)


def _keep(request: Any, forms: DraftForms) -> Invoice:
    data = forms.facts.cleaned_data
    wanted = {
        "claims": forms.claims(),
        "parts": forms.parts_named(),
        "due_on": data["due_on"],
        **forms.facts.facts(),
    }
    if forms.invoice is not None:
        return change_draft(forms.invoice, by=request.user, **wanted)
    return draft_invoice(data["customer"], by=request.user, currency=data["currency"], **wanted)


def _sums(forms: DraftForms) -> Sums | None:
    """What the lines come to so far; None while one of them is out of bounds."""
    try:
        return sums_of(forms.claims(), forms.currency)
    except Refusal:
        return None


def _with_more_lines(request: Any, invoice: Invoice | None) -> DraftForms:
    data = request.POST.copy()
    for prefix, more in (("lines", BLANK_LINES), ("parts", 1)):
        held = data.get(f"{prefix}-TOTAL_FORMS", "")
        if held.isascii() and held.isdigit() and len(held) < 4:  # noqa: PLR2004 (no form has a thousand)
            data[f"{prefix}-TOTAL_FORMS"] = str(int(held) + more)
    return DraftForms(data, invoice=invoice)


def _page(request: Any, forms: DraftForms, status: int = 200) -> HttpResponse:
    context = {
        "forms": forms,
        "invoice": forms.invoice,
        "sums": _sums(forms) if request.method == "POST" else (forms.invoice or None),
        "currency": forms.currency,
        "has_errors": status != 200,  # noqa: PLR2004
    }
    return render(request, PAGE, context, status=status)
