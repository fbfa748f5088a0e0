"""What hangs from what in random worlds: money about a business, at a site, or about nothing."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from portal_modules.billing.actions import Claim, billing_day, draft_invoice, issue_invoice, locked, settle
from portal_modules.billing.models import FiscalDocument, Invoice
from portal_modules.customers.models import BuildingSite, Customer
from portal_modules.documents.models import DocumentRequest
from portal_modules.payments.models import Allocation, DeclaredItem, DeclaredPayment, Payment
from portal_modules.processes.models import Process, ReviewRequest
from tests.modules.rows import filled


def hung(record: type[Any], customer: Customer, sites: list[BuildingSite], rng: Random) -> Any:
    """A row of a record; what it is about, and what it pays, is the customer's, or nothing."""
    process = rng.choice([None, *Process.objects.filter(customer=customer)])
    about = {"about_type": process.record_type(), "about_id": process.pk} if process else {}
    if record is Process:
        return filled(record, customer, site=rng.choice([None, *sites]))
    if record is ReviewRequest:
        return filled(record, customer, process=process)
    if record in {Invoice, DocumentRequest}:
        return filled(record, customer, **about)
    if record is FiscalDocument:
        invoice = rng.choice([None, *Invoice.objects.filter(customer=customer)])
        return filled(record, customer, invoice=invoice)
    row = filled(record, customer)
    if record is DeclaredPayment:
        invoices = list(Invoice.objects.filter(customer=customer))
        for invoice in rng.sample(invoices, rng.randint(0, min(2, len(invoices)))):
            mine = {"company": customer.company, "customer": customer}
            DeclaredItem.objects.create(declared=row, invoice=invoice, **mine)
    if record is Payment and rng.random() < 0.8:
        _use(row, process)
    return row


def is_there(row: Any, sites: set[int]) -> bool:
    """Is a row at one of these sites? Worked out row by row; what knows no sites is everywhere."""
    match row:
        case Invoice() | DocumentRequest():
            return _is_about_there(row, sites)
        case ReviewRequest():
            return row.process is not None and row.process.site_id in sites
        case FiscalDocument():
            return row.invoice is not None and is_there(row.invoice, sites)
        case Payment():
            return _are_all_there([use.invoice for use in row.allocations.all()], sites)
        case DeclaredPayment():
            return _are_all_there([item.invoice for item in row.items.all()], sites)
    return not hasattr(row, "site_id") or row.site_id in sites


def _is_about_there(row: Any, sites: set[int]) -> bool:
    return row.about_id is not None and Process.objects.get(pk=row.about_id).site_id in sites


def _are_all_there(rows: list[Any], sites: set[int]) -> bool:
    return bool(rows) and all(is_there(row, sites) for row in rows)


def _use(payment: Payment, process: Process | None) -> None:
    """One euro of it pays an invoice about a business, or about nothing."""
    customer = payment.customer
    today = billing_day(customer.company)
    draft = draft_invoice(
        customer, by=None, claims=[Claim("Work", Decimal(100))], due_on=today, currency="EUR", about=process
    )
    invoice = settle(locked(issue_invoice(draft, by=None)), paid=Decimal(1))
    Allocation.objects.create(
        company=customer.company,
        customer=customer,
        payment=payment,
        invoice=invoice,
        instalment=invoice.instalments.get(),
        amount=Decimal(1),
        currency="EUR",
        allocated_on=timezone.localdate(),
    )
