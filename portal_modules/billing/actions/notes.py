"""Taking in fiscal notes: the file is kept as it came, and the same note twice is one."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from portal_modules.core.actions import log
from portal_modules.core.amounts import rounded
from portal_modules.core.choices import Currency
from portal_modules.core.events import events
from portal_modules.customers.models import Customer

from .. import exceptions
from ..choices import NoteState
from ..events import NOTE_CANCELLED, NOTE_TAKEN_IN
from ..models import FiscalDocument, Invoice
from ..papers.fiscal_xml import FiscalFacts, read_fiscal_xml
from .closing import refuse_closed_month


def take_in_note(
    data: bytes, *, by: Any | None, customer: Customer | None = None, invoice: Invoice | None = None
) -> FiscalDocument:
    """Keep a fiscal note that came as XML, or cancel the one that the file is about.

    Without a customer it is that of the recipient's tax id. Raises `FiscalFileRefused` for a file that is no note.
    """
    return keep_note(read_fiscal_xml(data), by=by, customer=customer, invoice=invoice, data=data)


@transaction.atomic
def keep_note(
    facts: FiscalFacts,
    *,
    by: Any | None,
    customer: Customer | None = None,
    invoice: Invoice | None = None,
    data: bytes = b"",
) -> FiscalDocument:
    """Keep a fiscal note by what is known of it; `data` is its file, where there is one. The same key twice is one."""
    found: FiscalDocument | None = (
        FiscalDocument.objects.select_for_update(no_key=True).filter(key=facts.key[:80]).first()
    )
    if found is not None:
        if customer is not None and found.customer_id != customer.pk:
            raise exceptions.NoteOfAnotherCustomer
        return cancel_note(found, by=by) if facts.is_cancelled else found
    if facts.is_cancellation or facts.amount is None or facts.issued_on is None:
        raise exceptions.NoteUnknown
    customer = customer or _recipient(facts)
    if invoice is not None and invoice.customer_id != customer.pk:
        raise exceptions.InvoiceOfAnotherCustomer
    if facts.currency not in Currency.values:
        raise exceptions.CurrencyUnknown
    if facts.amount < 0:
        raise exceptions.AmountOutOfBounds
    refuse_closed_month(facts.issued_on)
    note = FiscalDocument(
        company_id=customer.company_id,
        customer=customer,
        invoice=invoice,
        kind=facts.kind,
        key=facts.key[:80],
        number=facts.number[:40],
        series=facts.series[:20],
        issued_on=facts.issued_on,
        issuer=facts.issuer[:200],
        issuer_tax_id=facts.issuer_tax_id[:20],
        recipient_tax_id=facts.recipient_tax_id[:20],
        operation=facts.operation[:200],
        cfop=facts.cfop[:20],
        amount=rounded(facts.amount, facts.currency),
        currency=facts.currency,
        state=NoteState.CANCELLED if facts.is_cancelled else NoteState.AUTHORISED,
        xml_sha256=hashlib.sha256(data).hexdigest() if data else "",
    )
    if data:
        note.xml.save("note.xml", ContentFile(data), save=False)
    note.save(force_insert=True)
    log("billing.take_in_note", note, by=by, key=note.key)
    events.announce(NOTE_TAKEN_IN, **_ids(note))
    return note


@transaction.atomic
def cancel_note(note: FiscalDocument, *, by: Any | None) -> FiscalDocument:
    """The tax office does not know it any more; it stays in the list, and says so."""
    note = FiscalDocument.objects.select_for_update(no_key=True).get(pk=note.pk)
    if note.state != NoteState.CANCELLED:
        note.state = NoteState.CANCELLED
        note.save(update_fields=["state"])
        log("billing.cancel_note", note, by=by, key=note.key)
        events.announce(NOTE_CANCELLED, **_ids(note))
    return note


@transaction.atomic
def link_note(note: FiscalDocument, invoice: Invoice | None, *, by: Any | None) -> FiscalDocument:
    """Say which invoice it belongs to, or none."""
    note = FiscalDocument.objects.select_for_update(no_key=True).get(pk=note.pk)
    if invoice is not None and invoice.customer_id != note.customer_id:
        raise exceptions.InvoiceOfAnotherCustomer
    note.invoice = invoice
    note.save(update_fields=["invoice"])
    log("billing.link_note", note, by=by, invoice=str(invoice.pk) if invoice else "")
    return note


def _recipient(facts: FiscalFacts) -> Customer:
    if not facts.recipient_tax_id:
        raise exceptions.RecipientUnknown
    found: Customer | None = Customer.objects.filter(tax_id=facts.recipient_tax_id).order_by("pk").first()
    if found is None:
        raise exceptions.RecipientUnknown
    return found


def _ids(note: FiscalDocument) -> dict[str, Any]:
    return {"company_id": note.company_id, "customer_id": note.customer_id, "note_id": note.pk}
