"""Boletos and fiscal notes out of a file: each line through its action."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal
from portal_modules.core.importing.kinds import CHANGED, NEW, SAME, Load, Row, bare
from portal_modules.core.languages import filled
from portal_modules.notifications.actions import telling_nobody

from .actions import keep_note, keep_slip
from .cells import Customers, amount_of, day_of, short
from .choices import NoteKind, NoteState
from .models import BankSlip, FiscalDocument, Invoice
from .papers.exceptions import FiscalKeyRefused
from .papers.fiscal_keys import read_key
from .papers.fiscal_xml import FiscalFacts

NO_INVOICE = _("There is no invoice with the number “%(number)s”.")
NO_KIND = _("“%(text)s” is no kind of fiscal note: nfe, nfse, dte, ubl or facturx.")
NO_NUMBER = _("A fiscal note needs its number.")

_CANCELLED = frozenset({"cancelled", "canceled", "cancelada", "cancelado", "anulada", "anulado"})


class _OnlyLooked(Exception):  # noqa: N818 (it is no error)
    """Thrown at the end of a line in a dry run, so that nothing of it stays."""


def load_slips(load: Load) -> None:
    """Each boleto with its invoice."""

    def one(row: Row) -> str:
        invoice = _invoice(row.get("number"))
        held = BankSlip.objects.filter(invoice=invoice).count()
        keep_slip(
            invoice,
            by=load.by,
            line=row.get("line"),
            our_number=short(row.get("our_number"), 30),
            registered_on=day_of(row.get("registered_on")),
        )
        return NEW if BankSlip.objects.filter(invoice=invoice).count() > held else SAME

    _each(load, one)


def load_notes(load: Load) -> None:
    """Each note with its customer."""
    customers = Customers(load.company, load.rows)

    def one(row: Row) -> str:
        customer = customers.of(row)
        facts = _facts(load, row)
        held = FiscalDocument.objects.filter(key=facts.key).values_list("state", flat=True).first()
        invoice = _invoice(row.get("invoice")) if row.get("invoice") else None
        note = keep_note(facts, by=load.by, customer=customer, invoice=invoice)
        if held is None:
            return NEW
        return SAME if held == note.state else CHANGED

    with nullcontext() if load.tells else telling_nobody():
        _each(load, one)


def _each(load: Load, one: Callable[[Row], str]) -> None:
    """Each line in a savepoint; in a dry run all of them are undone."""
    for row in load.good_rows():
        try:
            with transaction.atomic():
                row.outcome = one(row)
                if not load.writes:
                    raise _OnlyLooked
        except Refusal as refusal:
            row.refuse(refusal.sentence)
        except _OnlyLooked:
            continue


def _invoice(number: str) -> Invoice:
    found: Invoice | None = (
        Invoice.objects.filter(number=number.strip()[:40]).first() if number.strip() else None
    )
    if found is None:
        raise Refusal(filled(NO_INVOICE, number=number[:40]))
    return found


def _facts(load: Load, row: Row) -> FiscalFacts:
    kind = bare(row.get("kind")).replace(" ", "") or _usual_kind(load.company.country)
    if kind not in NoteKind.values:
        raise Refusal(filled(NO_KIND, text=row.get("kind")[:30]))
    number, series, written = row.get("number"), row.get("series"), row.get("key")
    key = written
    if written and kind in {NoteKind.NFE, NoteKind.NFSE}:
        try:
            read = read_key(written)
        except FiscalKeyRefused as refusal:
            raise Refusal(refusal.sentence) from None
        key, number, series = read.key, number or str(read.number), series or read.series
    if not number:
        raise Refusal(NO_NUMBER)
    currency = row.get("currency").upper() or load.company.currency
    return FiscalFacts(
        kind=kind,
        key=short(key, 80) or f"{load.company.tax_id}-{kind}-{series}-{number}"[:80],
        number=short(number, 40),
        series=short(series, 20),
        issued_on=day_of(row.get("issued_on")),
        issuer=load.company.legal_name or load.company.name,
        issuer_tax_id=load.company.tax_id,
        recipient="",
        recipient_tax_id="",
        operation=short(row.get("operation"), 200),
        cfop=short(row.get("cfop"), 20),
        amount=amount_of(row.get("amount"), currency),
        currency=currency,
        is_cancelled=bare(row.get("state")) in _CANCELLED or row.get("state") == NoteState.CANCELLED,
    )


def _usual_kind(country: str) -> str:
    return {"BR": NoteKind.NFE, "CL": NoteKind.DTE}.get(country, NoteKind.UBL).value
