"""The lines of a bank file as staff look through them: each with what it may be for and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from portal_modules.billing.models import Invoice
from portal_modules.core.admin import tag
from portal_modules.core.amounts import money_shown

from .actions.bank import LinePart, proposed_parts
from .bank.reasons import Reason, Why
from .choices import LIKELY_FROM, SURE_FROM, LineState, Sureness
from .models import BankFile, BankLine

MOST_CANDIDATES = 12
_TONES = {Sureness.SURE: "done", Sureness.LIKELY: "busy", Sureness.UNSURE: "waiting"}
LINE_TONES = {"open": "waiting", "booked": "done", "ignored": "off", "out": "off"}


@dataclass(frozen=True, slots=True)
class ShownPart:
    """So much for one invoice. `is_open`: can it still take as much?"""

    invoice: Invoice
    amount: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One line, what is proposed for it, why, and how sure that is."""

    line: BankLine
    parts: Sequence[ShownPart]
    reasons: Sequence[str]
    sureness: Any

    @property
    def is_outdated(self) -> bool:
        """Was something of what is proposed paid meanwhile?"""
        return len(self.parts) != len(self.line.proposal.get("parts", ())) or not all(
            part.is_open for part in self.parts
        )


def sureness_of(score: int) -> Sureness:
    """What a number of points means."""
    if score >= SURE_FROM:
        return Sureness.SURE
    return Sureness.LIKELY if score >= LIKELY_FROM else Sureness.UNSURE


def review(lines: Iterable[BankLine]) -> list[ReviewRow]:
    """The rows of a page. One statement for the invoices of all of them."""
    rows = list(lines)
    wanted = {part.invoice for line in rows for part in proposed_parts(line)}
    invoices = Invoice.objects.select_related("customer").in_bulk(list(wanted))
    return [_row(line, invoices) for line in rows]


def _row(line: BankLine, invoices: dict[UUID, Invoice]) -> ReviewRow:
    named = [(invoices[part.invoice], part) for part in proposed_parts(line) if part.invoice in invoices]
    sureness = sureness_of(line.score)
    return ReviewRow(
        line=line,
        parts=[
            ShownPart(invoice, money_shown(part.amount, line.currency), invoice.open_now >= part.amount)
            for invoice, part in named
        ],
        reasons=[reason.words for reason in reasons_of(line)],
        sureness=tag(sureness.label, _TONES[sureness]) if line.has_proposal else None,
    )


def reasons_of(line: BankLine) -> list[Reason]:
    """Why a line is proposed for what it is."""
    return [Reason(Why(why), value) for why, value in line.proposal.get("reasons", ()) if why in set(Why)]


@dataclass(frozen=True, slots=True)
class Tab:
    """The lines of a file in one state: how many, and the address of the page that shows them."""

    name: str
    label: Any
    number: int
    is_here: bool


def tabs_of(file: BankFile, wanted: str) -> list[Tab]:
    """Those to be decided first; a state in which no line is has none, unless it is asked for."""
    counts = {
        row["state"]: row["many"] for row in file.lines.order_by().values("state").annotate(many=Count("pk"))
    }
    return [
        Tab(state.value, state.label, counts.get(state, 0), state == wanted)
        for state in LineState
        if counts.get(state) or state == wanted
    ]


def candidates(line: BankLine) -> list[Invoice]:
    """Open invoices that somebody may mean: of who is thought to have paid, or with this amount or tax id."""
    fits = Q(open_amount=line.amount)
    if line.customer_id:
        fits |= Q(customer_id=line.customer_id)
    if line.payer_tax_id:
        fits |= Q(tax_id=line.payer_tax_id)
    found = Invoice.objects.open().filter(fits, currency=line.currency).select_related("customer")
    return list(found.order_by("next_due_on", "number")[:MOST_CANDIDATES])


def spread(line: BankLine, invoices: Sequence[Invoice], fees: Any) -> list[LinePart]:
    """A line over invoices in their order, as far as it reaches."""
    left = line.amount - fees
    parts = []
    for invoice in invoices:
        share = min(left, invoice.open_now)
        if share > 0:
            parts.append(LinePart(invoice.pk, share))
            left -= share
    return parts
