"""What the customer's people are told of payments, and credit that pays new invoices by itself."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal_modules.billing.events import ISSUED
from portal_modules.billing.models import Invoice
from portal_modules.conversations.actions import note_change, note_changes
from portal_modules.core.access import ActorKind
from portal_modules.core.amounts import money_shown
from portal_modules.core.compiled import compiled
from portal_modules.core.events import events
from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.notifications.actions import Telling, tell_customer, tell_customers

from .actions import policy_in_scope, use_credit
from .choices import CreditUse, RefundKind
from .events import (
    ALLOCATED,
    DECLARED_REJECTED,
    RECEIVED,
    REFUND_FAILED,
    REFUND_SILENT,
    REFUNDED,
    TAKEN_BACK,
)
from .exceptions import NoCredit
from .models import DeclaredPayment, Payment, Refund
from .staff_mails import tell_who_may_refund


@events.receive_many(RECEIVED)
def send_the_receipts(announced: list[dict[str, Any]]) -> None:
    """At once, where the company sends receipts."""
    if policy_in_scope().sends_receipts:
        tell_customers(
            RECEIVED,
            [
                Telling(payment.customer, {"payment_id": payment.pk}, payment, once=str(payment.pk))
                for payment in _payments(tuple(sorted(each["payment_id"] for each in announced)))
            ],
        )


@events.receive(REFUNDED)
def tell_of_the_refund(company_id: int, customer_id: int, payment_id: UUID, refund_id: UUID) -> None:
    """What was booked by mistake has never been theirs."""
    if Refund.objects.get(pk=refund_id).kind == RefundKind.REFUND:
        payload = {"payment_id": payment_id, "refund_id": refund_id}
        _tell(REFUNDED, _payment(payment_id), payload, str(refund_id))


@events.receive(REFUND_FAILED)
def tell_staff_that_it_failed(company_id: int, customer_id: int, payment_id: UUID, refund_id: UUID) -> None:
    """Those who may refund: somebody waits for this money."""
    tell_who_may_refund(REFUND_FAILED, refund_id)


@events.receive(REFUND_SILENT)
def tell_staff_of_the_silence(company_id: int, customer_id: int, payment_id: UUID, refund_id: UUID) -> None:
    """Those who may refund: nothing happens by itself any more."""
    tell_who_may_refund(REFUND_SILENT, refund_id)


@events.receive(REFUNDED)
def say_that_it_went_back(company_id: int, customer_id: int, payment_id: UUID, refund_id: UUID) -> None:
    """In the payment's own conversation; what it paid is said in those of the invoices."""
    refund = Refund.objects.get(pk=refund_id)
    if refund.kind != RefundKind.MISTAKE:
        _say(_payment(payment_id), _("Refunded: %(amount)s"), refund.whole)


@events.receive(DECLARED_REJECTED)
def tell_why_it_was_not_accepted(company_id: int, customer_id: int, declared_id: UUID) -> None:
    """With the reason; each time, because it may be decided again."""
    declared = DeclaredPayment.objects.select_related("customer__company").get(pk=declared_id)
    once = f"{declared_id}:{declared.decided_at}"
    _tell(DECLARED_REJECTED, declared, {"declared_id": declared_id}, once)


@events.receive(ISSUED)
def pay_with_credit(company_id: int, customer_id: int, invoice_id: UUID) -> None:
    """Where the company always uses it."""
    if policy_in_scope().credit_use != CreditUse.ALWAYS:
        return
    try:
        use_credit(Invoice.objects.get(pk=invoice_id), by=None)
    except NoCredit:
        return


@events.receive_many(ALLOCATED)
def say_that_they_are_paid(announced: list[dict[str, Any]]) -> None:
    """In each invoice's own conversation, where it stays."""
    invoices = _invoices(tuple(sorted({each["invoice_id"] for each in announced})))
    said = [(invoice, _said(invoice, _paid(invoice), invoice.open_now)) for invoice in invoices]
    note_changes(invoices[0].company, said)


def _paid(invoice: Invoice) -> Promise:
    return _("Paid in part: %(amount)s still open") if invoice.open_now else _("Paid")


@events.receive(TAKEN_BACK)
def say_that_it_is_owed_again(company_id: int, customer_id: int, invoice_id: UUID) -> None:
    """When a payment was refunded, or used for the wrong invoice."""
    (invoice,) = _invoices((invoice_id,))
    _say(invoice, _("A payment was taken back: %(amount)s open"), invoice.open_now)


@compiled
def _invoices(keys: tuple[UUID, ...]) -> QuerySet[Invoice]:
    return Invoice.objects.select_related("company").filter(pk__in=keys).order_by("pk")


def _say(record: Invoice | Payment, words: Promise, amount: Decimal) -> None:
    said = _said(record, words, amount)
    note_change(record, words=said, by=None, actor=ActorKind.SYSTEM, author_name="")


def _said(record: Invoice | Payment, words: Promise, amount: Decimal) -> dict[str, str]:
    said = {}
    for language in PUBLIC_LANGUAGES:
        with translation.override(record.company.spoken(language)):
            said[language] = str(words) % {"amount": money_shown(amount, record.currency)}
    return said


def _payment(pk: UUID) -> Payment:
    payment: Payment = _payments((pk,))[0]
    return payment


@compiled
def _payments(keys: tuple[UUID, ...]) -> QuerySet[Payment]:
    return Payment.objects.select_related("customer__company").filter(pk__in=keys).order_by("pk")


def _tell(event: str, record: Any, payload: dict[str, Any], once: str) -> None:
    tell_customer(event, customer=record.customer, payload=payload, record=record, once=once)
