"""Boletos: kept as the bank registered them, never altered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from portal_modules.core.actions import log

from .. import exceptions
from ..choices import InvoiceState, SlipProvider, SlipState
from ..days import billing_day
from ..models import BankAccount, BankSlip, Instalment, Invoice
from ..papers.bank_lines import BankLine, line_of, make_barcode, read_line
from ..papers.exceptions import BankLineRefused
from .drafting import locked

DEMO_BANK = "000"


@transaction.atomic
def keep_slip(
    invoice: Invoice,
    *,
    by: Any | None,
    line: str,
    due_on: date | None = None,
    our_number: str = "",
    account: BankAccount | None = None,
    registered_on: date | None = None,
    provider: str = SlipProvider.NONE,
) -> BankSlip:
    """Keep a boleto that a bank has registered for an invoice or one of its instalments.

    `line` is the bank's, in any form; the day that is written in it counts. The same line again changes nothing.
    """
    invoice = locked(invoice)
    today = billing_day(invoice.company)
    read = _read(line, today)
    found: BankSlip | None = BankSlip.objects.filter(barcode=read.barcode).first()
    if found is not None:
        if found.invoice_id != invoice.pk:
            raise exceptions.SlipOfAnotherInvoice
        return found
    if invoice.state != InvoiceState.ISSUED:
        raise exceptions.NotIssued
    if invoice.currency != "BRL":
        raise exceptions.SlipNotInReais
    due = read.due_on or due_on or invoice.due_on
    amount, instalment = _what_it_pays(invoice, read.amount, due)
    slip: BankSlip = BankSlip.objects.create(
        company_id=invoice.company_id,
        customer_id=invoice.customer_id,
        invoice=invoice,
        instalment=instalment,
        bank_account=account,
        bank=read.bank,
        line=line_of(read.barcode),
        barcode=read.barcode,
        our_number=our_number[:30],
        due_on=due,
        amount=amount,
        currency=invoice.currency,
        registered_on=registered_on or today,
        provider=provider,
    )
    log("billing.keep_slip", slip, by=by, invoice=str(invoice.pk))
    return slip


@transaction.atomic
def withdraw_slip(slip: BankSlip, *, by: Any | None, state: SlipState = SlipState.CANCELLED) -> BankSlip:
    """The bank takes no money for it any more."""
    slip = BankSlip.objects.select_for_update(no_key=True).get(pk=slip.pk)
    if slip.state != SlipState.REGISTERED:
        raise exceptions.AlreadySo
    slip.state = state
    slip.save(update_fields=["state"])
    log("billing.withdraw_slip", slip, by=by, state=str(state))
    return slip


def demo_line(invoice: Invoice, part: Instalment) -> str:
    """The line that the demonstration's bank gives: well formed, of a bank that there is not."""
    free = f"{(invoice.serial or 0):012d}{part.number:03d}{invoice.company_id:010d}"
    return line_of(make_barcode(DEMO_BANK, part.due_on, part.amount, free))


def _read(line: str, today: date) -> BankLine:
    try:
        return read_line(line, today)
    except BankLineRefused as refusal:
        raise exceptions.LineNotValid(refusal.sentence) from None


def _what_it_pays(
    invoice: Invoice, amount: Decimal | None, due_on: date | None
) -> tuple[Decimal, Instalment | None]:
    parts = list(invoice.instalments.all())
    if amount is None:
        amount = invoice.total
    if amount == invoice.total and len(parts) == 1:
        return amount, parts[0]
    fitting = [part for part in parts if part.amount == amount]
    if fitting:
        return amount, next((part for part in fitting if part.due_on == due_on), fitting[0])
    if amount != invoice.total:
        raise exceptions.SlipDiffers
    return amount, None
