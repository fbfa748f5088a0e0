"""Collecting what is open: disputes, promises, the agency, and what was said on the phone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from portal_modules.core.actions import log
from portal_modules.customers.models import Customer

from .. import exceptions
from ..choices import InvoiceState
from ..days import billing_day
from ..models import CallNote, Invoice
from .drafting import locked


@transaction.atomic
def dispute_invoice(invoice: Invoice, *, by: Any | None, reason: str) -> Invoice:
    """The customer says that it is wrong: nobody is reminded of it until that is settled."""
    invoice = _owed(invoice)
    if not reason.strip():
        raise exceptions.ReasonMissing
    return _changed(invoice, "billing.dispute", by, disputed=reason.strip())


@transaction.atomic
def settle_dispute(invoice: Invoice, *, by: Any | None) -> Invoice:
    """It was right after all, or has been put right."""
    invoice = locked(invoice)
    if not invoice.disputed:
        raise exceptions.AlreadySo
    return _changed(invoice, "billing.settle_dispute", by, disputed="")


@transaction.atomic
def promise_payment(invoice: Invoice, *, by: Any | None, on: date | None) -> Invoice:
    """The customer will pay by a day, until which nobody is reminded; None takes the promise back."""
    invoice = _owed(invoice)
    if on is not None and on < billing_day(invoice.company):
        raise exceptions.DateInThePast
    return _changed(invoice, "billing.promise", by, promise=on)


@transaction.atomic
def give_to_agency(invoice: Invoice, *, by: Any | None) -> Invoice:
    """A collection agency has it: neither the invoice nor its boleto is handed out any more."""
    invoice = _owed(invoice)
    if invoice.at_agency:
        raise exceptions.AlreadySo
    return _changed(invoice, "billing.give_to_agency", by, at_agency=True)


@transaction.atomic
def take_from_agency(invoice: Invoice, *, by: Any | None) -> Invoice:
    """The company collects it itself again."""
    invoice = locked(invoice)
    if not invoice.at_agency:
        raise exceptions.AlreadySo
    return _changed(invoice, "billing.take_from_agency", by, at_agency=False)


@transaction.atomic
def note_call(
    customer: Customer,
    *,
    by: Any | None,
    text: str,
    invoice: Invoice | None = None,
    promised_on: date | None = None,
) -> CallNote:
    """Write down what was said; a promise is kept with the invoice, too."""
    if not text.strip():
        raise exceptions.ReasonMissing
    if invoice is not None and invoice.customer_id != customer.pk:
        raise exceptions.InvoiceOfAnotherCustomer
    if promised_on is not None and promised_on < billing_day(customer.company):
        raise exceptions.DateInThePast
    if invoice is not None and promised_on is not None:
        promise_payment(invoice, by=by, on=promised_on)
    note: CallNote = CallNote.objects.create(
        company_id=customer.company_id,
        customer=customer,
        invoice=invoice,
        text=text.strip(),
        promised_on=promised_on,
        author=by,
        author_name=str(by or "")[:160],
    )
    log("billing.note_call", invoice or customer, by=by, note=note.pk)
    return note


def _owed(invoice: Invoice) -> Invoice:
    invoice = locked(invoice)
    if invoice.state != InvoiceState.ISSUED or invoice.open_now <= 0:
        raise exceptions.NotIssued
    return invoice


def _changed(invoice: Invoice, action: str, by: Any | None, **values: Any) -> Invoice:
    before = {name: str(getattr(invoice, name) or "") for name in values}
    for name, value in values.items():
        setattr(invoice, name, value)
    invoice.save(update_fields=list(values))
    log(
        action,
        invoice,
        by=by,
        before=before,
        after={name: str(value or "") for name, value in values.items()},
    )
    return invoice
