"""One invoice of a customer: what it claims, how it stands, how it is paid, and what was said about it."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal_modules.core.access import Access, Level
from portal_modules.core.beside import paying_parts
from portal_modules.core.compiled import compiled
from portal_modules.core.exceptions import Refusal
from portal_modules.core.languages import public_language
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope
from portal_modules.customers.choices import CustomerRole

from ..actions import write_order
from ..blocking import why_no_invoice, why_no_slip
from ..choices import InvoiceState, SlipState, Standing
from ..days import billing_day
from ..links import public_address
from ..listing import LOOKS
from ..models import BankSlip, Credit, FiscalDocument, Instalment, Invoice, InvoiceLine
from ..noticing import note_view
from ..order_forms import OrderForm
from ..owing import owed_on, policy_in_scope
from .papers import finance_channels

_WRITING: Final = (CustomerRole.OWNER, CustomerRole.FINANCE)


@requires(Level.REGISTERED)
@require_safe
def invoice(request: Any, pk: UUID) -> HttpResponse:
    """What it claims line by line, what is settled, its papers and its conversation."""
    found = _own(request, pk)
    note_view(request, found)
    return _page(request, found)


@requires(Level.REGISTERED)
@require_POST
def order(request: Any, pk: UUID) -> HttpResponse:
    """Write their own order number onto it."""
    found = _own(request, pk)
    if not request.access.has_role(found.customer_id, *_WRITING):
        raise PermissionDenied
    form = OrderForm(request.POST)
    if form.is_valid() and _is_written(request, found, form):
        messages.success(request, _("It is kept."))
        return HttpResponseRedirect(found.record_url())
    return _page(request, found, form, status=422)


def _is_written(request: Any, found: Invoice, form: OrderForm) -> bool:
    """Keep it, or say in the form why not."""
    try:
        with company_scope(request.company):
            write_order(found, by=request.user, order=form.cleaned_data["order"])
    except Refusal as refusal:
        form.add_error("order", str(refusal))
        return False
    return True


def _page(request: Any, found: Any, form: OrderForm | None = None, *, status: int = 200) -> HttpResponse:
    pk = found.pk
    today = billing_day(request.company)
    standing = found.standing(today)
    lines = _lines(request.access, pk)
    parts = _parts(request.access, pk) if found.has_parts else [_whole(found)]
    discount = found.discount_on(today)
    tone, icon = LOOKS[standing]
    context = {
        "invoice": found,
        "standing": standing,
        "tone": tone,
        "icon": icon,
        "days_late": found.days_late(today),
        "lines": lines,
        "has_taxes": any(line.tax_amount or line.tax_rate for line in lines),
        "has_withheld": any(line.withheld for line in lines),
        "parts": parts if len(parts) > 1 else [],
        "discount": discount,
        "amount_with_discount": found.total - discount,
        "credits": _credits(request.access, pk) if found.credited_total else [],
        "notes": _notes(request.access, pk) if found.has_notes else [],
        "reason": why_no_invoice(found),
        "channels": finance_channels(request),
        "pay_url": _pay_url(request, found),
        "paying": "" if found.at_agency else paying_parts.render(request, found),
        "trail": [{"label": _("Finance"), "url": reverse("billing:finance")}],
        "names_customer": len(request.access.customer_ids) > 1,
        "copies": request.card.is_on("billing.second_copy"),
        "order_form": _order_form(request, found, form),
        **_slip(request, found, parts, standing),
    }
    return render(request, "billing/invoice.html", context, status=status)


def _order_form(request: Any, found: Invoice, form: OrderForm | None) -> OrderForm | None:
    """The form of whoever may write onto it, and as long as it is claimed."""
    may_write = request.access.has_role(found.customer_id, *_WRITING)
    if found.state != InvoiceState.ISSUED or not may_write:
        return None
    return form or OrderForm(initial={"order": found.purchase_order})


def _own(request: Any, pk: UUID) -> Any:
    """The invoice, and whether there are several parts, notes and boletos of it."""
    found = _one(request.access, pk)
    if not found:
        raise Http404
    return found[0]


def _whole(found: Invoice) -> Instalment:
    """The only part of an invoice that is due on one day: all of it."""
    settled = found.paid_total + found.credited_total
    due_on = found.next_due_on or found.due_on or found.record_date()
    return Instalment(invoice=found, number=1, due_on=due_on, amount=found.total, settled=settled)


def _pay_url(request: Any, found: Invoice) -> str:
    """The page with payee, amount and ways to pay; "" where nothing is to be paid."""
    if found.open_now <= 0 or found.at_agency:
        return ""
    return public_address(found.pk, request.card, public_language(get_language() or ""))


def _slip(request: Any, found: Any, parts: list[Instalment], standing: Standing) -> dict[str, Any]:
    """Its boleto and why there is none, and what is owed today where it is late."""
    slips = _slips(request.access, found.pk) if found.has_slips else []
    today = billing_day(request.company)
    slip = next((each for each in slips if each.state == SlipState.REGISTERED), None)
    is_late = standing == Standing.OVERDUE
    policy = policy_in_scope() if is_late else None
    owed = owed_on(found, parts, policy, today, request.company.country) if is_late else None
    return {
        "slip": slip,
        "slip_reason": why_no_slip(found, slip, policy, today) if slips else "",
        "owed": owed if owed is not None and owed.is_more else None,
    }


@compiled
def _one(access: Access, pk: UUID) -> QuerySet[Invoice]:
    mine = Invoice.objects.visible_to(access).select_related("customer", "company")
    # Most have none of these, and then nobody asks for them.
    has_parts = Exists(Instalment.objects.visible_to(access).filter(invoice_id=OuterRef("pk"), number__gt=1))
    has_notes = Exists(FiscalDocument.objects.visible_to(access).filter(invoice_id=OuterRef("pk")))
    has_slips = Exists(BankSlip.objects.visible_to(access).filter(invoice_id=OuterRef("pk")))
    return mine.filter(pk=pk).annotate(has_parts=has_parts, has_notes=has_notes, has_slips=has_slips)


@compiled
def _lines(access: Access, pk: UUID) -> QuerySet[InvoiceLine]:
    return InvoiceLine.objects.visible_to(access).filter(invoice_id=pk).order_by("position")


@compiled
def _parts(access: Access, pk: UUID) -> QuerySet[Instalment]:
    return Instalment.objects.visible_to(access).filter(invoice_id=pk).order_by("number")


@compiled
def _credits(access: Access, pk: UUID) -> QuerySet[Credit]:
    return Credit.objects.visible_to(access).filter(invoice_id=pk).order_by("credited_on", "serial")


@compiled
def _notes(access: Access, pk: UUID) -> QuerySet[FiscalDocument]:
    return FiscalDocument.objects.visible_to(access).filter(invoice_id=pk).order_by("issued_on", "number")


@compiled
def _slips(access: Access, pk: UUID) -> QuerySet[BankSlip]:
    return BankSlip.objects.visible_to(access).filter(invoice_id=pk).order_by("-created_at")[:20]
