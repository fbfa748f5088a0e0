"""The receipt of a payment: what came, and what it paid. The scope has to see the rows."""

from __future__ import annotations

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal_modules.billing.actions import Sheet, Table, draw_sheet
from portal_modules.core.amounts import money_shown
from portal_modules.core.companies import CompanyCard
from portal_modules.core.tax_ids import format_tax_id

from .models import Allocation, Payment, Refund


def receipt_pdf(payment: Payment, card: CompanyCard) -> bytes:
    """The PDF, in the customer's language."""
    language = payment.customer.language or card.company.language
    with translation.override(card.company.spoken(language)):
        return draw_sheet(card, _sheet(payment))


def receipt_name(payment: Payment) -> str:
    """What its file is called."""
    return f"{_('receipt')}-{payment.number}.pdf"


def _sheet(payment: Payment) -> Sheet:
    customer, currency = payment.customer, payment.currency
    day = date_format(payment.received_on, "DATE_FORMAT")
    facts = [
        (_("Receipt of"), payment.number),
        (_("Received on"), day),
        (_("Amount"), money_shown(payment.amount, currency)),
        (_("Method"), str(payment.get_method_display())),
    ]
    if payment.payer_name:
        facts.append((_("Paid by"), payment.payer_name))
    tax_id = format_tax_id(customer.country, customer.tax_id) if customer.tax_id else ""
    return Sheet(
        heading=_("Receipt"),
        day=payment.received_on,
        to=_("Received from"),
        name=customer.name,
        lines=[tax_id] if tax_id else [],
        facts=facts,
        tables=[
            Table(
                _("What it paid"),
                [_("Invoice"), _("Due on"), _("Amount")],
                list(_rows(payment)),
                right=[2],
                wide=0,
            )
        ],
        claim=_("We confirm that we have received this amount. A receipt is not a fiscal document."),
    )


def _rows(payment: Payment) -> list[list[str]]:
    currency = payment.currency
    uses = Allocation.objects.holding().filter(payment=payment).select_related("invoice")
    rows = [
        [
            use.invoice.number_shown,
            date_format(use.invoice.due_on, "SHORT_DATE_FORMAT"),
            money_shown(use.held, currency),
        ]
        for use in uses
    ]
    if payment.fees:
        rows.append([_("Fine and interest"), "", money_shown(payment.fees, currency)])
    if payment.unallocated > 0:
        rows.append([_("Credit for next invoices"), "", money_shown(payment.unallocated, currency)])
    for refund in Refund.objects.filter(payment=payment).prefetch_related("steps"):
        if refund.state != "failed":
            day = date_format(refund.refunded_on, "SHORT_DATE_FORMAT")
            rows.append([_("Refunded"), day, f"-{money_shown(refund.amount, currency)}"])
    return rows
