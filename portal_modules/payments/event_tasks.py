"""Working off what providers told us. Every task here may run twice, and beside itself."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks import task

from portal_modules.core.companies import companies_with
from portal_modules.core.models import Company
from portal_modules.core.scope import STAFF, Scope, company_scope, database_scope
from portal_modules.core.tasks import opens_own_scopes

from .actions.attempts import end_attempt
from .actions.events import claim_event, finish_event, put_off_event
from .actions.outcomes import apply_meaning, needs_a_second_look
from .choices import AttemptState, RunState
from .models import PaymentAttempt, ProviderEvent, ProviderEventRun
from .opening import account_of, adapter_of
from .providers.base import Meaning, NotReadable, ProviderFault, Seen

logger = logging.getLogger(__name__)

# A job costs more than an event, so one job works off many, and then leaves the worker to others.
JOB_SECONDS: Final = 20
_ASKED: Final = "payments.events.asked"
# A hosted page is good for a day.
_SILENT: Final = timedelta(hours=25)
MOST_AT_ONCE: Final = 50


def ask_to_work_off(company_id: int) -> None:
    """Have what waits worked off after the commit. A job that has not begun yet will find this, too."""

    def ask() -> None:
        # Where the cache is gone nothing is added; then each event asks for a job, which is slow and right.
        if cache.add(_ASKED, 1, timeout=JOB_SECONDS) or cache.get(_ASKED) is None:
            work_off.enqueue(company_id)

    connection.on_commit(ask)


@task()
@opens_own_scopes
def work_off(company_id: int) -> None:
    """All events of a company that wait, one after the other, each in a transaction of its own."""
    with database_scope(Scope(role=STAFF, companies=(company_id,))):
        company = Company.objects.get(pk=company_id)
    with company_scope(company):
        cache.delete(_ASKED)
    if not work_off_events(company, until=time.monotonic() + JOB_SECONDS):
        with company_scope(company):
            ask_to_work_off(company_id)


@task()
def sweep_events() -> None:
    """What the queue has lost, or has failed before."""
    for company in companies_with("payments"):
        with company_scope(company):
            if ProviderEventRun.objects.filter(state=RunState.WAITING).exists():
                work_off.enqueue(company.pk)


def work_off_events(company: Company, *, until: float) -> bool:
    """Work off what waits; False when the time was over before the events were."""
    passed: list[UUID] = []
    while time.monotonic() < until:
        try:
            event_id = _one(company, passed)
        except OperationalError as error:
            # Two of us wanted the same rows crosswise, or the server went: what was begun is undone, and waits.
            logger.warning("an event was not worked off: %s", type(error).__name__)
            connection.close_if_unusable_or_obsolete()
            time.sleep(0.05)
            continue
        if event_id is None:
            return True
    return False


def _one(company: Company, passed: list[UUID]) -> UUID | None:
    """One event: what it says counts, unless it says too little, and then what the provider says now."""
    with company_scope(company):
        run = claim_event(passed)
        if run is None:
            return None
        event: ProviderEvent = run.event
        try:
            meaning = adapter_of(event.provider).understand(account_of(event.provider), event.payload)
        except NotReadable as refusal:
            finish_event(run, RunState.REVIEW, f"cannot be read: {refusal}")
            return event.pk
        asked = needs_a_second_look(event.provider, meaning)
        if asked is None:
            _finish(run, meaning)
            if run.state == RunState.WAITING:
                passed.append(event.pk)
            return event.pk
    passed.append(event.pk)
    _ask_again(company, event, asked)
    return event.pk


def _ask_again(company: Company, event: ProviderEvent, attempt: PaymentAttempt) -> None:
    """Nothing is locked while the provider is asked; what it says is taken like any other word of it."""
    seen: Seen | None = None
    fault = ""
    try:
        seen = adapter_of(event.provider).read(account_of(event.provider), attempt.provider_session)
    except ProviderFault as refusal:
        fault = f"{type(refusal).__name__} {refusal.words}"
    with company_scope(company):
        rows = ProviderEventRun.objects.select_for_update(of=("self",))
        run = rows.select_related("event__provider__company").get(pk=event.pk)
        if run.state != RunState.WAITING:
            return
        if seen is None:
            put_off_event(run, fault)
        else:
            _finish(run, Meaning(seen=seen))


def _finish(run: ProviderEventRun, meaning: Meaning) -> None:
    state, note = apply_meaning(run.event.provider, meaning, at=run.event.created)
    if state == RunState.WAITING:
        put_off_event(run, note)
    else:
        finish_event(run, state, note)


@task()
@opens_own_scopes
def look_after_attempts() -> None:
    """Ask how the attempts stand of which nothing was heard for a day: their event may have been lost on the way."""
    for company in companies_with("payments"):
        with company_scope(company):
            silent = PaymentAttempt.objects.on_the_way().filter(changed_at__lt=timezone.now() - _SILENT)
            rows = silent.select_related("provider__company").order_by("changed_at", "pk")
            attempts = list(rows[:MOST_AT_ONCE])
        for attempt in attempts:
            try:
                _look_after(company, attempt)
            except ProviderFault as fault:
                logger.warning("attempt %s is not known there: %s", attempt.pk, fault.words)


def _look_after(company: Company, attempt: PaymentAttempt) -> None:
    if not attempt.provider_session:
        # Nobody ever got as far as the provider's page, unless it was taken by agreement, which is told by events.
        with company_scope(company):
            end_attempt(attempt, AttemptState.EXPIRED)
        return
    seen = adapter_of(attempt.provider).read(account_of(attempt.provider), attempt.provider_session)
    with company_scope(company):
        apply_meaning(attempt.provider, Meaning(seen=seen), at=timezone.now())
        PaymentAttempt.objects.filter(pk=attempt.pk).update(changed_at=timezone.now())
