"""What a provider told us: kept as it came, then worked off in any order and any number of times."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from portal_modules.core.models import Company
from portal_modules.core.together import later

from ..choices import RunState
from ..models import PaymentProvider, ProviderEventRun
from ..opening import adapter_of
from ..providers.base import Account, Meaning, NotReadable, Told

MOST_TRIES = 8

# One statement, because thousands may come at once, and most of them twice.
_KEEP: Final = """
with told as (
    insert into payments_providerevent
        (company_id, id, provider_id, event_id, kind, created, received_at, payload)
    values (%s, %s, %s, %s, %s, %s, %s, %s)
    on conflict (provider_id, event_id) do nothing
    returning company_id, id, received_at
)
insert into payments_providereventrun (company_id, event_id, state, tries, note, changed_at)
select company_id, id, %s, 0, '', received_at from told
"""
_TAKE_TURNS: Final = "select pg_advisory_xact_lock(hashtext('payments.events'), %s)"


def keep_event(provider: PaymentProvider, account: Account, told: Told) -> bool:
    """Write an event down. False where nothing has to follow: it is known, or says nothing that matters here."""
    state = RunState.WAITING
    try:
        if adapter_of(provider).understand(account, told.payload) == Meaning():
            state = RunState.IGNORED
    except NotReadable:
        state = RunState.REVIEW
    row: list[Any] = [
        provider.company_id,
        uuid4(),
        provider.pk,
        told.event_id,
        told.kind,
        told.created,
        timezone.now(),
        json.dumps(told.payload),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [*row, state])
        is_new = cursor.rowcount == 1
    return is_new and state == RunState.WAITING


def claim_events(company: Company, most: int, *, but: Collection[UUID] = ()) -> list[ProviderEventRun]:
    """The events that have waited longest, locked until the end of the transaction, with what they are about.

    Whoever else asks for events of this company waits until then: the numbers of its payments follow one another
    anyway, and two who take many events each would want the same invoices crosswise.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_TURNS, [company.pk])
    waiting = ProviderEventRun.objects.filter(state=RunState.WAITING).exclude(pk__in=but)
    locked = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("changed_at")
    return list(locked.select_related("event")[:most])


def finish_event(run: ProviderEventRun, state: RunState, note: str = "") -> None:
    """Say what came of it."""
    run.state, run.note = state, note[:500]
    later(_write_down, run)


def _write_down(runs: list[ProviderEventRun]) -> None:
    alike: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for run in runs:
        alike[run.state, run.note].append(run.pk)
    for (state, note), keys in alike.items():
        rows = ProviderEventRun.objects.filter(pk__in=keys)
        rows.update(state=state, note=note, changed_at=timezone.now())


def put_off_event(run: ProviderEventRun, note: str) -> None:
    """Nothing came of it this time: it waits for the next, and after many for somebody to look at it."""
    run.tries += 1
    run.note = note[:500]
    if run.tries >= MOST_TRIES:
        run.state = RunState.REVIEW
    run.save(update_fields=["state", "tries", "note", "changed_at"])
