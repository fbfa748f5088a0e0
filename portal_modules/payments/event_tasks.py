"""Working off what providers told us. Every task here may run twice, and beside itself."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TASK_MAX_PRIORITY

from portal_modules.core.companies import at_hand, card_of_company, companies_with
from portal_modules.core.models import Company
from portal_modules.core.scope import STAFF, Scope, company_scope, database_scope
from portal_modules.core.tasks import opens_own_scopes
from portal_modules.core.together import together

from .actions.attempts import end_attempt
from .actions.events import claim_events, finish_event, put_off_event
from .actions.outcomes import apply_meaning, book_ahead, look_ahead, needs_a_second_look
from .choices import AttemptState, RunState
from .models import PaymentAttempt, PaymentProvider, ProviderEvent, ProviderEventRun
from .opening import account_of, adapter_of
from .providers.base import Meaning, NotReadable, ProviderFault, Seen

logger = logging.getLogger(__name__)

# A job costs more than an event, so one job works off many, and then leaves the worker to others.
JOB_SECONDS: Final = 20
# A hosted page is good for a day.
_SILENT: Final = timedelta(hours=25)
MOST_AT_ONCE: Final = 50
# Events of one transaction: few at first, so that a worker that is killed again and again gets on, too.
FIRST: Final = 2
AT_ONCE: Final = 25


def ask_to_work_off(company_id: int) -> None:
    """Have what waits worked off after the commit. A job that has not begun yet will find this, too."""

    def ask() -> None:
        # Where the cache is gone nothing is added; then each event asks for a job, which is slow and right.
        if cache.add(_asked(company_id), 1, timeout=JOB_SECONDS) or cache.get(_asked(company_id)) is None:
            work_off.enqueue(company_id)

    connection.on_commit_outside(ask)  # type: ignore[attr-defined]  # of core.pg


def _asked(company_id: int) -> str:
    """A mark outside of all scopes, which entering one for would cost more than it."""
    return f"payments.events.asked.{company_id}"


@task(queue_name="mail", priority=TASK_MAX_PRIORITY)
@opens_own_scopes
def work_off(company_id: int) -> None:
    """All events of a company that wait: before the mails, of which each payment makes some more."""
    with database_scope(Scope(role=STAFF, companies=(company_id,))):
        company = Company.objects.get(pk=company_id)
    cache.delete(_asked(company_id))
    if not work_off_events(company, until=time.monotonic() + JOB_SECONDS):
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
    at_once, most = FIRST, AT_ONCE
    while time.monotonic() < until:
        try:
            is_more = _some(company, passed, at_once, until)
        except _BrokenTogether:
            at_once = most = 1  # then it shows with which of them
            continue
        except _BrokenEvent as broken:
            _put_aside(company, broken.event_id, broken.__cause__)
            passed.append(broken.event_id)
            continue
        except OperationalError as error:
            # Two of us wanted the same rows crosswise, or the server went: what was begun is undone, and waits.
            logger.warning("events were not worked off: %s", type(error).__name__)
            connection.close_if_unusable_or_obsolete()
            time.sleep(0.05)
            continue
        if not is_more:
            return True
        at_once = min(2 * at_once, most)
    return False


class _BrokenEvent(Exception):
    """Working off this event ends in a fault of ours."""

    def __init__(self, event_id: UUID) -> None:
        super().__init__(str(event_id))
        self.event_id = event_id


class _BrokenTogether(Exception):
    """What follows from several events ends in a fault of ours."""


def _some(company: Company, passed: list[UUID], at_once: int, until: float) -> bool:
    """Some events in one transaction, which costs as much as one of them; False where none waits.

    An event counts for what it says, unless it says too little, and then for what the provider says now.
    """
    runs: list[ProviderEventRun] = []
    asked: list[tuple[ProviderEvent, PaymentAttempt]] = []
    try:
        with company_scope(company), at_hand(card_of_company(company)), together():
            runs += claim_events(company, at_once, but=passed)
            _work_off_all(runs, asked, until)
    except (OperationalError, _BrokenEvent):
        raise
    except Exception as error:
        if len(runs) == 1:
            raise _BrokenEvent(runs[0].pk) from error
        raise _BrokenTogether from error
    passed += [run.pk for run in runs if run.state == RunState.WAITING]
    for event, attempt in asked:
        _ask_again(company, event, attempt)
    return bool(runs)


def _work_off_all(
    runs: list[ProviderEventRun], asked: list[tuple[ProviderEvent, PaymentAttempt]], until: float
) -> None:
    providers = {row.pk: row for row in PaymentProvider.objects.select_related("company")}
    meanings: dict[UUID, Meaning | NotReadable] = {}
    for run in runs:
        run.event.provider = providers[run.event.provider_id]
        with _breaking(run):
            meanings[run.pk] = _understood(run.event)
    look_ahead((run.event.provider, each) for run in runs if isinstance(each := meanings[run.pk], Meaning))
    if len(runs) > 1:
        book_ahead(
            (run.event.provider, each, run.event.created)
            for run in runs
            if isinstance(each := meanings[run.pk], Meaning)
        )
    for run in runs:
        if time.monotonic() > until:
            break
        with _breaking(run):
            attempt = _work_off(run, meanings[run.pk])
        if attempt is not None:
            asked.append((run.event, attempt))


@contextmanager
def _breaking(run: ProviderEventRun) -> Iterator[None]:
    """Tell with which event a fault of ours came."""
    try:
        yield
    except OperationalError:
        raise
    except Exception as error:
        raise _BrokenEvent(run.pk) from error


def _understood(event: ProviderEvent) -> Meaning | NotReadable:
    try:
        return adapter_of(event.provider).understand(account_of(event.provider), event.payload)
    except NotReadable as refusal:
        return refusal


def _work_off(run: ProviderEventRun, meaning: Meaning | NotReadable) -> PaymentAttempt | None:
    """One event; the attempt that the provider has to be asked about first, where it says too little."""
    if isinstance(meaning, NotReadable):
        finish_event(run, RunState.REVIEW, f"cannot be read: {meaning}")
        return None
    asked = needs_a_second_look(run.event.provider, meaning)
    if asked is None:
        _finish(run, meaning)
    return asked


def _put_aside(company: Company, event_id: UUID, error: BaseException | None) -> None:
    """What is wrong with one event keeps no other waiting: it is tried again later, and then looked at."""
    logger.error("event %s cannot be worked off", event_id, exc_info=error)
    with company_scope(company):
        run = ProviderEventRun.objects.select_for_update().get(pk=event_id)
        if run.state == RunState.WAITING:
            put_off_event(run, f"a fault of ours: {type(error).__name__}")


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
