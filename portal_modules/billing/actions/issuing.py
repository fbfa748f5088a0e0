"""Issuing an invoice, taking it back while nothing is paid, and crediting it after that."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from portal_modules.core.actions import log
from portal_modules.core.amounts import fits, most_of
from portal_modules.core.companies import card_in_scope
from portal_modules.core.events import events
from portal_modules.core.models import Company
from portal_modules.core.sequences import next_number
from portal_modules.customers.choices import AddressKind
from portal_modules.customers.models import Address, Customer

from .. import exceptions
from ..choices import TRANSITIONS, InvoiceState
from ..days import billing_day, overdue_from
from ..events import CANCELLED, CREDITED, ISSUED
from ..models import Credit, Invoice
from .closing import refuse_closed_month
from .drafting import Part, check_parts, locked, write_instalments
from .settling import settle

INVOICE_SERIES = "billing.invoice"
CREDIT_SERIES = "billing.credit"


@transaction.atomic
def issue_invoice(invoice: Invoice, *, by: Any | None, on: date | None = None) -> Invoice:
    """Claim it: from now on it has a number and stays as it is. Without a day, today."""
    invoice = locked(invoice)
    on = on or billing_day(invoice.company)
    check_issue(invoice, on=on)
    parts = [Part(part.due_on, part.amount) for part in invoice.instalments.all()]
    customer = Customer.objects.get(pk=invoice.customer_id)
    if not parts:
        assert invoice.due_on is not None  # checked above
        write_instalments(invoice, [Part(invoice.due_on, invoice.total)])
    invoice.tax_country, invoice.tax_id = customer.country, customer.tax_id
    invoice.name_as_issued, invoice.address_as_issued = customer.name, _address_of(customer)
    invoice.language = invoice.language or customer.language
    invoice.state, invoice.issued_on = InvoiceState.ISSUED, on
    invoice.next_due_on = invoice.due_on
    invoice.overdue_from = overdue_from(invoice.due_on, invoice.company.country) if invoice.due_on else None
    invoice.serial, invoice.number = _free_number(invoice.company)
    invoice.save()
    log("billing.issue", invoice, by=by, number=invoice.number, total=str(invoice.total))
    events.announce(ISSUED, **_ids(invoice))
    return invoice


def check_issue(invoice: Invoice, *, on: date) -> None:
    """Raise what stands in the way of issuing a draft on a day, without doing it."""
    if InvoiceState.ISSUED not in TRANSITIONS[InvoiceState(invoice.state)]:
        raise exceptions.NotADraft
    if invoice.customer.archived_at:
        raise exceptions.CustomerArchived
    if invoice.total <= 0:
        raise exceptions.NothingClaimed
    if on > billing_day(invoice.company):
        raise exceptions.DateInTheFuture
    if invoice.due_on is None:
        raise exceptions.DueDateMissing
    if invoice.due_on < on:
        raise exceptions.DueBeforeIssue
    if parts := [Part(part.due_on, part.amount) for part in invoice.instalments.all()]:
        check_parts(parts, invoice.total, invoice.currency)
    refuse_closed_month(on)


@transaction.atomic
def cancel_invoice(invoice: Invoice, *, by: Any | None, reason: str, on: date | None = None) -> Invoice:
    """Take it back, as long as nothing of it is settled. Its number stays used."""
    invoice = locked(invoice)
    on = on or billing_day(invoice.company)
    check_cancel(invoice, reason=reason, on=on)
    invoice.state, invoice.cancelled_on, invoice.cancel_reason = InvoiceState.CANCELLED, on, reason.strip()
    invoice.next_due_on = invoice.overdue_from = None
    invoice.save(update_fields=["state", "cancelled_on", "cancel_reason", "next_due_on", "overdue_from"])
    log("billing.cancel", invoice, by=by, reason=reason.strip())
    events.announce(CANCELLED, **_ids(invoice))
    return invoice


def check_cancel(invoice: Invoice, *, reason: str, on: date) -> None:
    """Raise what stands in the way of cancelling, without doing it."""
    if InvoiceState.CANCELLED not in TRANSITIONS[InvoiceState(invoice.state)]:
        raise exceptions.NotIssued
    if invoice.paid_total or invoice.credited_total:
        raise exceptions.PartlyPaid
    if not reason.strip():
        raise exceptions.ReasonMissing
    assert invoice.issued_on is not None  # it is issued
    if on < invoice.issued_on or on > billing_day(invoice.company):
        raise exceptions.DateInTheFuture
    refuse_closed_month(invoice.issued_on)
    refuse_closed_month(on)


@transaction.atomic
def credit_invoice(
    invoice: Invoice, *, by: Any | None, amount: Decimal, reason: str, on: date | None = None
) -> Credit:
    """Have the customer owe less of it, for a reason that they read."""
    invoice = locked(invoice)
    on = on or billing_day(invoice.company)
    check_credit(invoice, amount=amount, reason=reason, on=on)
    settle(invoice, credited=amount)
    return _credit(invoice.customer, invoice, invoice.currency, amount, reason, on, by)


def check_credit(invoice: Invoice, *, amount: Decimal, reason: str, on: date) -> None:
    """Raise what stands in the way of a credit, without giving it."""
    if invoice.state != InvoiceState.ISSUED:
        raise exceptions.NotIssued
    _check_amount(amount, invoice.currency, reason)
    if amount > invoice.open_now:
        raise exceptions.MoreThanOpen
    assert invoice.issued_on is not None  # it is issued
    if on > billing_day(invoice.company) or on < invoice.issued_on:
        raise exceptions.DateInTheFuture
    refuse_closed_month(on)


@transaction.atomic
def give_credit(
    customer: Customer, *, by: Any | None, amount: Decimal, currency: str, reason: str, on: date | None = None
) -> Credit:
    """A credit of no invoice, which the customer may use for any."""
    customer = Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    if customer.archived_at:
        raise exceptions.CustomerArchived
    on = on or billing_day(customer.company)
    _check_amount(amount, currency, reason)
    if on > billing_day(customer.company):
        raise exceptions.DateInTheFuture
    refuse_closed_month(on)
    return _credit(customer, None, currency, amount, reason, on, by)


def _check_amount(amount: Decimal, currency: str, reason: str) -> None:
    if not fits(amount, currency):
        raise exceptions.DigitsOfCurrency
    if not 0 < amount <= most_of(currency):
        raise exceptions.AmountOutOfBounds
    if not reason.strip():
        raise exceptions.ReasonMissing


def _credit(
    customer: Customer,
    invoice: Invoice | None,
    currency: str,
    amount: Decimal,
    reason: str,
    on: date,
    by: Any | None,
) -> Credit:
    serial = next_number(customer.company, CREDIT_SERIES)
    credit: Credit = Credit.objects.create(
        company_id=customer.company_id,
        customer=customer,
        invoice=invoice,
        serial=serial,
        number=f"C-{serial:06d}",
        currency=currency,
        amount=amount,
        reason=reason.strip(),
        credited_on=on,
    )
    log("billing.credit", invoice or customer, by=by, number=credit.number, amount=str(amount), reason=reason)
    if invoice is not None:
        events.announce(CREDITED, **_ids(invoice), credit_id=credit.pk)
    return credit


def _free_number(company: Company) -> tuple[int, str]:
    """The next of the series. What an import has brought along is passed over: it is no gap."""
    prefix = card_in_scope().setting("billing.number_prefix")
    while True:
        serial = next_number(company, INVOICE_SERIES)
        number = f"{prefix}{serial:06d}"
        if not Invoice.objects.filter(number=number).exists():
            return serial, number


def _address_of(customer: Customer) -> str:
    """Its billing address as it is written on an envelope; else any."""
    found = sorted(
        Address.objects.filter(customer=customer),
        key=lambda each: (each.kind != AddressKind.BILLING, each.pk),
    )
    if not found:
        return ""
    first = found[0]
    lines = (
        ", ".join(filter(None, (first.street, first.complement))),
        first.district,
        " ".join(filter(None, (first.postal_code, first.city)))
        + (f" - {first.region}" if first.region else ""),
        first.country,
    )
    return "\n".join(filter(None, lines))


def _ids(invoice: Invoice) -> dict[str, Any]:
    return {"company_id": invoice.company_id, "customer_id": invoice.customer_id, "invoice_id": invoice.pk}
