"""The adapter of Stripe, over HTTP with the official client, against a Stripe on loopback."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
import stripe

from portal_modules.core.scope import company_scope
from portal_modules.payments.choices import AttemptState
from portal_modules.payments.event_tasks import work_off_events
from portal_modules.payments.models import Payment, PaymentAttempt
from portal_modules.payments.providers import providers, stripe_words
from portal_modules.payments.providers.base import (
    Account,
    Part,
    ProviderRefused,
    ProviderUnreachable,
    SessionState,
    Wanted,
)
from tests.billing.billed import issued
from tests.payments.fake_stripe.running import FakeStripe, fake_stripe
from tests.payments.online import SECRET, account, told
from tests.world.browsing import Browser
from tests.world.companies import World

ADAPTER = providers.get("stripe")
OURS = Account("c0ffee", 1, "stripe", is_live=False, key="sk_test_only_for_tests", webhook_secret=SECRET)


@pytest.fixture(scope="module")
def loopback() -> Iterator[FakeStripe]:
    with fake_stripe() as running:
        yield running


@pytest.fixture
def there(loopback: FakeStripe, settings: Any) -> FakeStripe:
    settings.STRIPE_ADDRESS = loopback.address
    loopback.events()
    return loopback


def wanted(name: str, amount: str = "100.00", currency: str = "EUR", **more: Any) -> Wanted:
    facts = {"method": "card", "language": "pt-pt", "done_url": "http://x/done", "back_url": "http://x/back"}
    parts = [Part("Invoice 1", Decimal(amount))]
    return Wanted(attempt=name, key=f"key-{name}", currency=currency, parts=parts, **{**facts, **more})


def test_the_same_attempt_is_one_session_and_another_question_under_its_key_is_refused(
    there: FakeStripe,
) -> None:
    first = ADAPTER.begin(OURS, wanted("once"))
    assert ADAPTER.begin(OURS, wanted("once")) == first
    with pytest.raises(ProviderRefused):
        ADAPTER.begin(OURS, wanted("once", "100.01"))
    assert ADAPTER.read(OURS, first.session).state == SessionState.OPEN
    assert ADAPTER.close(OURS, first.session).state == SessionState.EXPIRED
    assert ADAPTER.close(OURS, first.session).state == SessionState.EXPIRED


def test_pesos_have_no_cents(there: FakeStripe) -> None:
    opened = ADAPTER.begin(OURS, wanted("pesos", "15990", "CLP"))
    seen = ADAPTER.read(OURS, opened.session)
    assert (seen.amount, seen.currency) == (Decimal(15990), "CLP")


def test_a_paid_session_is_read_and_refunded_no_further_than_it_was_paid(there: FakeStripe) -> None:
    opened = ADAPTER.begin(OURS, wanted("refunded"))
    there.ask(f"/pay/{opened.session}", how="card")
    seen = ADAPTER.read(OURS, opened.session)
    assert (seen.state, seen.amount, seen.attempt) == (SessionState.PAID, Decimal(100), "refunded")
    back = ADAPTER.refund(OURS, seen.charge, Decimal(40), "EUR", "refund-1")
    assert ADAPTER.refund(OURS, seen.charge, Decimal(40), "EUR", "refund-1") == back
    with pytest.raises(ProviderRefused):
        ADAPTER.refund(OURS, seen.charge, Decimal("60.01"), "EUR", "refund-2")
    assert back.charge == seen.charge


def test_a_wrong_key_and_a_silent_stripe_are_said_in_words(there: FakeStripe, settings: Any) -> None:
    good = ADAPTER.try_out(OURS)
    assert (good.is_good, good.account_id) == (True, "acct_castro")
    wrong = ADAPTER.try_out(Account("c", 1, "stripe", is_live=False, key="sk_test_wrong"))
    assert not wrong.is_good
    assert "sk_test_wrong" not in str(wrong.sentence)
    settings.STRIPE_ADDRESS = "http://127.0.0.1:9"
    assert not ADAPTER.try_out(OURS).is_good
    with pytest.raises(ProviderUnreachable):
        ADAPTER.begin(OURS, wanted("silent"))


def test_a_customer_is_made_once_and_their_page_opens(there: FakeStripe) -> None:
    payer = ADAPTER.enrol(OURS, "", "Alice", "alice@example.com", "payer-alice")
    assert ADAPTER.enrol(OURS, "", "Alice", "alice@example.com", "payer-alice") == payer
    assert ADAPTER.manage_methods(OURS, payer, "http://x/back").startswith(there.address)
    assert ADAPTER.saved_methods(OURS, payer) == []


@pytest.mark.django_db
@pytest.mark.row("F03")
@pytest.mark.parametrize(
    ("how", "before"), [("card", AttemptState.SUCCEEDED), ("voucher", AttemptState.PENDING)]
)
def test_from_the_button_to_the_ledger_with_everything_told_twice_and_backwards(
    world: World, there: FakeStripe, how: str, before: str
) -> None:
    home = world.home
    provider, invoice = account(home.company, "stripe"), issued(home)
    alice = Browser().sign_in(world.alice, home.company)
    data = {"invoice": str(invoice.pk), "way": f"{provider.pk}:card", f"pay-{invoice.pk}": "on"}
    places = {
        alice.post(f"/p/{home.company.alias}/en/my/payments/pay/", data)["Location"] for _each in range(3)
    }
    assert len(places) == 1
    session = urlsplit(places.pop()).path.rpartition("/")[2]
    there.ask(f"/pay/{session}", how=how)

    def arrive() -> None:
        for event in [*reversed(there.events())] * 2:
            assert told(home.company, event).status_code == 200
        assert work_off_events(home.company, until=time.monotonic() + 20)

    arrive()
    assert _state(world) == before
    if how == "voucher":
        there.ask(f"/_/settle/{session}", ok="1")
        arrive()
    with company_scope(home.company):
        payment = Payment.objects.get()
        invoice.refresh_from_db()
        assert payment.amount == 100
        assert invoice.open_now == 0


@pytest.mark.django_db
def test_a_stripe_that_breaks_is_told_and_pressing_again_goes_on(world: World, there: FakeStripe) -> None:
    home = world.home
    provider, invoice = account(home.company, "stripe"), issued(home)
    alice = Browser().sign_in(world.alice, home.company)
    data = {"invoice": str(invoice.pk), "way": f"{provider.pk}:card", f"pay-{invoice.pk}": "on"}
    path = f"/p/{home.company.alias}/en/my/payments/pay/"
    there.ask("/_/break", times=5)
    answer = alice.post(path, data)
    assert "refused=ProviderSilent" in answer["Location"]
    assert "does not answer just now" in alice.get(answer["Location"]).content.decode()
    there.ask("/_/break", times=0)
    assert alice.post(path, data)["Location"].startswith(there.address)
    with company_scope(home.company):
        assert PaymentAttempt.objects.count() == 1


def test_the_names_of_fields_and_events_are_those_of_the_installed_package() -> None:
    of = {
        stripe.checkout.Session: "id status payment_status mode amount_total currency client_reference_id metadata "
        "payment_intent payment_method_types customer livemode url",
        stripe.PaymentIntent: "id amount amount_received currency metadata customer livemode status",
        stripe.Charge: "id payment_intent refunds",
        stripe.Refund: "id amount currency payment_intent charge status reason failure_reason metadata",
        stripe.Dispute: "id amount currency payment_intent charge status reason",
        stripe.Event: "id type created livemode account data",
        stripe.Payout: "id amount currency status arrival_date failure_code statement_descriptor",
        stripe.Account: "id charges_enabled settings",
    }
    for kind, names in of.items():
        missing = set(names.split()) - set(kind.__annotations__)
        assert not missing, (kind, missing)
    told_of = str(stripe.Event.__annotations__["type"])
    for name in stripe_words.EVENTS:
        assert f"'{name}'" in told_of or f'"{name}"' in told_of, name


def _state(world: World) -> str:
    with company_scope(world.home.company):
        return str(PaymentAttempt.objects.get().state)
