"""Taking in bank files, and deciding what each of their lines is for.

A line is locked first, then what the ledger locks: nobody who holds an invoice waits for a line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.formats import date_format

from portal_modules.billing.actions import withdraw_slip
from portal_modules.billing.choices import SlipState
from portal_modules.billing.models import BankAccount, BankSlip, Instalment, Invoice
from portal_modules.core.actions import log
from portal_modules.core.companies import card_in_scope
from portal_modules.core.jobs import start_job
from portal_modules.core.together import together
from portal_modules.core.uploads import safe_name
from portal_modules.customers.models import Customer

from .. import exceptions
from ..bank.banks import our_number_of
from ..bank.lines import BankStatement, StatementLine
from ..bank.matching import Proposal, propose
from ..bank.reading import read_bank_file
from ..bank.words import plain
from ..choices import LINE_TRANSITIONS, LineState, PaymentMethod, RefundKind
from ..claims import open_claims
from ..models import BankFile, BankLine, DeclaredPayment, Payment
from .declared import confirm_declared
from .late import waiting_cost
from .ledger import allocate, lock_invoices, record_payment
from .refunds import fees_there, refund_all, there

READ_FILE: Final = "payments.read_bank_file"
_AT_ONCE: Final = 1000


@dataclass(frozen=True, slots=True)
class LinePart:
    """So much of a line for one invoice, or for one instalment of it."""

    invoice: UUID
    amount: Decimal
    instalment: int | None = None


# ---- taking in -----------------------------------------------------------------------------------------


@transaction.atomic
def take_bank_file(data: bytes, *, name: str, by: Any | None) -> BankFile:
    """Keep a file and have a job take in its lines. Raises `BankFileRefused` and `FileKnown`."""
    fingerprint = hashlib.sha256(data).hexdigest()
    _refuse_known(fingerprint)
    statement = read_bank_file(data, our_currencies())
    file = BankFile(
        company_id=card_in_scope().company.pk,
        name=safe_name(name),
        format=statement.format,
        bank=statement.bank,
        account=statement.account,
        fingerprint=fingerprint,
        line_count=len(statement.lines),
        repeated=statement.repeated,
        others=statement.others,
        first_day=statement.first_day,
        last_day=statement.last_day,
        brought_by=by,
    )
    file.content.save("file", ContentFile(data), save=False)
    kept = file.content
    connection.on_rollback(lambda: kept.storage.delete(kept.name))  # type: ignore[attr-defined]  # of core.pg
    try:
        with transaction.atomic():
            file.save(force_insert=True)
    except IntegrityError:
        # Somebody brought it while it was read here.
        _refuse_known(fingerprint)
        raise
    log("payments.take_bank_file", file, by=by, lines=file.line_count)
    file.job = start_job(READ_FILE, by=by, total=file.line_count, parameters={"file": str(file.pk)})
    file.save(update_fields=["job"])
    return file


def _refuse_known(fingerprint: str) -> None:
    known = BankFile.objects.filter(fingerprint=fingerprint).first()
    if known is not None:
        raise exceptions.FileKnown(known.name, date_format(known.created_at, "SHORT_DATE_FORMAT"))


def our_currencies() -> frozenset[str]:
    """Those of the company and of its bank accounts."""
    accounts = BankAccount.objects.values_list("currency", flat=True)
    return frozenset({card_in_scope().company.currency, *accounts})


def statement_of(file: BankFile) -> BankStatement:
    """What a file says, read again."""
    with file.content.open("rb") as content:
        return read_bank_file(content.read(), our_currencies())


@transaction.atomic
def keep_lines(file: BankFile, lines: Sequence[StatementLine]) -> int:
    """Take in lines of a file; those that came with another one stay as they are. How many are new."""
    before = BankLine.objects.filter(identifier__in=[line.identifier for line in lines])
    known = set(before.exclude(file=file).values_list("identifier", flat=True))
    new = [_kept(file, line) for line in lines if line.identifier not in known]
    BankLine.objects.bulk_create(new, batch_size=_AT_ONCE, ignore_conflicts=True)
    if known:
        BankFile.objects.filter(pk=file.pk).update(known=file.known + len(known))
        file.known += len(known)
    return len(new)


def _kept(file: BankFile, line: StatementLine) -> BankLine:
    return BankLine(
        company_id=file.company_id,
        file=file,
        number=line.number,
        posted_on=line.posted_on,
        amount=line.amount,
        currency=line.currency,
        identifier=line.identifier,
        text=line.text,
        payer_name=line.payer_name[:160],
        payer_tax_id=line.payer_tax_id[:20],
        txid=line.txid[:40],
        references=list(line.references),
        bank=line.bank,
        our_number=line.our_number,
        charges=line.charges,
        state=LineState.OPEN if line.amount > 0 else LineState.OUT,
    )


@transaction.atomic
def match_lines(lines: Iterable[BankLine], *, by: Any | None = None) -> int:
    """Propose anew what lines may be for that nobody has decided. How many have a proposal."""
    keys = [line.pk for line in lines]
    rows = list(
        BankLine.objects.waiting()
        .filter(pk__in=keys)
        .order_by("pk")
        .select_for_update(no_key=True, of=("self",))
    )
    rows.sort(key=lambda line: (line.posted_on, line.number, line.identifier))
    said = dict(enumerate(rows, 1))
    claims = open_claims(sorted({line.currency for line in rows}), sorted({line.bank for line in rows}))
    found = propose([_said(line, at) for at, line in said.items()], claims)
    for at, line in said.items():
        _note(line, found.get(at))
    BankLine.objects.bulk_update(rows, ["proposal", "score", "customer"], batch_size=_AT_ONCE)
    return len(found)


def _said(line: BankLine, number: int) -> StatementLine:
    return StatementLine(
        number=number,
        posted_on=line.posted_on,
        amount=line.amount,
        currency=line.currency,
        identifier=line.identifier,
        text=line.text,
        payer_name=line.payer_name,
        payer_tax_id=line.payer_tax_id,
        txid=line.txid,
        references=tuple(line.references),
        bank=line.bank,
        our_number=line.our_number,
        charges=line.charges,
    )


def _note(line: BankLine, proposal: Proposal | None) -> None:
    if proposal is None:
        line.proposal, line.score, line.customer = {}, 0, None
        return
    line.score = proposal.score
    line.customer_id = proposal.parts[0].claim.customer
    line.proposal = {
        "parts": [
            {
                "invoice": str(part.claim.invoice),
                "instalment": part.claim.instalment,
                "amount": str(part.amount),
            }
            for part in proposal.parts
        ],
        "reasons": [[str(reason.why), reason.value] for reason in proposal.reasons],
    }


# ---- deciding ------------------------------------------------------------------------------------------


def proposed_parts(line: BankLine) -> list[LinePart]:
    """What a line is proposed for."""
    return [
        LinePart(UUID(part["invoice"]), Decimal(part["amount"]), part["instalment"])
        for part in line.proposal.get("parts", ())
    ]


@transaction.atomic
def book_line(
    line: BankLine,
    *,
    by: Any | None,
    parts: Sequence[LinePart] | None = None,
    customer: Customer | None = None,
    fees: Decimal | None = None,
) -> Payment:
    """Book the money of a line, for what is proposed or for other invoices of one customer.

    What is left is that customer's credit; `customer` alone is for money that is for no invoice yet. `fees` is
    what of it is fine and interest: if the bank says, that; else what came beyond what was open, as far as waiting
    had cost as much on that day. A waiting payment that the customer told of and that
    this line is gets confirmed. A line is booked once: `LineDecided`.
    """
    line = _entering(line, LineState.BOOKED)
    wanted = proposed_parts(line) if parts is None and customer is None else list(parts or ())
    if not wanted and customer is None:
        raise exceptions.NoProposal
    invoices = _locked(wanted)
    payer = customer or next(iter(invoices.values())).customer
    if any(invoice.customer_id != payer.pk for invoice in invoices.values()):
        raise exceptions.AnotherCustomer
    used = sum((part.amount for part in wanted), Decimal(0))
    if used > line.amount:
        raise exceptions.MoreThanLeft
    if fees is None:
        fees = _fees(line, used) or _waiting_cost(line, wanted, invoices, line.amount - used)
    with together():  # the receipt is for those who see what was paid
        payment = _booked(line, payer, invoices, by, fees)
        for part in wanted:
            invoice = invoices[part.invoice]
            allocate(payment, invoice, part.amount, by=by, instalment=_part(invoice, part), on=line.posted_on)
    _settle_slips(line, invoices, by)
    line.payment, line.customer = payment, payer
    _decided(line, by)
    log("payments.book_line", line, by=by, payment=payment.number)
    return payment


@transaction.atomic
def ignore_line(line: BankLine, *, by: Any | None, reason: str) -> BankLine:
    """It is no customer's payment, for a reason."""
    if not reason.strip():
        raise exceptions.ReasonMissing
    line = _entering(line, LineState.IGNORED)
    line.reason = reason.strip()[:300]
    _decided(line, by)
    log("payments.ignore_line", line, by=by, reason=line.reason)
    return line


