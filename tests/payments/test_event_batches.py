"""Events of providers that are worked off together: none keeps another waiting, and many cost few statements each."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal_modules.core.events import events
from portal_modules.core.scope import company_scope
from portal_modules.notifications.models import OutboxMessage
from portal_modules.payments.actions.events import MOST_TRIES
from portal_modules.payments.choices import AttemptState, RunState
from portal_modules.payments.events import RECEIVED
from portal_modules.payments.models import Payment, ProviderEvent, ProviderEventRun
from tests.billing.billed import issued
from tests.payments.online import account, stripe_event, stripe_session, told
from tests.payments.test_webhooks import attempt, state_of, work_off
from tests.world.companies import World

pytestmark = pytest.mark.django_db


def test_an_event_that_cannot_be_worked_off_keeps_no_other_waiting(world: World) -> None:
    home = world.home
    provider = account(home.company, "stripe")
    gone = account(home.company, "transfer", label="An adapter that was taken out")
    begun = attempt(home, provider, issued(home))
    with company_scope(home.company):
        stuck = ProviderEvent.objects.create(
            provider=gone, event_id="evt_1", kind="x", created=timezone.now(), payload={"type": "x"}
        )
        ProviderEventRun.objects.create(event=stuck, state=RunState.WAITING)
    told(home.company, stripe_event("checkout.session.completed", stripe_session(str(begun.pk))))
    work_off(home)
    assert state_of(home, begun) == AttemptState.SUCCEEDED
    with company_scope(home.company):
        run = ProviderEventRun.objects.get(event=stuck)
        assert (run.state, run.tries) == (RunState.WAITING, 1)
        assert run.note.startswith("a fault of ours")
    for _time in range(MOST_TRIES):
        work_off(home)
    with company_scope(home.company):
        run.refresh_from_db()
        assert run.state == RunState.REVIEW


def test_what_follows_from_one_event_keeps_no_other_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What follows is done once for many events, and the one whose fault it is is found all the same."""
    home = world.home
    provider = account(home.company, "stripe")
    fine, broken = (attempt(home, provider, issued(home)) for _each in range(2))
    monkeypatch.setitem(events._receivers, RECEIVED, [*events._receivers[RECEIVED]])

    def fail(announced: list[dict[str, Any]]) -> None:
        payments = Payment.objects.filter(pk__in=[each["payment_id"] for each in announced])
        assert not payments.filter(attempt=broken).exists()

    events.receive_many(RECEIVED)(fail)
    for begun in (broken, fine):
        told(home.company, stripe_event("checkout.session.completed", stripe_session(str(begun.pk))))
    work_off(home)
    assert state_of(home, fine) == AttemptState.SUCCEEDED
    assert state_of(home, broken) == AttemptState.OPEN
    with company_scope(home.company):
        (waiting,) = ProviderEventRun.objects.filter(state=RunState.WAITING)
        assert (waiting.note, waiting.tries) == ("a fault of ours: AssertionError", 1)
        assert Payment.objects.count() == 1
        assert OutboxMessage.objects.filter(event=RECEIVED).count() == 2  # alice's and bob's


def test_many_events_cost_few_statements_each(world: World) -> None:
    home = world.home
    provider = account(home.company, "stripe")
    for number in (1, 21):
        for _each in range(number):
            begun = attempt(home, provider, issued(home))
            told(home.company, stripe_event("checkout.session.completed", stripe_session(str(begun.pk))))
        with CaptureQueriesContext(connection) as asked:
            work_off(home)
        if number == 1:
            alone = len(asked)
    assert len(asked) - alone < 20 * 7


@pytest.mark.row("F05")
def test_what_is_unusual_is_booked_apart_from_what_is_not(world: World) -> None:
    """Plain ones together; less, more, another currency, and the same charge twice, as each is booked alone."""
    home = world.home
    provider = account(home.company, "stripe")
    plain = [attempt(home, provider, issued(home)) for _each in range(3)]
    less, more, foreign = (attempt(home, provider, issued(home)) for _each in range(3))
    asked = {each: stripe_session(str(each.pk)) for each in plain}
    asked[less] = stripe_session(str(less.pk), amount=9999)
    asked[more] = stripe_session(str(more.pk), amount=10001)
    asked[foreign] = stripe_session(str(foreign.pk), currency="usd")
    for session in asked.values():
        told(home.company, stripe_event("checkout.session.completed", session))
        told(home.company, stripe_event("checkout.session.async_payment_succeeded", session))
    work_off(home)
    assert {state_of(home, each) for each in plain} == {AttemptState.SUCCEEDED}
    assert {state_of(home, each) for each in (less, more, foreign)} == {AttemptState.REVIEW}
    with company_scope(home.company):
        assert set(ProviderEventRun.objects.values_list("state", flat=True)) == {RunState.DONE}
        payments = {each.attempt_id: each for each in Payment.objects.with_left()}
        assert sorted(each.serial for each in payments.values()) == [1, 2, 3, 4, 5, 6]
        assert Payment.objects.count() == 6
        left = {each.pk: payments[each.pk].unallocated for each in asked}
        open_now = {each.pk: each.items.get().invoice.open_now for each in asked}
    assert [left[each.pk] for each in plain] == [open_now[each.pk] for each in plain] == [0, 0, 0]
    assert (left[less.pk], open_now[less.pk]) == (0, Decimal("0.01"))
    assert (left[more.pk], open_now[more.pk]) == (Decimal("0.01"), 0)
    assert (left[foreign.pk], open_now[foreign.pk]) == (100, 100)
