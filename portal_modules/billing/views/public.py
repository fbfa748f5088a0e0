"""The page of one invoice without a login: is it ours, who is paid, how much, until when, and how.

It shows no person and no line of the invoice. Its address is printed on the invoice; see `links`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.beside import paid_parts, paying_parts
from portal_modules.core.errors import too_many
from portal_modules.core.proof import requires
from portal_modules.core.scope import VISITOR, company_scope
from portal_modules.core.throttle import Limit, client_address

from ..blocking import why_no_invoice, why_no_slip
from ..choices import InvoiceState, SlipProvider, SlipState
from ..days import billing_day
from ..links import FUNCTION, invoice_of
from ..models import BankAccount, BankSlip, Instalment, Invoice
from ..owing import Owed, owed_on, policy_in_scope
from ..papers.bank_lines import grouped
from ..papers.content import PixOnPaper
from ..printing import account_lines, pix_of
from .papers import finance_channels

MISSES: Final = Limit("billing.public_page", attempts=20, seconds=60)

# What a visitor's role may read: see the walls.
_INVOICE: Final = [
    "company_id",
    "number",
    "state",
    "currency",
    "issued_on",
    "due_on",
    "next_due_on",
    "overdue_from",
    "total",
    "paid_total",
    "credited_total",
    "open_amount",
    "at_agency",
    "bank_account_id",
]
_PART: Final = ["company_id", "invoice_id", "number", "due_on", "amount", "settled"]
_SLIP: Final = [
    "company_id",
    "invoice_id",
    "bank_account_id",
    "bank",
    "line",
    "barcode",
    "due_on",
    "amount",
    "currency",
    "provider",
    "state",
]
_ACCOUNT: Final = [
    "company_id",
    "name",
    "bank_code",
    "bank_name",
    "branch",
    "number",
    "holder",
    "currency",
    "pix_key",
    "pix_city",
    "recalculates_at_payment",
    "instructions_pt",
    "instructions_es",
    "instructions_en",
    "is_active",
]


@dataclass(frozen=True, slots=True)
class PublicInvoice:
    """All that the page may show of an invoice."""

    number: str
    currency: str
    total: Decimal
    open: Decimal
    due_on: date | None
    is_cancelled: bool
    owed: Owed
    reason: str | Promise
    account: list[str]
    pix: PixOnPaper | None
    slip_line: str
    slip_bare: str
    slip_is_demo: bool
    slip_is_older: bool
    row: Invoice

    @property
    def is_paid(self) -> bool:
        """Is there nothing to pay any more?"""
        return not self.is_cancelled and not self.open

    @property
    def can_be_paid(self) -> bool:
        """Is there something to pay, and is it paid here?"""
        return bool(self.open) and not self.reason

    def online(self, request: Any) -> SafeString | None:
        """The ways to pay that other modules add; None where there are none."""
        return paying_parts.render(request, self.row) or None if self.can_be_paid else None


@requires(Level.ANONYMOUS)
@require_safe
def public_invoice(request: Any, token: str) -> HttpResponse:
    """One invoice, to whoever has its address. A wrong one finds nothing, and is counted."""
    address = client_address(request)
    if seconds := MISSES.wait(address):
        return too_many(request, seconds=seconds)
    found = invoice_of(token, request.company) if request.card.is_on(FUNCTION) else None
    shown = None
    if found is not None:
        with company_scope(request.company, VISITOR, records=[found]):
            shown = _read(found, request.company)
    if shown is None:
        MISSES.hit(address)
        raise Http404
    context = {
        "invoice": shown,
        "channels": finance_channels(request),
        "online": shown.online(request),
        "told": paid_parts.render(request, shown.row) if shown.can_be_paid else "",
    }
    response = render(request, "billing/public.html", context)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _read(pk: UUID, company: Any) -> PublicInvoice | None:
    invoice = (
        Invoice.objects.filter(pk=pk).exclude(state=InvoiceState.DRAFT).order_by().only(*_INVOICE).first()
    )
    if invoice is None:
        return None
    invoice.company = company
    if invoice.bank_account_id:
        invoice.bank_account = BankAccount.objects.only(*_ACCOUNT).get(pk=invoice.bank_account_id)
    policy, today = policy_in_scope(), billing_day(company)
    parts = list(Instalment.objects.filter(invoice=pk).order_by("number").only(*_PART))
    owed = owed_on(invoice, parts, policy, today, company.country)
    slips = BankSlip.objects.usable().filter(invoice=pk, state=SlipState.REGISTERED)
    slip = slips.order_by("-due_on", "pk").only(*_SLIP).first()
    if slip is not None and why_no_slip(invoice, slip, policy, today):
        slip = None
    reason = why_no_invoice(invoice) if invoice.open_now else ""
    account = invoice.bank_account
    return PublicInvoice(
        number=invoice.number_shown,
        currency=invoice.currency,
        total=invoice.total,
        open=invoice.open_now,
        due_on=invoice.next_due_on or invoice.due_on,
        is_cancelled=invoice.state == InvoiceState.CANCELLED,
        owed=owed,
        reason=reason,
        account=account_lines(account) if account else [],
        pix=None if reason else pix_of(invoice, owed.total),
        slip_line=grouped(slip.line) if slip else "",
        slip_bare=slip.line if slip else "",
        slip_is_demo=bool(slip and slip.provider == SlipProvider.DEMO),
        slip_is_older=bool(slip and slip.amount != owed.total),
        row=invoice,
    )
