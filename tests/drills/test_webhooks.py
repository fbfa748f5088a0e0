"""Webhooks under fire: told late, twice and in any order, while whoever takes them is killed; the ledger is exact.

A web server and two workers run as in production, and Stripe is asked where an event is in doubt. In the test run
it is small; `python -m tests.drills.webhooks` runs it in full, with or without faults, and prints what happened.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import django_rq
import pytest
from django.db.models import Count
from rq import Worker

from portal_modules.billing.models import Invoice
from portal_modules.core.scope import company_scope
from portal_modules.notifications.choices import DeliveryState
from portal_modules.notifications.models import OutboxMessage
from portal_modules.payments.actions.attempts import AskedPart, begin_attempt, remember_page
from portal_modules.payments.checkout import ask_in_words
from portal_modules.payments.choices import AttemptState, RunState
from portal_modules.payments.event_tasks import sweep_events
from portal_modules.payments.models import (
    Payment,
    PaymentAttempt,
    PaymentProvider,
    ProviderEvent,
    ProviderEventRun,
)
from portal_modules.payments.opening import account_of, adapter_of
from tests.billing.billed import issued
from tests.drills.cost import processor_seconds
from tests.drills.durable import DurableWorld, durable_world
from tests.drills.serving import Deliverer, web_server
from tests.drills.workers import IsDue, Reaper, every, never, with_each
from tests.payments.fake_stripe.running import FakeStripe, fake_stripe
from tests.payments.online import SECRET, account, stripe_event, stripe_session
from tests.world.companies import CompanyWorld

PAYMENTS = int(os.environ.get("DRILL_PAYMENTS", "24"))
REPORT = os.environ.get("DRILL_REPORT", "")
IS_FULL = bool(REPORT)
HAS_FAULTS = os.environ.get("DRILL_FAULTS", "1") == "1"
SEED = int(os.environ.get("DRILL_SEED", "7"))
PATIENCE = 3600.0 if IS_FULL else 420.0
# One in so many is paid on Stripe's own page, with events that only Stripe can tell apart.
AT_STRIPE = 12


@dataclass(frozen=True, slots=True)
class Told:
    """What is told, each once, and what shall have come of it."""

    events: list[dict[str, Any]]
    states: dict[str, int]


def prepared(side: CompanyWorld, stripe: FakeStripe) -> Told:
    """Attempts, each for an invoice of its own, and three events for each of them."""
    provider = account(side.company, "stripe")
    events: list[dict[str, Any]] = []
    at_stripe = 0
    for number in range(PAYMENTS):
        attempt = begun(side, provider)
        if number % AT_STRIPE:
            events += told_of(attempt)
        else:
            events += paid_at_stripe(side, attempt, stripe)
            at_stripe += 1
    states = {RunState.DONE: 2 * PAYMENTS + at_stripe, RunState.IGNORED: PAYMENTS - at_stripe}
    return Told(events, {state: number for state, number in states.items() if number})


def begun(side: CompanyWorld, provider: PaymentProvider) -> PaymentAttempt:
    """Somebody is about to pay a new invoice."""
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
        return attempt


def forget_mails(side: CompanyWorld) -> None:
    """What the new invoices have asked for by themselves is not what is looked at."""
    with company_scope(side.company):
        OutboxMessage.objects.filter(state=DeliveryState.WAITING).update(state=DeliveryState.DROPPED)
    django_rq.get_connection("default").flushdb()


def until_at_work(number: int) -> None:
    """How long workers take to start is not what is looked at either."""
    deadline = time.monotonic() + PATIENCE
    while Worker.count(connection=django_rq.get_connection("default")) < number:
        assert time.monotonic() < deadline, "the workers do not start"
        time.sleep(0.1)


def told_of(attempt: PaymentAttempt) -> list[dict[str, Any]]:
    """Begun, awaited, and paid."""
    name = str(attempt.pk)
    return [
        stripe_event("payment_intent.created", {"id": f"pi_{name}"}),
        stripe_event("checkout.session.completed", stripe_session(name, payment_status="unpaid")),
        stripe_event("checkout.session.async_payment_succeeded", stripe_session(name)),
    ]


def paid_at_stripe(side: CompanyWorld, attempt: PaymentAttempt, stripe: FakeStripe) -> list[dict[str, Any]]:
    """Paid on its page, and an old word that the page is over: whoever reads that first has to ask."""
    row = attempt.provider
    with company_scope(side.company):
        wanted, key = ask_in_words(side.company, attempt), account_of(row)
    opened = adapter_of(row).begin(key, wanted)
    with company_scope(side.company):
        remember_page(attempt, opened)
    stripe.events()
    stripe.ask(f"/pay/{opened.session}", how="card")
    old = stripe_session(str(attempt.pk), id=opened.session, status="expired", payment_status="unpaid")
    return [*stripe.events(), stripe_event("checkout.session.expired", old)]


@pytest.fixture
def durable(django_db_setup: None, django_db_blocker: Any) -> Iterator[DurableWorld]:
    with django_db_blocker.unblock(), durable_world() as found:
        yield found


@pytest.fixture
def stripe(settings: Any) -> Iterator[FakeStripe]:
    with fake_stripe() as running:
        settings.STRIPE_ADDRESS = running.address
        yield running


@pytest.mark.slow
def test_each_payment_is_booked_once_whoever_is_killed(
    durable: DurableWorld, stripe: FakeStripe, tmp_path: Path
) -> None:
    home = durable.world.home
    told, rng = prepared(home, stripe), Random(SEED)
    forget_mails(home)
    deliveries = told.events + rng.choices(told.events, k=len(told.events) // 3)
    rng.shuffle(deliveries)
    environment = {
        **durable.environment,
        "DJANGO_SETTINGS_MODULE": "tests.drills.stripe_settings",
        "DRILL_STRIPE": stripe.address,
    }
    log = tmp_path / "programs.log"

    def states() -> dict[str, int]:
        with company_scope(home.company):
            return dict(ProviderEventRun.objects.order_by().values_list("state").annotate(Count("pk")))

    with web_server(environment, log) as (web, port):
        deliverer = Deliverer(port, f"/hooks/stripe/{home.company.uuid}/", SECRET)
        with Reaper(environment, log, *paces(deliverer), web=web, begins_at_once=False) as reaper:
            until_at_work(reaper.workers)
            reaper.begin()

            def cost() -> float:
                servers = [process.pid for process in durable.running.processes.values()]
                return processor_seconds([os.getpid(), web.pid, *servers, *reaper.pids])

            began, cost_before = time.monotonic(), cost()
            deliverer.begin(deliveries)
            swept = began
            while not deliverer.is_over or states().get(RunState.WAITING):
                now = time.monotonic()
                assert now - began < PATIENCE, f"{deliverer.answers} {states()}"
                if HAS_FAULTS and not durable.crashes and deliverer.taken >= len(deliveries) // 2:
                    durable.crash_postgres()
                if now - swept >= 3:
                    swept = now
                    sweep_events.enqueue()
                time.sleep(0.1)
            seconds, taken = time.monotonic() - began, cost() - cost_before
    with company_scope(home.company):
        payments = list(Payment.objects.values_list("amount", flat=True))
        said = {
            "seed": SEED,
            "deliveries": len(deliveries),
            "answers": dict(deliverer.answers),
            "events": ProviderEvent.objects.count(),
            "states": states(),
            "notes": sorted(set(ProviderEventRun.objects.exclude(note="").values_list("note", flat=True))),
            "payments": len(payments),
            "sum": str(sum(payments, Decimal(0))),
            "attempts_paid": PaymentAttempt.objects.filter(state=AttemptState.SUCCEEDED).count(),
            "invoices_open": Invoice.objects.open().count(),
            "web_children_killed": reaper.web_children_killed,
            "work_horses_killed": reaper.horses_killed,
            "workers_killed": reaper.workers_killed,
            "postgres_crashed": durable.crashes,
            "seconds": round(seconds, 1),
            "deliveries_a_second": round(len(deliveries) / seconds, 1),
            # All of it: who delivers, the web server, the workers, PostgreSQL and Valkey.
            "processor_seconds": round(taken, 1),
            "load": os.getloadavg()[0],
        }
    if REPORT:
        Path(REPORT).write_text(json.dumps(said, indent=2))
    assert said["events"] == len(told.events), said
    assert said["payments"] == said["attempts_paid"] == PAYMENTS, said
    assert Decimal(str(said["sum"])) == 100 * PAYMENTS, said
    assert said["invoices_open"] == 0, said
    assert said["states"] == told.states, said
    if HAS_FAULTS:
        assert reaper.web_children_killed, said
        assert durable.crashes, said


def paces(deliverer: Deliverer) -> tuple[IsDue, IsDue]:
    """When a web child or a work horse is killed, and when a whole worker: in full by the clock, else by what is done."""
    if not HAS_FAULTS:
        return never, never
    if IS_FULL:
        return every(0.25), every(15)

    def taken() -> int:
        return deliverer.taken

    return with_each(9, taken), with_each(30, taken)