@transaction.atomic
def reopen_line(line: BankLine, *, by: Any | None, reason: str = "") -> BankLine:
    """Decide anew. What was booked is booked out as a mistake, for a reason: the invoices are owed again."""
    line = _entering(line, LineState.OPEN)
    payment = line.payment
    if payment is not None:
        if not reason.strip():
            raise exceptions.ReasonMissing
        if there(payment) + fees_there(payment) > 0:
            refund_all(payment, by=by, reason=reason, kind=RefundKind.MISTAKE)
        line.undone += 1
    line.payment, line.reason = None, ""
    line.decided_by, line.decided_at = None, None
    line.save(update_fields=["state", "payment", "undone", "reason", "decided_by", "decided_at"])
    log("payments.reopen_line", line, by=by, reason=reason.strip())
    return line


def _entering(line: BankLine, state: LineState) -> BankLine:
    locked: BankLine = (
        BankLine.objects.select_for_update(no_key=True, of=("self",))
        .select_related("payment")
        .get(pk=line.pk)
    )
    if state not in LINE_TRANSITIONS[LineState(locked.state)]:
        raise exceptions.LineDecided
    locked.state = state
    return locked


def _decided(line: BankLine, by: Any | None) -> None:
    line.decided_by, line.decided_at = by, timezone.now()
    line.save(update_fields=["state", "payment", "customer", "reason", "decided_by", "decided_at"])


