"""What is mailed about payments: receipts, refunds, and what was not accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal_modules.core.addresses import record_address
from portal_modules.core.amounts import money_shown
from portal_modules.core.companies import card_of_company
from portal_modules.notifications.mails import Attachment, Button, Mail, Words, mails
from portal_modules.notifications.models import OutboxMessage

from .events import DECLARED_REJECTED, RECEIVED, REFUNDED
from .models import Allocation, DeclaredPayment, Payment, Refund
from .receipts import receipt_name, receipt_pdf
from .switches import RECEIPTS


def _words_of_received(values: Mapping[str, Any]) -> Words:
    return Words(_("Receipt %(number)s") % values, _("We have received your payment"), [_("Thank you.")])


@mails.for_event(RECEIVED, _words_of_received)
def received(message: OutboxMessage) -> Mail | None:
    """The receipt: how much, for what, with its PDF."""
    payment = _payment(message)
    if payment is None:
        return None
    card = card_of_company(message.company)
    values = _values(payment)
    uses = Allocation.objects.holding().filter(payment=payment).select_related("invoice")[:20]
    page = record_address(message.company, message.language, payment)
    return _words_of_received(values).mail(
        facts=[
            (_("Number"), values["number"]),
            (_("Amount"), values["amount"]),
            (_("Received on"), values["day"]),
            (_("Method"), str(payment.get_method_display())),
            *((use.invoice.number_shown, money_shown(use.held, use.currency)) for use in uses),
        ],
        button=Button(_("See the payment"), page),
        reason=_reason(message),
        values=values,
        attachments=[Attachment(receipt_name(payment), receipt_pdf(payment, card), "application/pdf")]
        if card.is_on(RECEIPTS)
        else (),
    )


def _words_of_refunded(values: Mapping[str, Any]) -> Words:
    return Words(
        _("Refund of payment %(number)s") % values,
        _("We are giving you money back"),
        [_("Depending on your bank it takes some days to arrive.")],
    )


@mails.for_event(REFUNDED, _words_of_refunded)
def refunded(message: OutboxMessage) -> Mail | None:
    """How much goes back, and why."""
    refund = Refund.objects.filter(pk=message.payload["refund_id"]).select_related("payment").first()
    if refund is None or refund.state == "failed":
        return None
    values = {**_values(refund.payment), "amount": refund.amount_shown}
    page = record_address(message.company, message.language, refund.payment)
    return _words_of_refunded(values).mail(
        facts=[
            (_("Payment"), values["number"]),
            (_("Amount"), values["amount"]),
            (_("Reason"), refund.reason),
        ],
        button=Button(_("See the payment"), page),
        reason=_reason(message),
        values=values,
    )


def _words_of_rejected(values: Mapping[str, Any]) -> Words:
    return Words(
        _("About the payment that you told us of"), _("We have not found your payment"), [values["reason"]]
    )


@mails.for_event(DECLARED_REJECTED, _words_of_rejected)
def rejected(message: OutboxMessage) -> Mail | None:
    """Why it was not accepted."""
    declared = DeclaredPayment.objects.filter(pk=message.payload["declared_id"]).first()
    if declared is None or not declared.reason:
        return None
    values = {
        "number": declared.number,
        "amount": declared.amount_shown,
        "day": date_format(declared.paid_on, "DATE_FORMAT"),
        "reason": declared.reason,
    }
    page = record_address(message.company, message.language, declared)
    return _words_of_rejected(values).mail(
        facts=[
            (_("Number"), values["number"]),
            (_("Amount"), values["amount"]),
            (_("Paid on"), values["day"]),
        ],
        button=Button(_("Read and answer"), page),
        reason=_reason(message),
        values=values,
    )


def _payment(message: OutboxMessage) -> Payment | None:
    found: Payment | None = (
        Payment.objects.filter(pk=message.payload["payment_id"]).select_related("customer").first()
    )
    return found


def _values(payment: Payment) -> dict[str, str]:
    return {
        "number": payment.number,
        "amount": payment.amount_shown,
        "day": date_format(payment.received_on, "DATE_FORMAT"),
    }


def _reason(message: OutboxMessage) -> str:
    words = _("You get this mail because %(company)s has this address on file for you.")
    return words % {"company": message.company.name}
