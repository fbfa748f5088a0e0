"""Money that goes back: refunds, disputes, and what was booked by mistake."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypedDict
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from portal_modules.billing.actions import billing_day, refuse_closed_month
from portal_modules.core.actions import log
from portal_modules.core.events import events

from .. import exceptions
from ..choices import DISPUTE_TRANSITIONS, DisputeState, RefundKind, RefundState
from ..events import DISPUTED, REFUND_FAILED, REFUND_SILENT, REFUNDED
from ..models import Allocation, Dispute, Payment, Refund, RefundStep
from ..opening import has_adapter
from .ledger import check_amount, lock_invoices, lock_source, take_back

_KEY: Final = "balcao-refund-"


class Parted(TypedDict):
    """An amount that goes back: what of it pays invoices or is credit, and what is fine and interest."""

    amount: Decimal
    fees: Decimal


@transaction.atomic
def refund_payment(
    payment: Payment,
    *,
    by: Any | None,
    amount: Decimal,
    reason: str,
    kind: str = RefundKind.REFUND,
    on: date | None = None,
    provider_refund: str = "",
    is_confirmed: bool = True,
    fees: Decimal = Decimal(0),
) -> Refund:
    """Give money of a payment back. What is not left of it is taken back from the invoices first, the last first.

    `fees` is the fine and interest that goes back with it, which pays no invoice. One that its provider still has to
    carry out is not `is_confirmed`: see `confirm_refund` and `fail_refund`. The same refund of a provider is booked
    once, and returned.
    """
    if not reason.strip():
        raise exceptions.ReasonMissing
    check_amount(amount + fees, payment.currency)
    held = list(Allocation.objects.holding().filter(payment=payment).order_by("-made_at", "-pk"))
    lock_invoices([each.invoice_id for each in held])
    found, left = lock_source(payment)
    assert isinstance(found, Payment)
    if provider_refund:
        booked: Refund | None = Refund.objects.filter(provider_refund=provider_refund).first()
        if booked is not None:
            return booked
    # What was used meanwhile is not among those that are locked, and is refused rather than waited for.
    if amount > left + sum((each.held for each in held), Decimal(0)) or fees > fees_there(found):
        raise exceptions.MoreThanLeft
    day = on or billing_day(payment.company)
    if day < payment.received_on or day > billing_day(payment.company):
        raise exceptions.DateInTheFuture
    refuse_closed_month(day)
    for each in held:
        if left >= amount:
            break
        share = min(each.held, amount - left)
        take_back(each, by=by, reason=reason, amount=share)
        left += share
    refund: Refund = Refund.objects.create(
        company_id=payment.company_id,
        customer_id=payment.customer_id,
        payment=payment,
        kind=RefundKind(kind),
        amount=amount,
        fees=fees,
        currency=payment.currency,
        refunded_on=day,
        reason=reason.strip()[:300],
        provider_refund=provider_refund[:255],
        made_by=by,
    )
    log("payments.refund", payment, by=by, amount=str(refund.whole), reason=refund.reason, kind=refund.kind)
    if is_confirmed:
        confirm_refund(refund, by=by)
    return refund


def there(payment: Payment) -> Decimal:
    """What of a payment has not gone back, without its fine and interest."""
    found: Any = Payment.objects.with_left().get(pk=payment.pk)
    return Decimal(found.amount - found.fees - found.given_back)


def fees_there(payment: Payment) -> Decimal:
    """What of its fine and interest has not gone back."""
    back = Refund.objects.filter(payment=payment).exclude(steps__state=RefundState.FAILED)
    return Decimal(payment.fees - (back.aggregate(sum=Sum("fees"))["sum"] or 0))


def refund_all(payment: Payment, *, by: Any | None, reason: str, kind: str = RefundKind.REFUND) -> Refund:
    """All that has not gone back yet, fine and interest too. Raises `MoreThanLeft` where nothing is there."""
    amount, fees = there(payment), fees_there(payment)
    if amount + fees <= 0:
        raise exceptions.MoreThanLeft
    return refund_payment(payment, by=by, amount=amount, fees=fees, reason=reason, kind=kind)


def parted(payment: Payment, amount: Decimal) -> Parted:
    """An amount that goes back: fine and interest are what of it is in nobody's balance, and go last."""
    fees = min(max(amount - there(payment), Decimal(0)), fees_there(payment))
    return Parted(amount=amount - fees, fees=fees)


@transaction.atomic
def ask_refund(payment: Payment, *, by: Any | None, amount: Decimal, reason: str) -> Refund:
    """Have the provider that took a payment give money of it back: see `refund_tasks`. It waits for its word.

    Raises `NoProviderToAsk` for a payment that came in another way.
    """
    if payment.provider is None or not payment.provider_charge or not has_adapter(payment.provider):
        raise exceptions.NoProviderToAsk
    return refund_payment(payment, by=by, reason=reason, is_confirmed=False, **parted(payment, amount))


