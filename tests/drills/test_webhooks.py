"""Webhooks under fire: told late, twice and in any order, while workers are killed; the ledger is exact.

In the test run it is small; `python -m tests.drills.webhooks` runs it in full and prints what happened.
"""

from __future__ import annotations

import json
import os
import time
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db.models import Count

from portal_modules.billing.models import Invoice
from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope
from portal_modules.payments.actions.attempts import AskedPart, begin_attempt
from portal_modules.payments.choices import AttemptState, RunState
from portal_modules.payments.event_tasks import sweep_events
from portal_modules.payments.models import Payment, PaymentAttempt, ProviderEvent, ProviderEventRun
from tests.billing.billed import issued
from tests.drills.workers import Reaper, every, with_each
from tests.payments.online import account, stripe_event, stripe_session, told
from tests.world.committed import CommittedWorld
from tests.world.companies import CompanyWorld

PAYMENTS = int(os.environ.get("DRILL_PAYMENTS", "24"))
REPORT = os.environ.get("DRILL_REPORT", "")
IS_FULL = bool(REPORT)
SEED = 7
PATIENCE = 3600.0 if IS_FULL else 420.0


def begun(side: CompanyWorld) -> list[PaymentAttempt]:
    """That many attempts, each for an invoice of its own."""
    provider = account(side.company, "stripe")
    found = []
    for _each in range(PAYMENTS):
        invoice = issued(side)
        with company_scope(side.company):
            attempt = begin_attempt(
                side.customers["alice"],
                provider=provider,
                method="card",
                parts=[AskedPart(invoice.pk)],
                language="pt",
                by=None,
            ).attempt
        assert attempt is not None
        found.append(attempt)
    return found


def events_of(attempt: PaymentAttempt) -> list[dict[str, Any]]:
    """Begun, awaited, and paid: three for each."""
    name = str(attempt.pk)
    return [
        stripe_event("payment_intent.created", {"id": f"pi_{name}"}),
        stripe_event("checkout.session.completed", stripe_session(name, payment_status="unpaid")),
        stripe_event("checkout.session.async_payment_succeeded", stripe_session(name)),
    ]


def done(company: Company) -> dict[str, int]:
    """How many events there are in each state."""
    with company_scope(company):
        return dict(ProviderEventRun.objects.order_by().values_list("state").annotate(Count("pk")))


@pytest.mark.slow
def test_killed_workers_book_each_payment_once(committed: CommittedWorld, tmp_path: Path) -> None:
    home = committed.world.home
    company, rng = home.company, Random(SEED)
    events = [event for attempt in begun(home) for event in events_of(attempt)]
    deliveries = events + rng.choices(events, k=len(events) // 3)
    rng.shuffle(deliveries)

    def worked_off() -> int:
        return done(company).get(RunState.DONE, 0)

    environment = {**committed.environment, "DJANGO_SETTINGS_MODULE": "cms.settings.embedded"}
    horse, worker = (
        (every(0.25), every(15)) if IS_FULL else (with_each(6, worked_off), with_each(25, worked_off))
    )
    began = time.monotonic()
    with Reaper(environment, tmp_path / "workers.log", horse, worker) as reaper:
        for event in deliveries:
            assert told(company, event).status_code == 200
        swept = 0.0
        while (now := done(company)).get(RunState.WAITING, 0):
            spent = time.monotonic() - began
            assert spent < PATIENCE, f"after {spent:.0f} s: {now}"
            if spent - swept >= 3:
                swept = spent
                sweep_events.enqueue()
            time.sleep(0.2)
    seconds = time.monotonic() - began
    with company_scope(company):
        payments = list(Payment.objects.values_list("amount", flat=True))
        said = {
            "seed": SEED,
            "deliveries": len(deliveries),
            "events": ProviderEvent.objects.count(),
            "states": now,
            "payments": len(payments),
            "sum": str(sum(payments, Decimal(0))),
            "attempts_paid": PaymentAttempt.objects.filter(state=AttemptState.SUCCEEDED).count(),
            "invoices_open": Invoice.objects.open().count(),
            "work_horses_killed": reaper.horses_killed,
            "workers_killed": reaper.workers_killed,
            "seconds": round(seconds, 1),
            "deliveries_a_second": round(len(deliveries) / seconds, 1),
        }
    if REPORT:
        Path(REPORT).write_text(json.dumps(said, indent=2))
    assert said["events"] == len(events), said
    assert said["payments"] == said["attempts_paid"] == PAYMENTS, said
    assert Decimal(said["sum"]) == 100 * PAYMENTS, said
    assert said["invoices_open"] == 0, said
    assert now == {RunState.DONE: 2 * PAYMENTS, RunState.IGNORED: PAYMENTS}, said
