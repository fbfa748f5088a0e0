"""Paying automatically: by consent, announced, tried twice at most, and ended with a word."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from portal_modules.billing.days import billing_day
from portal_modules.billing.models import Invoice
from portal_modules.core.scope import company_scope
from portal_modules.notifications.models import OutboxMessage
from portal_modules.payments.actions.autopay import agree_to_autopay
from portal_modules.payments.autopay import pay_what_is_agreed, payer_of, preferred_method
from portal_modules.payments.models import Autopay, AutopayRun, Payment, PaymentProvider, SandboxPayer
from tests.billing.billed import issued
from tests.payments.online import account
from tests.world.browsing import Browser
from tests.world.companies import CompanyWorld, World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db


def keep_card(
    side: CompanyWorld, provider: PaymentProvider, label: str = "Visa •••• 4242", **ends: int
) -> None:
    alice = side.customers["alice"]
    payer = payer_of(side.company, provider, alice.pk)
    with company_scope(side.company):
        today = billing_day(side.company)
        card = {
            "reference": f"pm_{label}",
            "label": label,
            "method": "card",
            "ends": [ends.get("year", today.year + 3), ends.get("month", 12)],
        }
        SandboxPayer.objects.filter(pk=payer).update(methods=[card])


def agreement(side: CompanyWorld, provider: PaymentProvider, by: Any) -> Autopay:
    alice = side.customers["alice"]
    method = preferred_method(side.company, provider, alice.pk)
    assert method is not None
    with company_scope(side.company):
        return agree_to_autopay(alice, provider=provider, consent="I agree.", method=method, by=by)


def told(side: CompanyWorld, event: str) -> int:
    with company_scope(side.company):
        return int(OutboxMessage.objects.filter(event=f"payments.{event}").count())


def today_of(side: CompanyWorld) -> date:
    with company_scope(side.company):
        return billing_day(side.company)


@pytest.mark.row("F14")
def test_an_invoice_is_announced_three_days_before_and_paid_on_its_day(world: World) -> None:
    home = world.home
    provider, today = account(home.company), today_of(home)
    keep_card(home, provider)
    agreement(home, provider, world.alice)
    invoice = issued(home, due_on=today + timedelta(days=10))
    pay_what_is_agreed(home.company, on=today + timedelta(days=6))
    assert told(home, "autopay_announced") == 0
    for _time in range(2):
        pay_what_is_agreed(home.company, on=today + timedelta(days=7))
    announced = told(home, "autopay_announced")
    assert announced >= 1
    pay_what_is_agreed(home.company, on=today + timedelta(days=9))
    with company_scope(home.company):
        assert not Payment.objects.exists()
    for _time in range(2):
        pay_what_is_agreed(home.company, on=today + timedelta(days=12))
    assert told(home, "autopay_announced") == announced
    with company_scope(home.company):
        assert Payment.objects.get().attempt.is_automatic
        assert Invoice.objects.get(pk=invoice.pk).open_now == 0
        assert AutopayRun.objects.get().state == "paid"


@pytest.mark.row("F14")
def test_a_card_that_is_declined_is_tried_once_more_and_then_it_is_over_with_a_mail(world: World) -> None:
    home = world.home
    provider, today = account(home.company), today_of(home)
    keep_card(home, provider, "Visa •••• 0002")
    agreed = agreement(home, provider, world.alice)
    issued(home, due_on=today + timedelta(days=3))
    for day in (0, 5, 6, 8, 9, 12, 20):
        pay_what_is_agreed(home.company, on=today + timedelta(days=day))
    with company_scope(home.company):
        run = AutopayRun.objects.get()
        agreed.refresh_from_db()
        assert (run.state, run.tries, agreed.end) == ("failed", 2, "declined")
        assert not Payment.objects.exists()
    assert told(home, "autopay_ended") >= 1


@pytest.mark.row("F14")
def test_thirty_days_before_a_card_ends_its_owner_is_warned_once(world: World) -> None:
    home = world.home
    provider, today = account(home.company), today_of(home)
    keep_card(home, provider, year=today.year + 1, month=1)
    agreement(home, provider, world.alice)
    last = date(today.year + 1, 1, 31)
    pay_what_is_agreed(home.company, on=last - timedelta(days=31))
    assert told(home, "autopay_card_ends") == 0
    for _time in range(2):
        pay_what_is_agreed(home.company, on=last - timedelta(days=30))
    assert told(home, "autopay_card_ends") >= 1


def test_what_is_paid_by_hand_meanwhile_is_not_taken_again(world: World) -> None:
    home = world.home
    provider, today = account(home.company), today_of(home)
    keep_card(home, provider)
    agreement(home, provider, world.alice)
    invoice = issued(home, due_on=today + timedelta(days=3))
    pay_what_is_agreed(home.company, on=today)
    with company_scope(home.company):
        from portal_modules.payments.actions import record_payment

        alice = home.customers["alice"]
        record_payment(
            alice, by=None, amount=invoice.total, currency="EUR", method="transfer", invoices=[invoice]
        )
    pay_what_is_agreed(home.company, on=today + timedelta(days=5))
    with company_scope(home.company):
        assert Payment.objects.count() == 1
        assert AutopayRun.objects.get().state == "dropped"


def fresh(world: World) -> Browser:
    """Alice, who has given her password a moment ago."""
    browser = Browser().sign_in(world.alice, world.home.company)
    with as_owner():
        session = SessionStore(browser.cookies[settings.SESSION_COOKIE_NAME].value)
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session.save()
    return browser


@pytest.mark.row("F02")
def test_whoever_has_just_shown_who_they_are_opens_the_page_of_their_cards(world: World) -> None:
    home = world.home
    provider = account(home.company)
    page = f"/p/{home.company.alias}/en/my/payments/methods/"
    stale = Browser().sign_in(world.alice, home.company)
    assert stale.get(page).status_code == 302
    alice = fresh(world)
    assert "Manage payment methods" in alice.get(page).content.decode()
    customer = home.customers["alice"].pk
    answer = alice.post(page, {"customer": customer, "do": "manage"})
    assert answer.status_code == 303
    cards = alice.get(answer["Location"])
    assert "No card is kept" in cards.content.decode()
    assert alice.post(page, {"customer": customer, "do": "agree"})["Location"].endswith("refused=consent")
    none = alice.post(page, {"customer": customer, "do": "agree", "consent": "on"})
    assert none["Location"].endswith("refused=none")
    Browser().post(answer["Location"], {"add": "good"})
    alice.post(
        page, {"customer": customer, "do": "agree", "consent": "on", "consented_name": "Somebody else"}
    )
    with company_scope(home.company):
        agreed = Autopay.objects.get()
        assert agreed.provider_id == provider.pk
        assert "three days before" in agreed.consent
        assert agreed.consented_by_id == world.alice.pk
    assert "Switched on" in alice.get(page).content.decode()
    theirs = home.customers["charlie"].pk
    assert alice.post(page, {"customer": theirs, "do": "stop"}).status_code == 404
    alice.post(page, {"customer": customer, "do": "stop"})
    with company_scope(home.company):
        agreed.refresh_from_db()
        assert agreed.end == "customer"
