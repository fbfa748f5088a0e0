"""Automatic payments as they are carried out: the books and the provider by turns, never one inside the other."""

from __future__ import annotations

import logging
from datetime import date
from typing import Final

from django.utils import timezone

from portal_modules.billing.actions import billing_day
from portal_modules.core.access import ActorKind
from portal_modules.core.exceptions import Refusal
from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer

from . import exceptions
from .actions.attempts import AskedPart, begin_attempt, end_attempt
from .actions.autopay import (
    announce_autopay,
    drop_run,
    keep_payer,
    note_method,
    note_try,
    warn_of_cards,
)
from .actions.outcomes import apply_seen
from .checkout import ask_in_words
from .choices import AttemptState, AutopayRunState
from .models import AutopayRun, PayerAccount, PaymentAttempt, PaymentProvider
from .opening import account_of, adapter_of
from .providers.base import ProviderFault, ProviderUnreachable, SavedMethod, Seen, SessionState

logger = logging.getLogger(__name__)

METHOD: Final = "card"


def payer_of(company: Company, provider: PaymentProvider, customer_id: int) -> str:
    """What a provider calls a customer; they are made known to it where they are not. Raises `ProviderFault`."""
    provider.company = company
    with company_scope(company):
        known = PayerAccount.objects.filter(provider=provider, customer=customer_id).first()
        customer = Customer.objects.select_related("company").get(pk=customer_id)
    if known is not None:
        return known.payer
    key = f"balcao-payer-{provider.pk}-{customer.pk}"
    payer = adapter_of(provider).enrol(account_of(provider), "", customer.name, "", key)
    with company_scope(company):
        return keep_payer(customer, provider, payer).payer


def preferred_method(company: Company, provider: PaymentProvider, customer_id: int) -> SavedMethod | None:
    """The card that a customer has kept there, if any. Raises `ProviderFault`."""
    payer = payer_of(company, provider, customer_id)
    kept = adapter_of(provider).saved_methods(account_of(provider), payer)
    return kept[0] if kept else None


def pay_what_is_agreed(company: Company, *, on: date | None = None) -> None:
    """One day of a company: tell of what comes, warn of cards, and take what is due."""
    with company_scope(company):
        today = on or billing_day(company)
        announce_autopay(on=today)
        warn_of_cards(on=today)
        waiting = AutopayRun.objects.filter(
            state=AutopayRunState.ANNOUNCED, next_try_on__lte=today, autopay__ended_at=None
        )
        runs = list(
            waiting.select_related("autopay__provider__company", "autopay__customer__company", "invoice")
        )
    for run in runs:
        try:
            _take(company, run, today)
        except ProviderUnreachable:
            logger.warning("autopay %s waits: its provider does not answer", run.pk)
        except ProviderFault as fault:
            logger.warning("autopay %s is refused: %s", run.pk, fault.words)
            with company_scope(company):
                note_try(run, is_good=False, attempt=None, on=today)


def _take(company: Company, run: AutopayRun, today: date) -> None:
    autopay = run.autopay
    provider = autopay.provider
    attempt = _begun(company, run)
    if attempt is None:
        return
    method = preferred_method(company, provider, autopay.customer_id)
    if method is None:
        with company_scope(company):
            end_attempt(attempt, AttemptState.FAILED, failure="no card is kept")
            note_try(run, is_good=False, attempt=attempt, on=today)
        return
    with company_scope(company):
        note_method(autopay, method)
        payer = PayerAccount.objects.get(provider=provider, customer=autopay.customer_id).payer
        wanted = ask_in_words(company, attempt, payer=payer)
    seen: Seen = adapter_of(provider).charge_saved(account_of(provider), wanted, method.reference)
    with company_scope(company):
        apply_seen(provider, seen, at=timezone.now())
        is_good = seen.state in {SessionState.PAID, SessionState.PENDING}
        note_try(run, is_good=is_good, attempt=attempt, on=today)


def _begun(company: Company, run: AutopayRun) -> PaymentAttempt | None:
    """The attempt of this try; None where there is nothing to take, or somebody pays it by hand just now."""
    with company_scope(company):
        try:
            begun = begin_attempt(
                run.autopay.customer,
                provider=run.autopay.provider,
                method=METHOD,
                parts=[AskedPart(run.invoice_id)],
                language=run.autopay.customer.language or company.language,
                by=None,
                actor=ActorKind.SYSTEM,
                is_automatic=True,
            )
        except exceptions.NothingOpen:
            drop_run(run)
            return None
        except Refusal as refusal:
            logger.info("autopay %s waits: %s", run.pk, type(refusal).__name__)
            return None
    if begun.attempt is None or not begun.attempt.is_automatic:
        return None
    return begun.attempt
