"""Payments that customers tell us of: received, looked at, confirmed or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from portal_modules.billing.actions import billing_day
from portal_modules.billing.choices import InvoiceState
from portal_modules.billing.models import Invoice
from portal_modules.core.access import ActorKind
from portal_modules.core.actions import log
from portal_modules.core.events import events
from portal_modules.core.sequences import next_number
from portal_modules.customers.models import Customer
from portal_modules.documents.actions import store_file

from .. import exceptions
from ..choices import DECLARABLE, DECLARED_TRANSITIONS, DECLARED_WAITING, DeclaredState, PaymentMethod
from ..events import DECLARED, DECLARED_CONFIRMED, DECLARED_REJECTED
from ..models import DeclaredItem, DeclaredPayment, Payment
from .late import waiting_cost
from .ledger import MOST_INVOICES, OLDEST_DAYS, check_amount, lock_invoices, record_payment

DECLARED_SERIES = "payments.declared"


@transaction.atomic
def declare_payment(
    customer: Customer,
    *,
    by: Any | None,
    actor: str = ActorKind.CONTACT,
    author_name: str = "",
    amount: Decimal,
    currency: str,
    paid_on: date,
    method: str,
    invoices: Sequence[Invoice] = (),
    bank: str = "",
    reference: str = "",
    note: str = "",
    proof: UploadedFile | File[bytes] | None = None,
) -> DeclaredPayment:
    """Tell the company of a payment made elsewhere. Nothing is paid by it until somebody has found the money.

    Raises a refusal of the guard for a proof that is no file of a kind that is taken.
    """
    customer = Customer.objects.select_for_update(no_key=True).select_related("company").get(pk=customer.pk)
    if customer.archived_at:
        raise exceptions.CustomerArchived
    check_amount(amount, currency)
    today = billing_day(customer.company)
    if paid_on > today:
        raise exceptions.DateInTheFuture
    if (today - paid_on).days > OLDEST_DAYS:
        raise exceptions.DateTooOld
    if method not in DECLARABLE:
        raise exceptions.NothingChosen
    chosen = _check_invoices(customer, invoices, currency)
    same = DeclaredPayment.objects.filter(
        customer=customer, amount=amount, currency=currency, paid_on=paid_on, state__in=DECLARED_WAITING
    )
    if {each.pk for each in chosen} in [set(row.items.values_list("invoice", flat=True)) for row in same]:
        raise exceptions.DeclaredAlready
    declared = DeclaredPayment(
        company_id=customer.company_id,
        customer=customer,
        amount=amount,
        currency=currency,
        paid_on=paid_on,
        method=PaymentMethod(method),
        bank=bank.strip()[:80],
        reference=reference.strip()[:80],
        note=note.strip()[:500],
        actor_kind=actor,
        declared_by=by,
        declared_by_name=(author_name or str(by or ""))[:160],
    )
    if proof is not None:
        declared.proof = store_file(
            declared, proof, by=by, actor=ActorKind(actor), author_name=declared.declared_by_name
        )
    declared.serial = next_number(customer.company, DECLARED_SERIES)
    declared.number = f"D-{declared.serial:06d}"
    declared.save(force_insert=True)
    DeclaredItem.objects.bulk_create(
        DeclaredItem(
            company_id=customer.company_id, customer_id=customer.pk, declared=declared, invoice=invoice
        )
        for invoice in chosen
    )
    log("payments.declare", declared, by=by, amount=str(amount), number=declared.number)
    events.announce(DECLARED, **_ids(declared))
    return declared


@transaction.atomic
def start_review(declared: DeclaredPayment, *, by: Any | None) -> DeclaredPayment:
    """Somebody looks at it, and the customer sees that."""
    declared = _entering(declared, DeclaredState.UNDER_REVIEW)
    declared.save(update_fields=["state"])
    log("payments.review", declared, by=by)
    return declared


@transaction.atomic
def confirm_declared(
    declared: DeclaredPayment,
    *,
    by: Any | None,
    invoices: Mapping[UUID, Decimal] | Sequence[Invoice] | None = None,
    on: date | None = None,
    amount: Decimal | None = None,
    fees: Decimal | None = None,
    bank_line: str = "",
) -> Payment:
    """The money is there: book it, and use it for the invoices that it was for, or for others.

    `on` and `amount` are what the bank says where it differs from what the customer said. `fees` is what of it is
    fine and interest; without it, what came beyond what was open, as far as waiting had cost as much on that day.
    """
    wanted: Mapping[UUID, Decimal] | Sequence[Invoice]
    if invoices is None:
        items = declared.items.select_related("invoice").order_by("invoice__next_due_on", "pk")
        wanted = [each.invoice for each in items]
    else:
        wanted = invoices
    locked = lock_invoices(list(wanted) if isinstance(wanted, Mapping) else [each.pk for each in wanted])
    declared = _entering(declared, DeclaredState.CONFIRMED)
    amount, on = amount or declared.amount, on or declared.paid_on
    if not isinstance(wanted, Mapping):
        wanted = [locked[each.pk] for each in wanted if locked[each.pk].state == InvoiceState.ISSUED]
        if fees is None:
            left = amount - sum((each.open_now for each in wanted), Decimal(0))
            whole = [(each, list(each.instalments.order_by("number"))) for each in wanted]
            fees = waiting_cost(whole, on=on, left=left)
    payment = record_payment(
        declared.customer,
        by=by,
        amount=amount,
        currency=declared.currency,
        method=declared.method,
        on=on,
        fees=fees or Decimal(0),
        invoices=wanted,
        declared=declared,
        bank_line=bank_line,
        payer_name=declared.declared_by_name,
        note=declared.note,
    )
    _decided(declared, by, "")
    events.announce(DECLARED_CONFIRMED, **_ids(declared))
    return payment


@transaction.atomic
def reject_declared(declared: DeclaredPayment, *, by: Any | None, reason: str) -> DeclaredPayment:
    """The money is not there, for a reason that the customer reads."""
    if not reason.strip():
        raise exceptions.ReasonMissing
    declared = _entering(declared, DeclaredState.REJECTED)
    _decided(declared, by, reason.strip()[:300])
    events.announce(DECLARED_REJECTED, **_ids(declared))
    return declared


def _decided(declared: DeclaredPayment, by: Any | None, reason: str) -> None:
    declared.reason, declared.decided_by, declared.decided_at = reason, by, timezone.now()
    declared.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    log("payments.decide", declared, by=by, state=declared.state, reason=reason)


def _check_invoices(customer: Customer, invoices: Sequence[Invoice], currency: str) -> list[Invoice]:
    chosen = list({each.pk: each for each in invoices}.values())
    if len(chosen) > MOST_INVOICES:
        raise exceptions.TooManyInvoices
    for invoice in chosen:
        if invoice.customer_id != customer.pk:
            raise exceptions.AnotherCustomer
        if invoice.currency != currency:
            raise exceptions.AnotherCurrency
        if invoice.open_now <= 0:
            raise exceptions.NothingOpen
    return chosen


def _entering(declared: DeclaredPayment, state: DeclaredState) -> DeclaredPayment:
    locked: DeclaredPayment = (
        DeclaredPayment.objects.select_for_update(no_key=True, of=("self",))
        .select_related("customer__company")
        .get(pk=declared.pk)
    )
    if state not in DECLARED_TRANSITIONS[DeclaredState(locked.state)]:
        raise exceptions.AlreadyDecided
    locked.state = state
    return locked


def _ids(declared: DeclaredPayment) -> dict[str, Any]:
    return {
        "company_id": declared.company_id,
        "customer_id": declared.customer_id,
        "declared_id": declared.pk,
    }
