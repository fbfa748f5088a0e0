"""Words of payments: methods, states and where each leads."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PaymentMethod(models.TextChoices):
    """How money came."""

    CARD = "card", _("Card")
    PIX = "pix", "Pix"
    BOLETO = "boleto", _("Boleto")
    MULTIBANCO = "multibanco", "Multibanco"
    MB_WAY = "mb_way", "MB WAY"
    BIZUM = "bizum", "Bizum"
    SEPA_DEBIT = "sepa_debit", _("SEPA debit")
    WEBPAY = "webpay", "Webpay"
    SERVIPAG = "servipag", "Servipag"
    WALLET = "wallet", _("Wallet")
    TRANSFER = "transfer", _("Bank transfer")
    DEPOSIT = "deposit", _("Deposit")
    CASH = "cash", _("Cash")
    CHEQUE = "cheque", _("Cheque")
    OTHER = "other", _("Another way")


# What a customer may say of a payment that was made elsewhere.
DECLARABLE: Final = (
    PaymentMethod.TRANSFER,
    PaymentMethod.PIX,
    PaymentMethod.DEPOSIT,
    PaymentMethod.BOLETO,
    PaymentMethod.CHEQUE,
    PaymentMethod.CASH,
    PaymentMethod.OTHER,
)


class ProviderKind(models.TextChoices):
    """Who takes the money."""

    STRIPE = "stripe", "Stripe"
    SANDBOX = "sandbox", _("Sandbox")
    TRANSFER = "transfer", _("Bank transfer")
    PIX_KEY = "pix_key", _("Own Pix key")


class AttemptState(models.TextChoices):
    """How far an attempt to pay online is."""

    OPEN = "open", pgettext_lazy("payment", "Begun")
    PENDING = "pending", pgettext_lazy("payment", "Waiting for the money")
    SUCCEEDED = "succeeded", pgettext_lazy("payment", "Paid")
    FAILED = "failed", pgettext_lazy("payment", "Declined")
    EXPIRED = "expired", pgettext_lazy("payment", "Expired")
    CANCELLED = "cancelled", pgettext_lazy("payment", "Cancelled")
    REVIEW = "review", pgettext_lazy("payment", "Being looked at")


# An invoice has at most one attempt that is on its way.
ON_THE_WAY: Final = (AttemptState.OPEN, AttemptState.PENDING)

# Money that comes after all is never refused: what had ended can still succeed, or be looked at.
ATTEMPT_TRANSITIONS: Final[dict[AttemptState, tuple[AttemptState, ...]]] = {
    AttemptState.OPEN: (
        AttemptState.PENDING,
        AttemptState.SUCCEEDED,
        AttemptState.FAILED,
        AttemptState.EXPIRED,
        AttemptState.CANCELLED,
        AttemptState.REVIEW,
    ),
    AttemptState.PENDING: (
        AttemptState.SUCCEEDED,
        AttemptState.FAILED,
        AttemptState.EXPIRED,
        AttemptState.CANCELLED,
        AttemptState.REVIEW,
    ),
    AttemptState.FAILED: (AttemptState.SUCCEEDED, AttemptState.REVIEW),
    AttemptState.EXPIRED: (AttemptState.SUCCEEDED, AttemptState.REVIEW),
    AttemptState.CANCELLED: (AttemptState.SUCCEEDED, AttemptState.REVIEW),
    AttemptState.REVIEW: (AttemptState.SUCCEEDED, AttemptState.CANCELLED),
    AttemptState.SUCCEEDED: (),
}


class DeclaredState(models.TextChoices):
    """What became of a payment that a customer told us of."""

    RECEIVED = "received", pgettext_lazy("declared payment", "Received")
    UNDER_REVIEW = "review", pgettext_lazy("declared payment", "Under review")
    CONFIRMED = "confirmed", pgettext_lazy("declared payment", "Confirmed")
    REJECTED = "rejected", pgettext_lazy("declared payment", "Not accepted")


# As long as one is in these, nobody is reminded of its invoices.
DECLARED_WAITING: Final = (DeclaredState.RECEIVED, DeclaredState.UNDER_REVIEW)

DECLARED_TRANSITIONS: Final[dict[DeclaredState, tuple[DeclaredState, ...]]] = {
    DeclaredState.RECEIVED: (
        DeclaredState.UNDER_REVIEW,
        DeclaredState.CONFIRMED,
        DeclaredState.REJECTED,
    ),
    DeclaredState.UNDER_REVIEW: (DeclaredState.CONFIRMED, DeclaredState.REJECTED),
    DeclaredState.CONFIRMED: (),
    # What was found later is accepted after all.
    DeclaredState.REJECTED: (DeclaredState.UNDER_REVIEW, DeclaredState.CONFIRMED),
}


class RunState(models.TextChoices):
    """How far an event of a provider has been worked off."""

    WAITING = "waiting", pgettext_lazy("provider event", "Waiting")
    DONE = "done", pgettext_lazy("provider event", "Done")
    IGNORED = "ignored", pgettext_lazy("provider event", "Of no concern")
    FAILED = "failed", pgettext_lazy("provider event", "Failed")
    REVIEW = "review", pgettext_lazy("provider event", "To be looked at")


RUN_TRANSITIONS: Final[dict[RunState, tuple[RunState, ...]]] = {
    RunState.WAITING: (RunState.DONE, RunState.IGNORED, RunState.FAILED, RunState.REVIEW),
    RunState.FAILED: (RunState.WAITING, RunState.DONE, RunState.IGNORED, RunState.REVIEW),
    RunState.REVIEW: (RunState.WAITING, RunState.DONE, RunState.IGNORED),
    RunState.DONE: (),
    RunState.IGNORED: (),
}


class RefundKind(models.TextChoices):
    """Why money that was booked is not there any more."""

    REFUND = "refund", pgettext_lazy("refund", "Refund")
    DISPUTE = "dispute", pgettext_lazy("refund", "Lost dispute")
    MISTAKE = "mistake", pgettext_lazy("refund", "Booked by mistake")


class RefundState(models.TextChoices):
    """How far a refund is. One that failed has given the money back to the payment."""

    ASKED = "asked", pgettext_lazy("refund", "On its way")
    # The provider knows of it, and has not carried it out yet.
    SENT = "sent", pgettext_lazy("refund", "On its way at the provider")
    CONFIRMED = "confirmed", pgettext_lazy("refund", "Refunded")
    FAILED = "failed", pgettext_lazy("refund", "Failed")


# Stripe forgets a key after a day: asked again later, it would pay a second time.
# https://docs.stripe.com/api/idempotent_requests
KEY_IS_GOOD: Final = timedelta(hours=20)
# What stands beside a refund that staff gave up, because its provider knows nothing of it.
GIVEN_UP: Final = "given up"


class DisputeState(models.TextChoices):
    """How a dispute stands at the provider."""

    OPEN = "open", pgettext_lazy("dispute", "Open")
    WON = "won", pgettext_lazy("dispute", "Won")
    LOST = "lost", pgettext_lazy("dispute", "Lost")


DISPUTE_TRANSITIONS: Final[dict[DisputeState, tuple[DisputeState, ...]]] = {
    DisputeState.OPEN: (DisputeState.WON, DisputeState.LOST),
    DisputeState.WON: (),
    DisputeState.LOST: (),
}


class Surplus(models.TextChoices):
    """What is done with more than is owed."""

    CREDIT = "credit", _("Keep it as credit of the customer")
    REFUSED = "refused", _("Refuse it")


class CreditUse(models.TextChoices):
    """Whether what a customer has in credit pays a new invoice."""

    ALWAYS = "always", _("Always, without being asked")
    ASKED = "asked", _("When the customer chooses it")
    OFF = "off", _("Never by itself; staff use it")


class AutopayEnd(models.TextChoices):
    """How an agreement to pay automatically ended."""

    CUSTOMER = "customer", pgettext_lazy("autopay", "Switched off by the customer")
    DECLINED = "declined", pgettext_lazy("autopay", "Declined twice")
    STAFF = "staff", pgettext_lazy("autopay", "Switched off by the company")


class AutopayRunState(models.TextChoices):
    """How far one automatic payment is."""

    ANNOUNCED = "announced", pgettext_lazy("autopay", "Announced")
    PAID = "paid", pgettext_lazy("autopay", "Paid")
    FAILED = "failed", pgettext_lazy("autopay", "Declined")
    DROPPED = "dropped", pgettext_lazy("autopay", "Not needed")


class BankFormat(models.TextChoices):
    """How a bank file is written."""

    OFX = "ofx", "OFX"
    CNAB_240 = "cnab240", "CNAB 240"
    CNAB_400 = "cnab400", "CNAB 400"


class LineState(models.TextChoices):
    """What was made of a line of the bank."""

    OPEN = "open", pgettext_lazy("line of the bank", "To be decided")
    BOOKED = "booked", pgettext_lazy("line of the bank", "Booked")
    IGNORED = "ignored", pgettext_lazy("line of the bank", "Left out")
    OUT = "out", pgettext_lazy("line of the bank", "Money that went out")


LINE_TRANSITIONS: Final[dict[LineState, tuple[LineState, ...]]] = {
    LineState.OPEN: (LineState.BOOKED, LineState.IGNORED),
    # What was booked wrongly is undone in the ledger, and decided anew.
    LineState.BOOKED: (LineState.OPEN,),
    LineState.IGNORED: (LineState.OPEN,),
    LineState.OUT: (),
}


class Sureness(models.TextChoices):
    """How much speaks for what is proposed for a line of the bank."""

    SURE = "sure", pgettext_lazy("proposal", "Sure")
    LIKELY = "likely", pgettext_lazy("proposal", "Likely")
    UNSURE = "unsure", pgettext_lazy("proposal", "Look closely")


# From so many points on, of 100.
SURE_FROM: Final = 80
LIKELY_FROM: Final = 50


class PayoutState(models.TextChoices):
    """How far a payout is, in the provider's words."""

    PENDING = "pending", pgettext_lazy("payout", "Planned")
    IN_TRANSIT = "in_transit", pgettext_lazy("payout", "On its way to your bank")
    PAID = "paid", pgettext_lazy("payout", "Sent")
    FAILED = "failed", pgettext_lazy("payout", "Came back")
    CANCELED = "canceled", pgettext_lazy("payout", "Cancelled")


class PayoutInterval(models.TextChoices):
    """How often a provider sends money to the bank."""

    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    MANUAL = "manual", _("Only when you ask for it there")
