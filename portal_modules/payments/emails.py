"""What is mailed about payments: receipts, refunds, and what was not accepted."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal_modules.core.addresses import record_address
from portal_modules.core.amounts import money_shown
from portal_modules.core.companies import card_of_company
from portal_modules.notifications.mails import Attachment, Button, Mail, mails
from portal_modules.notifications.models import OutboxMessage

from .events import DECLARED_REJECTED, RECEIVED, REFUNDED
from .models import Allocation, DeclaredPayment, Payment, Refund
from .receipts import receipt_name, receipt_pdf
from .switches import RECEIPTS


@mails.for_event(RECEIVED)
def received(message: OutboxMessage) -> Mail | None:
    """The receipt: how much, for what, with its PDF."""
    payment = _payment(message)
    if payment is None:
        return None
    card = card_of_company(message.company)
    values = _values(payment)
    uses = Allocation.objects.holding().filter(payment=payment).select_related("invoice")[:20]
    page = record_address(message.company, message.language, payment)
    return Mail(
        subject=_("Receipt %(number)s") % values,
        title=_("We have received your payment"),
        paragraphs=[_("Thank you.")],
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


@mails.for_event(REFUNDED)
def refunded(message: OutboxMessage) -> Mail | None:
    """How much goes back, and why."""
    refund = Refund.objects.filter(pk=message.payload["refund_id"]).select_related("payment").first()
    if refund is None or refund.state == "failed":
        return None
    values = {**_values(refund.payment), "amount": refund.amount_shown}
    page = record_address(message.company, message.language, refund.payment)
    return Mail(
        subject=_("Refund of payment %(number)s") % values,
        title=_("We are giving you money back"),
        paragraphs=[_("Depending on your bank it takes some days to arrive.")],
        facts=[
            (_("Payment"), values["number"]),
            (_("Amount"), values["amount"]),
            (_("Reason"), refund.reason),
        ],
        button=Button(_("See the payment"), page),
        reason=_reason(message),
        values=values,
    )


@mails.for_event(DECLARED_REJECTED)
def rejected(message: OutboxMessage) -> Mail | None:
    """Why it was not accepted."""
    declared = DeclaredPayment.objects.filter(pk=message.payload["declared_id"]).first()
    if declared is None or not declared.reason:
        return None
    values = {
        "number": declared.number,
        "amount": declared.amount_shown,
        "day": date_format(declared.paid_on, "DATE_FORMAT"),
    }
    page = record_address(message.company, message.language, declared)
    return Mail(
        subject=_("About the payment that you told us of"),
        title=_("We have not found your payment"),
        paragraphs=[declared.reason],
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
