"""What follows from a provider's word: an attempt is settled, awaited, failed; money goes back, or is disputed.

The provider's word is believed for what it says of its own money, and for nothing else: which invoices are paid
is what the attempt says that was begun here, and how much of them is open is looked up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal_modules.core.amounts import NoAmount
from portal_modules.core.compiled import compiled
from portal_modules.core.exceptions import Refusal
from portal_modules.core.together import know, once

from ..choices import ON_THE_WAY, AttemptState, RunState
from ..models import Dispute, Payment, PaymentAttempt, PaymentProvider, Refund
from ..providers.base import Meaning, MoneyBack, Seen, SessionState
from .attempts import end_attempt, mark_pending
from .refunds import (
    close_dispute,
    confirm_refund,
    fail_refund,
    mark_refund_sent,
    open_dispute,
    parted,
    refund_asked_for,
    refund_payment,
)
from .settling import know_items, settle_attempt
from .settling_together import Charged, settle_together

Outcome = tuple[RunState, str]

# Told before the payment that it is about: it waits until that is booked.
_EARLY: Final[Outcome] = (RunState.WAITING, "no payment of ours yet")
_REFUND_FAILED: Final = frozenset({"failed", "canceled"})
# A warning that was closed has taken no money.
_DECIDED: Final = {"won": True, "lost": False, "warning_closed": True}
_ENDS: Final = {SessionState.FAILED: AttemptState.FAILED, SessionState.EXPIRED: AttemptState.EXPIRED}


def needs_a_second_look(provider: PaymentProvider, meaning: Meaning) -> PaymentAttempt | None:
    """The attempt whose session is asked for before an event is believed; None where the event is enough.

    Events come in any order. One that says that nothing will come is old, where money was on its way.
    """
    seen = meaning.seen
    if seen is None or not (meaning.in_doubt or seen.state in _ENDS):
        return None
    found = _attempt_of(provider, seen)
    if found is None or not found.provider_session or found.state not in ON_THE_WAY:
        return None
    return found


def look_ahead(words: Iterable[tuple[PaymentProvider, Meaning]]) -> None:
    """Read together what many words of providers are about, each of which would ask for its own.

    Nothing is locked by it and nothing decided: whoever changes an attempt reads it again with its lock.
    """
    named: dict[UUID, set[UUID]] = defaultdict(set)
    for provider, meaning in words:
        if meaning.seen is not None and (name := _name_of(meaning.seen)):
            named[provider.pk].add(name)
    for key, names in named.items():
        found = {each.pk: each for each in _attempts(key, tuple(sorted(names)))}
        for name in names:
            know(_told_as(key, name), found.get(name))
        know_items(sorted(found))


def book_ahead(words: Iterable[tuple[PaymentProvider, Meaning, datetime | None]]) -> None:
    """Book together what many words of providers say was paid, where nothing about it is unusual.

    Each word is worked off afterwards all the same; what is booked by then is only found.
    """
    told: dict[str, Charged] = {}
    for provider, meaning, at in words:
        seen = meaning.seen
        if seen is None or meaning.in_doubt or seen.state != SessionState.PAID or not seen.charge:
            continue
        attempt = _attempt_of(provider, seen)
        if attempt is not None and not _doubt(provider, attempt, seen):
            method = seen.method or attempt.method
            money = (seen.amount, seen.currency, seen.charge)
            told.setdefault(seen.charge, Charged(attempt, *money, method, at or timezone.now()))
    for attempt, charge in settle_together(list(told.values())):
        know(_told_as(attempt.provider_id, attempt.pk), attempt)
        know(_booked_as(attempt, charge), True)


def apply_meaning(provider: PaymentProvider, meaning: Meaning, *, at: datetime | None) -> Outcome:
    """Do what an event asks for, as far as that was not done before."""
    outcome: Outcome = (RunState.IGNORED, "")
    if meaning.seen is not None:
        outcome = apply_seen(provider, meaning.seen, at=at)
    for back in meaning.refunds:
        outcome = _refunded(provider, back)
    if meaning.dispute is not None:
        outcome = _disputed(provider, meaning.dispute)
    return outcome


def apply_seen(provider: PaymentProvider, seen: Seen, *, at: datetime | None) -> Outcome:
    """How a payment stands at the provider, taken over here."""
    attempt = _attempt_of(provider, seen)
    is_paid = seen.state == SessionState.PAID
    if attempt is None:
        if is_paid and seen.attempt:
            return RunState.REVIEW, "paid, and no attempt of ours"
        return RunState.IGNORED, "no attempt of ours"
    if doubt := _doubt(provider, attempt, seen):
        return RunState.REVIEW, doubt
    if is_paid:
        return _paid(attempt, seen, at)
    if attempt.state not in ON_THE_WAY:
        return RunState.DONE, ""  # it came late: what is over does not begin again
    if seen.state == SessionState.PENDING:
        mark_pending(attempt, charge=seen.charge)
    elif seen.state in _ENDS:
        end_attempt(attempt, _ENDS[seen.state])
    return RunState.DONE, ""


def _doubt(provider: PaymentProvider, attempt: PaymentAttempt, seen: Seen) -> str:
    """Why a word is not believed; empty for one that is."""
    if seen.is_live is not provider.is_live:
        return "another mode"
    if seen.session and attempt.provider_session and seen.session != attempt.provider_session:
        return "another session than the attempt's"
    return ""


def _paid(attempt: PaymentAttempt, seen: Seen, at: datetime | None) -> Outcome:
    if not seen.charge:
        return RunState.REVIEW, "paid, and no charge is named"
    if once(_booked_as(attempt, seen.charge), lambda: False):
        return RunState.DONE, ""
    try:
        settle_attempt(
            attempt,
            amount=seen.amount,
            currency=seen.currency,
            charge=seen.charge,
            method=seen.method or attempt.method,
            at=at or timezone.now(),
        )
    except (NoAmount, Refusal) as refusal:
        return RunState.REVIEW, f"{type(refusal).__name__}: {seen.amount} {seen.currency}"
    return RunState.DONE, ""


def _attempt_of(provider: PaymentProvider, seen: Seen) -> PaymentAttempt | None:
    """The attempt that a word of a provider is about: one of the same company, begun with the same account."""
    name = _name_of(seen)
    if name is None:
        return None
    return once(_told_as(provider.pk, name), lambda: next(iter(_attempts(provider.pk, (name,))), None))


def _name_of(seen: Seen) -> UUID | None:
    try:
        return UUID(seen.attempt)
    except ValueError:
        return None


def _told_as(provider: UUID, name: UUID) -> tuple[str, UUID, UUID]:
    return "payments.attempt", provider, name


def _booked_as(attempt: PaymentAttempt, charge: str) -> tuple[str, UUID, str]:
    return "payments.booked", attempt.pk, charge


@compiled
def _attempts(provider: UUID, names: tuple[UUID, ...]) -> QuerySet[PaymentAttempt]:
    rows = PaymentAttempt.objects.filter(provider_id=provider, pk__in=names)
    return rows.select_related("customer__company", "provider")


def _payment_of(provider: PaymentProvider, back: MoneyBack) -> Payment | None:
    if not back.charge:
        return None
    rows = Payment.objects.filter(provider=provider).select_related("customer__company")
    found: Payment | None = rows.filter(provider_charge=back.charge).first()
    return found


def _refunded(provider: PaymentProvider, back: MoneyBack) -> Outcome:
    """Booked once, whoever asked for it, and then followed: what fails is the customer's credit again."""
    payment = _payment_of(provider, back)
    if payment is None:
        return _EARLY
    booked: Refund | None = Refund.objects.filter(provider_refund=back.reference).first()
    refund = booked or refund_asked_for(payment, back.key)
    has_failed = back.state in _REFUND_FAILED
    if refund is None and has_failed:
        return RunState.IGNORED, "a refund that came to nothing"
    if back.currency != payment.currency:
        return RunState.REVIEW, "a refund in another currency"
    if refund is not None and refund.whole != back.amount:
        return RunState.REVIEW, f"refund {back.reference}: another amount than was asked for"
    try:
        if refund is None:
            with translation.override(payment.company.spoken(payment.company.language)):
                reason = _("Refunded at the provider")
            refund = refund_payment(
                payment,
                by=None,
                reason=reason,
                provider_refund=back.reference,
                is_confirmed=False,
                **parted(payment, back.amount),
            )
        if has_failed:
            fail_refund(refund, by=None, note=back.reason)
        elif back.state == "succeeded":
            confirm_refund(refund, by=None)
        else:
            mark_refund_sent(refund)
    except (NoAmount, Refusal) as refusal:
        return RunState.REVIEW, f"refund {back.reference}: {type(refusal).__name__}"
    return RunState.DONE, ""


def _disputed(provider: PaymentProvider, back: MoneyBack) -> Outcome:
    payment = _payment_of(provider, back)
    if payment is None:
        return _EARLY
    try:
        dispute: Dispute = open_dispute(
            payment, provider_dispute=back.reference, amount=back.amount, reason=back.reason
        )
        if back.state in _DECIDED:
            close_dispute(dispute, is_won=_DECIDED[back.state])
    except (NoAmount, Refusal) as refusal:
        return RunState.REVIEW, f"dispute {back.reference}: {type(refusal).__name__}"
    return RunState.DONE, ""
