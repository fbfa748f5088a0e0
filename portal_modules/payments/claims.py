"""What is open, as the lines of a bank are laid beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from portal_modules.billing.choices import InvoiceState, SlipState
from portal_modules.billing.models import BankSlip, Instalment

from .bank.banks import our_number_of
from .bank.matching import Claim
from .bank.txids import txid_of
from .models import DeclaredPayment

Slips = dict[Any, list[tuple[str, str]]]


def open_claims(currencies: Sequence[str], banks: Sequence[str]) -> list[Claim]:
    """Each open instalment of the company in scope, with all that a payer or a bank may name it by.

    Boletos only of the banks that are asked for. Three statements.
    """
    rows = Instalment.objects.filter(
        open__gt=0,
        invoice__state=InvoiceState.ISSUED,
        invoice__open_amount__gt=0,
        invoice__currency__in=currencies,
    ).values_list(
        "pk",
        "open",
        "due_on",
        "invoice_id",
        "invoice__customer_id",
        "invoice__currency",
        "invoice__number",
        "invoice__tax_id",
        "invoice__name_as_issued",
        "invoice__purchase_order",
        "invoice__reference",
        "invoice__customer__tax_id",
        "invoice__customer__name",
    )
    by_part, by_invoice = _slips(banks)
    declared = _references()
    found = []
    for part, amount, due_on, invoice, customer, currency, *said in rows.iterator(chunk_size=5000):
        number, tax_id, name, order, reference, own_tax_id, own_name = said
        slips = (*by_part.get(part, ()), *by_invoice.get(invoice, ()))
        keys = tuple(filter(None, (number, order, reference)))
        found.append(
            Claim(
                invoice=invoice,
                instalment=part,
                customer=customer,
                amount=amount,
                currency=currency,
                due_on=due_on,
                tax_id=tax_id or own_tax_id,
                name=name or own_name,
                keys=keys,
                txids=(txid_of(invoice), *declared.get(invoice, ())),
                slips=slips,
            )
        )
    return found


def _slips(banks: Sequence[str]) -> tuple[Slips, Slips]:
    """What banks call the boletos of parts, and of whole invoices."""
    by_part: Slips = defaultdict(list)
    by_invoice: Slips = defaultdict(list)
    wanted = [bank for bank in banks if bank]
    if not wanted:
        return by_part, by_invoice
    rows = BankSlip.objects.filter(state=SlipState.REGISTERED, bank__in=wanted)
    for invoice, part, bank, barcode in rows.values_list("invoice_id", "instalment_id", "bank", "barcode"):
        if number := our_number_of(barcode):
            (by_invoice[invoice] if part is None else by_part[part]).append((bank, number))
    return by_part, by_invoice


def _references() -> dict[Any, list[str]]:
    """What customers say that the bank's file will say of payments that they told of."""
    found: dict[Any, list[str]] = defaultdict(list)
    rows = DeclaredPayment.objects.waiting().exclude(reference="")
    for invoice, reference in rows.values_list("items__invoice_id", "reference"):
        if invoice is not None:
            found[invoice].append(reference)
    return found
