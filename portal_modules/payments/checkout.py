"""From a pressed button to the provider's page: the database and the provider by turns, never one inside the other.

All of it runs when the request's transaction is over (`core.outside`). Whatever goes wrong ends at a page that
says so, and pressing again goes on where it stopped: the attempt is the same, and so is its key.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import ActorKind
from portal_modules.core.addresses import whole_address
from portal_modules.core.exceptions import Refusal
from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer
from portal_modules.users.models import User

from . import exceptions
from .actions.attempts import AskedPart, begin_attempt, end_attempt, remember_page
from .actions.outcomes import apply_seen
from .choices import AttemptState
from .models import PaymentAttempt, PaymentProvider
from .opening import account_of, adapter_of
from .providers.base import (
    Part,
    ProviderFault,
    ProviderRefused,
    ProviderUnreachable,
    SessionState,
    Wanted,
)

logger = logging.getLogger(__name__)

# A page that is this old may be over at the provider, whose event was lost: it is asked.
_OLD: Final = timedelta(minutes=10)
_TURNS: Final = 4


class ProviderSilent(Refusal):
    """The provider does not answer."""

    sentence = _("The payment page does not answer just now. Nothing was charged. Try again in a minute.")


class ProviderSaidNo(Refusal):
    """The provider does not take it."""

    sentence = _("The payment could not be begun. Nothing was charged. Try another way to pay.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to pay, and how."""

    company: Company
    customer: int
    provider: UUID
    method: str
    parts: Sequence[AskedPart]
    language: str
    user: User | None = None
    actor: ActorKind = ActorKind.CONTACT


def go_to_pay(asked: Asked, failed: Callable[[Refusal], str]) -> str:
    """The address of the provider's page; that of `failed` for a refusal."""
    try:
        for _turn in range(_TURNS):
            if address := _turn_of(asked):
                return address
        raise exceptions.AttemptOnItsWay
    except Refusal as refusal:
        return failed(refusal)


def _turn_of(asked: Asked) -> str:
    """One go at it; "" where something stood in the way, which is gone now."""
    with company_scope(asked.company):
        begun = begin_attempt(
            Customer.objects.select_related("company").get(pk=asked.customer),
            provider=_provider(asked.provider),
            method=asked.method,
            parts=asked.parts,
            language=asked.language,
            by=asked.user,
            actor=asked.actor,
        )
        attempt = begun.attempt
        wanted = ask_in_words(asked.company, attempt) if attempt is not None else None
    if attempt is None or wanted is None:
        for each in begun.in_the_way:
            _clear(asked.company, each)
        return ""
    if attempt.url and timezone.now() - attempt.created_at < _OLD:
        return attempt.url
    return _page_of(asked.company, attempt, wanted)


def _page_of(company: Company, attempt: PaymentAttempt, wanted: Wanted) -> str:
    adapter, account = adapter_of(attempt.provider), account_of(attempt.provider)
    try:
        if attempt.provider_session:
            seen = adapter.read(account, attempt.provider_session)
            if seen.state == SessionState.OPEN:
                return attempt.url
            with company_scope(company):
                apply_seen(attempt.provider, seen, at=timezone.now())
            return ""
        opened = adapter.begin(account, wanted)
    except ProviderUnreachable as fault:
        raise ProviderSilent from fault
    except ProviderFault as fault:
        logger.warning("attempt %s was not begun: %s", attempt.pk, fault.words)
        with company_scope(company):
            end_attempt(attempt, AttemptState.FAILED, failure=fault.words)
        raise ProviderSaidNo from fault
    with company_scope(company):
        return remember_page(attempt, opened).url


def _clear(company: Company, attempt: PaymentAttempt) -> None:
    """Take back what somebody began otherwise: its page is closed first, so that nobody pays there any more."""
    if attempt.provider_session:
        try:
            seen = adapter_of(attempt.provider).close(account_of(attempt.provider), attempt.provider_session)
        except ProviderRefused:
            seen = None  # the provider knows nothing of it
        except ProviderFault as fault:
            raise ProviderSilent from fault
        if seen is not None and seen.state in {SessionState.PAID, SessionState.PENDING}:
            with company_scope(company):
                apply_seen(attempt.provider, seen, at=timezone.now())
            raise exceptions.AttemptOnItsWay
    with company_scope(company):
        end_attempt(attempt, AttemptState.CANCELLED)


def _provider(pk: UUID) -> PaymentProvider:
    found: PaymentProvider | None = PaymentProvider.objects.select_related("company").filter(pk=pk).first()
    if found is None:
        raise exceptions.OnlineIsOff
    return found


def ask_in_words(company: Company, attempt: PaymentAttempt, payer: str = "") -> Wanted:
    """What the provider is told. It is made from the attempt alone, so that it is the same each time."""
    back = whole_address(company, attempt.language, "payments:outcome", attempt.pk)
    spoken = company.spoken(attempt.language)
    with translation.override(spoken):
        parts = [
            Part(
                gettext("Invoice %(number)s") % {"number": item.invoice.number_shown},
                item.amount + item.fees,
            )
            for item in attempt.items.select_related("invoice").order_by("pk")
        ]
    return Wanted(
        attempt=str(attempt.pk),
        key=attempt.idempotency_key,
        currency=attempt.currency,
        parts=parts,
        method=attempt.method,
        language=spoken,
        done_url=back,
        back_url=back,
        payer=payer,
    )
