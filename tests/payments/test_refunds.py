"""Money that goes back through the provider that took it, disputes, and surplus that the company does not take."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pgtrigger
import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from portal_modules.billing.models import Invoice
from portal_modules.core.scope import company_scope
from portal_modules.notifications.models import OutboxMessage
from portal_modules.notifications.tasks import sweep
from portal_modules.payments.actions import (
    ask_refund,
    confirm_refund,
    key_of_refund,
    refund_payment,
    use_credit,
)
from portal_modules.payments.actions.refunds import mark_refund_sent
from portal_modules.payments.balances import balances_of
from portal_modules.payments.choices import DisputeState, RefundState, Surplus
from portal_modules.payments.event_tasks import work_off_events
from portal_modules.payments.exceptions import NoCredit, NoProviderToAsk
from portal_modules.payments.models import Dispute, Payment, PaymentPolicy, Refund
from portal_modules.payments.refund_tasks import ask_again, give_up, send_refund, sweep_refunds_of
from tests.billing.billed import issued
from tests.payments.fake_stripe.running import FakeStripe, fake_stripe
from tests.payments.online import account, stripe_event, stripe_session, told
from tests.payments.paid import left_of, open_of, pay
from tests.payments.test_paying_online import form, my, press
from tests.payments.test_stripe import ADAPTER, OURS
from tests.payments.test_webhooks import attempt, work_off
from tests.world.browsing import Browser
from tests.world.companies import CompanyWorld, World

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loopback() -> Iterator[FakeStripe]:
    with fake_stripe() as running:
        yield running


@pytest.fixture
def there(loopback: FakeStripe, settings: Any) -> FakeStripe:
    settings.STRIPE_ADDRESS = loopback.address
    loopback.events()
    return loopback


def arrive(side: CompanyWorld, there: FakeStripe) -> None:
    """All that Stripe tells, twice and backwards."""
    for event in [*reversed(there.events())] * 2:
        assert told(side.company, event).status_code == 200
    assert work_off_events(side.company, until=time.monotonic() + 20)


def paid_by_card(world: World, there: FakeStripe) -> tuple[Invoice, Payment]:
    """An invoice of a hundred euros that was paid at Stripe."""
    home = world.home
    provider, invoice = account(home.company, "stripe"), issued(home)
    alice = Browser().sign_in(world.alice, home.company)
    address = alice.post(my(home, "pay/"), form(provider, invoice))["Location"]
    there.ask(f"/pay/{urlsplit(address).path.rpartition('/')[2]}", how="card")
    arrive(home, there)
    with company_scope(home.company):
        return invoice, Payment.objects.get()


def refund_through(world: World, payment: Payment, amount: str) -> Any:
    """What a manager types and presses."""
    manager = Browser().sign_in(world.home.manager)
    data = {"verb": "refund_there", "refund_there-amount": amount, "refund_there-reason": "Sent back"}
    return manager.post(f"/admin/payments/payment/inspect/{payment.pk}/", data)


def the_refund(side: CompanyWorld) -> Refund:
    with company_scope(side.company):
        return Refund.objects.prefetch_related("steps").get()


def ask_for(side: CompanyWorld, refund: Refund) -> None:
    send_refund.func(side.company.pk, str(refund.pk))


def test_a_refund_is_asked_for_at_stripe_and_waits_for_its_word(world: World, there: FakeStripe) -> None:
    home = world.home
    invoice, payment = paid_by_card(world, there)
    assert refund_through(world, payment, "40").status_code == 302
    refund = the_refund(home)
    for _each in range(2):
        ask_for(home, refund)
    assert the_refund(home).state == RefundState.ASKED
    assert open_of(invoice) == 40
    with company_scope(home.company):
        assert not OutboxMessage.objects.filter(event="payments.refunded").exists()
    arrive(home, there)
    assert the_refund(home).state == RefundState.CONFIRMED
    with company_scope(home.company):
        assert OutboxMessage.objects.filter(event="payments.refunded").exists()
    assert refund_through(world, payment, "60.01").status_code == 422
    assert the_refund(home).pk == refund.pk


def test_what_stripe_refuses_is_the_customers_again(world: World, there: FakeStripe) -> None:
    home = world.home
    invoice, payment = paid_by_card(world, there)
    with company_scope(home.company):
        refund_payment(payment, by=None, amount=Decimal(1), reason="by hand")
    # Somebody gave all of it back in Stripe's dashboard, which has not told it yet.
    ADAPTER.refund(OURS, payment.provider_charge, Decimal(100), "EUR", "by-hand-there")
    there.events()
    with company_scope(home.company):
        refund = ask_refund(payment, by=None, amount=Decimal(99), reason="too late")
    ask_for(home, refund)
    with company_scope(home.company):
        assert Refund.objects.get(pk=refund.pk).state == RefundState.FAILED
    # Whoever may refund is told, once.
    assert mails_of(home, "payments.refund_failed") == 1
    sweep.func()
    assert any("A refund failed" in each.subject for each in mail.outbox)
    assert left_of(payment) == 99
    assert open_of(invoice) == 100
    manager = Browser().sign_in(home.manager)
    assert "Refunds that failed" in manager.get("/admin/").content.decode()
    listed = "/admin/payments/payment/?refund=failed"
    assert payment.number in manager.get(listed).content.decode()
    with company_scope(home.company):
        refund_payment(payment, by=None, amount=Decimal(99), reason="by hand, too")
    assert payment.number not in manager.get(listed).content.decode()
    assert "Refunds that failed" not in manager.get("/admin/").content.decode()


def test_what_was_lost_on_the_way_is_asked_for_again_and_paid_once(world: World, there: FakeStripe) -> None:
    home = world.home
    _invoice, payment = paid_by_card(world, there)
    with company_scope(home.company):
        refund = ask_refund(payment, by=None, amount=Decimal(40), reason="Sent back")
    ask_for(home, refund)
    lost = there.events()
    sweep_refunds_of(home.company)
    assert the_refund(home).state == RefundState.ASKED
    sweep_refunds_of(home.company, timezone.now() + timedelta(minutes=6))
    assert the_refund(home).state == RefundState.CONFIRMED
    for event in lost:
        told(home.company, event)
    work_off(home)
    assert the_refund(home).whole == 40
    assert there.events() == []


def test_it_is_not_asked_for_again_when_the_key_may_be_forgotten(world: World, there: FakeStripe) -> None:
    """Stripe keeps a key for a day: the same question after it would pay a second time."""
    home = world.home
    _invoice, payment = paid_by_card(world, there)
    there.events()
    with company_scope(home.company):
        refund = ask_refund(payment, by=None, amount=Decimal(40), reason="Sent back")
    made = the_refund(home).made_at
    sweep_refunds_of(home.company, made + timedelta(hours=20, seconds=1))
    assert the_refund(home).state == RefundState.ASKED
    assert there.events() == []
    sweep_refunds_of(home.company, made + timedelta(hours=19, minutes=59))
    assert the_refund(home).pk == refund.pk
    assert the_refund(home).state == RefundState.CONFIRMED


def silent_refund(world: World, there: FakeStripe) -> tuple[Payment, Refund]:
    """One that Stripe was never asked for, a day ago: the queue has lost it."""
    _invoice, payment = paid_by_card(world, there)
    there.events()
    with company_scope(world.home.company):
        refund = ask_refund(payment, by=None, amount=Decimal(40), reason="Sent back")
        with connection.cursor() as cursor, pgtrigger.ignore("payments.Refund:keep_refunds"):
            cursor.execute(
                "update payments_refund set made_at = made_at - interval '1 day' where id = %s", [refund.pk]
            )
    return payment, refund


def press_verb(world: World, payment: Payment, verb: str) -> None:
    manager = Browser().sign_in(world.home.manager)
    answer = manager.post(f"/admin/payments/payment/inspect/{payment.pk}/", {"verb": verb})
    assert answer.status_code == 302


def mails_of(side: CompanyWorld, event: str) -> int:
    with company_scope(side.company):
        return int(OutboxMessage.objects.filter(event=event).count())


def test_what_the_provider_was_never_asked_for_comes_on_the_work_list(
    world: World, there: FakeStripe
) -> None:
    home = world.home
    payment, refund = silent_refund(world, there)
    for _each in range(2):
        sweep_refunds_of(home.company)
    ask_for(home, refund)  # a job that the queue had forgotten
    assert there.events() == []
    assert the_refund(home).state == RefundState.ASKED
    assert mails_of(home, "payments.refund_silent") > 0
    manager = Browser().sign_in(home.manager)
    assert "Refunds without an answer" in manager.get("/admin/").content.decode()
    assert payment.number in manager.get("/admin/payments/payment/?refund=silent").content.decode()
    page = manager.get(f"/admin/payments/payment/inspect/{payment.pk}/").content.decode()
    assert "nothing goes back twice" in page
    press_verb(world, payment, "ask_again")
    ask_again.func(home.company.pk, str(refund.pk))
    assert the_refund(home).state == RefundState.CONFIRMED
    ask_again.func(home.company.pk, str(refund.pk))
    give_up.func(home.company.pk, str(refund.pk), home.manager.pk)
    assert the_refund(home).state == RefundState.CONFIRMED
    assert [event["type"] for event in there.events()] == ["refund.created"]
    assert "Refunds without an answer" not in manager.get("/admin/").content.decode()


def test_a_refund_that_the_provider_knows_nothing_of_can_be_given_up(world: World, there: FakeStripe) -> None:
    home = world.home
    payment, refund = silent_refund(world, there)
    press_verb(world, payment, "give_up")
    give_up.func(home.company.pk, str(refund.pk), home.manager.pk)
    assert the_refund(home).state == RefundState.FAILED
    assert left_of(payment) == 40
    assert there.events() == []
    assert mails_of(home, "payments.refund_failed") == 0


def test_what_the_provider_did_long_ago_is_neither_given_up_nor_paid_twice(
    world: World, there: FakeStripe
) -> None:
    home = world.home
    payment, refund = silent_refund(world, there)
    ADAPTER.refund(OURS, payment.provider_charge, Decimal(40), "EUR", key_of_refund(refund))
    there.events()  # and its word never came
    give_up.func(home.company.pk, str(refund.pk), home.manager.pk)
    assert the_refund(home).state == RefundState.CONFIRMED
    assert left_of(payment) == 0


def test_a_refund_that_waits_at_the_provider_is_not_asked_for_again(world: World, there: FakeStripe) -> None:
    home = world.home
    _payment, refund = silent_refund(world, there)
    with company_scope(home.company):
        mark_refund_sent(refund)
        confirm_refund(refund, by=None)
        mark_refund_sent(refund)
    assert the_refund(home).state == RefundState.CONFIRMED
    sweep_refunds_of(home.company)
    assert there.events() == []


def test_the_sandbox_gives_back_once_for_a_key(world: World) -> None:
    home = world.home
    provider, invoice = account(home.company), issued(home)
    alice = Browser().sign_in(world.alice, home.company)
    press(home, alice.post(my(home, "pay/"), form(provider, invoice))["Location"], "approve")
    with company_scope(home.company):
        payment = Payment.objects.get()
        refund = ask_refund(payment, by=None, amount=Decimal(60), reason="Sent back")
    for _each in range(2):
        ask_for(home, refund)
    assert the_refund(home).state == RefundState.ASKED
    sweep_refunds_of(home.company, timezone.now() + timedelta(minutes=6))
    assert the_refund(home).state == RefundState.CONFIRMED


def test_what_no_provider_took_is_given_back_by_hand(world: World) -> None:
    payment = pay(world.home, "50")
    assert refund_through(world, payment, "50").status_code == 422
    with company_scope(world.home.company):
        with pytest.raises(NoProviderToAsk):
            ask_refund(payment, by=None, amount=Decimal(50), reason="x")
        assert not Refund.objects.exists()


def test_a_dispute_is_work_until_it_is_won_and_changes_nothing_then(world: World) -> None:
    home = world.home
    invoice = issued(home)
    begun = attempt(home, account(home.company, "stripe"), invoice)
    told(home.company, stripe_event("checkout.session.completed", stripe_session(str(begun.pk))))
    facts = {"id": "dp_1", "amount": 10000, "currency": "eur", "charge": "ch_1", "reason": "fraudulent"}
    dispute = {**facts, "payment_intent": f"pi_{begun.pk}"}
    told(home.company, stripe_event("charge.dispute.created", {**dispute, "status": "needs_response"}))
    work_off(home)
    manager = Browser().sign_in(home.manager)
    assert "Disputes to answer" in manager.get("/admin/").content.decode()
    told(home.company, stripe_event("charge.dispute.closed", {**dispute, "status": "won"}))
    work_off(home)
    with company_scope(home.company):
        assert Dispute.objects.get().state == DisputeState.WON
        assert not Refund.objects.exists()
    assert open_of(invoice) == 0
    # Word that comes late changes what was decided no more.
    told(home.company, stripe_event("charge.dispute.updated", {**dispute, "status": "lost"}))
    work_off(home)
    assert open_of(invoice) == 0


@pytest.mark.row("F12")
def test_surplus_that_is_not_taken_is_held_for_staff_and_is_nobodys_credit(world: World) -> None:
    home = world.home
    with company_scope(home.company):
        PaymentPolicy.objects.create(surplus=Surplus.REFUSED)
    first, second = issued(home), issued(home)
    payment = pay(home, "130", first)
    assert left_of(payment) == 30
    with company_scope(home.company):
        assert balances_of(home.customers["alice"].pk) == []
        with pytest.raises(NoCredit):
            use_credit(second, by=None, asked=False)
    alice = Browser().sign_in(world.alice, home.company)
    page = alice.get(my(home, f"{payment.pk}/")).content.decode()
    assert "talk to you about giving it back" in page
    assert payment.number not in alice.get(my(home, "credit/")).content.decode()
    manager = Browser().sign_in(home.manager)
    assert "Surplus to give back or use" in manager.get("/admin/").content.decode()
    listed = manager.get("/admin/payments/payment/?surplus=held").content.decode()
    assert payment.number in listed
    inspect = f"/admin/payments/payment/inspect/{payment.pk}/"
    assert "more than was owed" in manager.get(inspect).content.decode()
    data = {"verb": "refund", "refund-amount": "30", "refund-reason": "Paid too much"}
    assert manager.post(inspect, data).status_code == 302
    assert payment.number not in manager.get("/admin/payments/payment/?surplus=held").content.decode()
    assert open_of(first) == 0
