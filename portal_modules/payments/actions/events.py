"""What a provider told us: kept as it came, then worked off in any order and any number of times."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from ..choices import RunState
from ..models import PaymentProvider, ProviderEvent, ProviderEventRun
from ..opening import account_of, adapter_of
from ..providers.base import Meaning, NotReadable, Told

MOST_TRIES = 8


def keep_event(provider: PaymentProvider, told: Told) -> bool:
    """Write an event down. False where nothing has to follow: it is known, or says nothing that matters here."""
    state = RunState.WAITING
    try:
        if adapter_of(provider).understand(account_of(provider), told.payload) == Meaning():
            state = RunState.IGNORED
    except NotReadable:
        state = RunState.REVIEW
    try:
        with transaction.atomic():
            event = ProviderEvent.objects.create(
                company=provider.company,
                provider=provider,
                event_id=told.event_id,
                kind=told.kind,
                created=told.created,
                payload=dict(told.payload),
            )
            ProviderEventRun.objects.create(company=provider.company, event=event, state=state)
    except IntegrityError:
        return False
    return state == RunState.WAITING


def claim_event(passed: Sequence[UUID] = ()) -> ProviderEventRun | None:
    """The oldest event that waits and nobody else works on, locked until the end of the transaction."""
    waiting = ProviderEventRun.objects.filter(state=RunState.WAITING).exclude(pk__in=passed)
    locked = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("changed_at")
    found: ProviderEventRun | None = locked.select_related("event__provider__company").first()
    return found


def finish_event(run: ProviderEventRun, state: RunState, note: str = "") -> None:
    """Say what came of it."""
    run.state, run.note = state, note[:500]
    run.save(update_fields=["state", "note", "changed_at"])


def put_off_event(run: ProviderEventRun, note: str) -> None:
    """Nothing came of it this time: it waits for the next, and after many for somebody to look at it."""
    run.tries += 1
    run.note = note[:500]
    if run.tries >= MOST_TRIES:
        run.state = RunState.REVIEW
    run.save(update_fields=["state", "tries", "note", "changed_at"])