def key_of_refund(refund: Refund) -> str:
    """Under which key a provider is asked for it: asked again, it is the same refund there."""
    return f"{_KEY}{refund.pk}"


def refund_asked_for(payment: Payment, key: str) -> Refund | None:
    """The refund of a payment that was asked for under a key; None for another's."""
    try:
        name = UUID(key.removeprefix(_KEY))
    except ValueError:
        return None
    found: Refund | None = payment.refunds.filter(pk=name).first()
    return found


@transaction.atomic
def mark_refund_sent(refund: Refund) -> Refund:
    """The provider knows of it: it is not asked for again. What is further stays as it is."""
    _step(refund, RefundState.SENT, "", None)
    return refund


@transaction.atomic
def confirm_refund(refund: Refund, *, by: Any | None, note: str = "") -> Refund:
    """It has gone back, and the customer is told. Again, it changes nothing."""
    if _step(refund, RefundState.CONFIRMED, note, by):
        events.announce(REFUNDED, **_ids(refund.payment), refund_id=refund.pk)
    return refund


@transaction.atomic
def fail_refund(refund: Refund, *, by: Any | None, note: str = "") -> Refund:
    """It has not gone back, or was sent back: the money is the customer's credit. Again, it changes nothing."""
    if _step(refund, RefundState.FAILED, note, by):
        events.announce(REFUND_FAILED, **_ids(refund.payment), refund_id=refund.pk)
    return refund


def tell_that_it_is_silent(refund: Refund) -> None:
    """Its provider knows nothing of it, though it was asked: somebody has to decide what is done."""
    events.announce(REFUND_SILENT, **_ids(refund.payment), refund_id=refund.pk)


def _step(refund: Refund, state: RefundState, note: str, by: Any | None) -> bool:
    Refund.objects.select_for_update(no_key=True).get(pk=refund.pk)
    reached = set(RefundStep.objects.filter(refund=refund).values_list("state", flat=True))
    if reached & {state, RefundState.FAILED} or (state == RefundState.SENT and reached):
        return False
    RefundStep.objects.create(
        company_id=refund.company_id,
        customer_id=refund.customer_id,
        refund=refund,
        state=state,
        note=note[:300],
    )
    log(f"payments.refund_{state}", refund.payment, by=by, refund=str(refund.pk), note=note[:300])
    return True


@transaction.atomic
def open_dispute(
    payment: Payment,
    *,
    provider_dispute: str,
    amount: Decimal,
    reason: str = "",
    answer_by: datetime | None = None,
) -> Dispute:
    """The payer denies a payment at the provider. Nothing is owed again until it is lost. The same once."""
    Payment.objects.select_for_update(no_key=True).get(pk=payment.pk)
    dispute: Dispute | None = Dispute.objects.filter(provider_dispute=provider_dispute).first()
    if dispute is not None:
        return dispute
    check_amount(amount, payment.currency)
    dispute = Dispute.objects.create(
        company_id=payment.company_id,
        customer_id=payment.customer_id,
        payment=payment,
        provider_dispute=provider_dispute[:255],
        amount=amount,
        currency=payment.currency,
        reason=reason[:120],
        answer_by=answer_by,
    )
    log("payments.dispute", payment, by=None, amount=str(amount), reason=dispute.reason)
    events.announce(DISPUTED, **_ids(payment), dispute_id=dispute.pk)
    return dispute


@transaction.atomic
def close_dispute(dispute: Dispute, *, is_won: bool, by: Any | None = None) -> Dispute:
    """The provider has decided. Lost, its amount is booked out, and what it paid is owed again. Again, nothing."""
    held = Allocation.objects.holding().filter(payment_id=dispute.payment_id)
    lock_invoices([each.invoice_id for each in held])
    lock_source(dispute.payment)
    dispute = (
        Dispute.objects.select_for_update(no_key=True).select_related("payment__company").get(pk=dispute.pk)
    )
    state = DisputeState.WON if is_won else DisputeState.LOST
    if dispute.state == state:
        return dispute
    if state not in DISPUTE_TRANSITIONS[DisputeState(dispute.state)]:
        raise exceptions.AlreadyDecided
    dispute.state, dispute.closed_at = state, timezone.now()
    if not is_won:
        payment = dispute.payment
        if amount := min(dispute.amount, there(payment) + fees_there(payment)):
            dispute.refund = refund_payment(
                payment,
                by=by,
                **parted(payment, amount),
                reason=dispute.reason or dispute.provider_dispute,
                kind=RefundKind.DISPUTE,
            )
    dispute.save(update_fields=["state", "closed_at", "refund"])
    log(f"payments.dispute_{state}", dispute.payment, by=by, dispute=dispute.provider_dispute)
    return dispute


def _ids(payment: Payment) -> dict[str, Any]:
    return {
        "company_id": payment.company_id,
        "customer_id": payment.customer_id,
        "payment_id": payment.pk,
    }