def _locked(parts: Sequence[LinePart]) -> dict[UUID, Invoice]:
    try:
        found = lock_invoices(list({part.invoice for part in parts}))
    except Invoice.DoesNotExist:
        raise exceptions.ProposalOutdated from None
    return found


def _part(invoice: Invoice, part: LinePart) -> Instalment | None:
    if part.instalment is None:
        return None
    found: Instalment | None = invoice.instalments.filter(pk=part.instalment).first()
    if found is None or found.open < part.amount:
        raise exceptions.ProposalOutdated
    return found


def _fees(line: BankLine, used: Decimal) -> Decimal:
    """Fine and interest as the bank says, as far as they were not used for what is owed."""
    return max(min(line.charges, line.amount - used), Decimal(0))


def _waiting_cost(
    line: BankLine, wanted: Sequence[LinePart], invoices: dict[UUID, Invoice], left: Decimal
) -> Decimal:
    """Fine and interest of what a line pays whole, on its day, as far as what is left covers them."""
    whole = []
    for pk, invoice in invoices.items():
        paid = {part.instalment: part.amount for part in wanted if part.invoice == pk}
        parts = invoice.instalments.order_by("number")
        is_whole = paid.get(None) == invoice.open_now
        whole.append((invoice, [each for each in parts if is_whole or paid.get(each.pk) == each.open]))
    return waiting_cost(whole, on=line.posted_on, left=left)


def _booked(
    line: BankLine, payer: Customer, invoices: dict[UUID, Invoice], by: Any | None, fees: Decimal
) -> Payment:
    name = f"{line.identifier}#{line.undone}" if line.undone else line.identifier
    declared = _declared(line, payer, invoices)
    if declared is not None:
        return confirm_declared(declared, by=by, invoices={}, on=line.posted_on, fees=fees, bank_line=name)
    return record_payment(
        payer,
        by=by,
        amount=line.amount,
        currency=line.currency,
        method=_method(line),
        on=line.posted_on,
        fees=fees,
        bank_line=name,
        payer_name=line.payer_name,
        note=line.text,
    )


def _declared(line: BankLine, payer: Customer, invoices: dict[UUID, Invoice]) -> DeclaredPayment | None:
    """The payment that the customer told of and that this line is: the same amount, for one of these invoices."""
    told = DeclaredPayment.objects.waiting().filter(
        customer=payer, amount=line.amount, currency=line.currency, items__invoice__in=list(invoices)
    )
    found: DeclaredPayment | None = told.order_by("serial").first()
    return found


def _method(line: BankLine) -> PaymentMethod:
    if line.our_number:
        return PaymentMethod.BOLETO
    is_pix = bool(line.txid) or "PIX" in plain(line.text).split()
    return PaymentMethod.PIX if is_pix else PaymentMethod.TRANSFER


def _settle_slips(line: BankLine, invoices: dict[UUID, Invoice], by: Any | None) -> None:
    """The boleto that was paid takes no money any more."""
    if not line.our_number:
        return
    slips = BankSlip.objects.usable().filter(invoice__in=list(invoices), bank=line.bank).order_by("pk")
    for slip in slips:
        if our_number_of(slip.barcode) == line.our_number:
            withdraw_slip(slip, by=by, state=SlipState.PAID)
