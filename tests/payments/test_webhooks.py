"""What providers tell: believed only when it is proved, kept as it came, worked off in any order."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from portal_modules.core.models import CompanyModule
from portal_modules.core.scope import company_scope
from portal_modules.payments.actions.attempts import AskedPart, begin_attempt
from portal_modules.payments.choices import AttemptState, RunState
from portal_modules.payments.event_tasks import work_off_events
from portal_modules.payments.models import (
    Payment,
    PaymentAttempt,
    PaymentProvider,
    ProviderEvent,
    ProviderEventRun,
)
from tests.billing.billed import issued
from tests.payments.online import SECRET, account, stripe_event, stripe_session, told
from tests.world.companies import CompanyWorld, World

pytestmark = pytest.mark.django_db


def attempt(side: CompanyWorld, provider: PaymentProvider, invoice: Any, **part: Any) -> PaymentAttempt:
    with company_scope(side.company):
        begun = begin_attempt(
            side.customers["alice"],
            provider=provider,
            method="card",
            parts=[AskedPart(invoice.pk, **part)],
            language="pt",
            by=None,
        )
        assert begun.attempt is not None
        return begun.attempt


def work_off(side: CompanyWorld) -> None:
    assert work_off_events(side.company, until=time.monotonic() + 20)


def books(side: CompanyWorld) -> list[tuple[Decimal, str]]:
    with company_scope(side.company):
        return [(each.amount, each.currency) for each in Payment.objects.order_by("serial")]


def runs(side: CompanyWorld) -> list[str]:
    with company_scope(side.company):
        return list(ProviderEventRun.objects.order_by("event__received_at").values_list("state", flat=True))


@pytest.mark.row("F05")
def test_a_paid_session_pays_its_invoice_however_often_it_is_told(world: World) -> None:
    home = world.home
    provider, invoice = account(home.company, "stripe"), issued(home)
    begun = attempt(home, provider, invoice)
    event = stripe_event("checkout.session.completed", stripe_session(str(begun.pk)))
    for _time in range(3):
        assert told(home.company, event).status_code == 200
        work_off(home)
    intent = {
        "id": f"pi_{begun.pk}",
        "amount": 10000,
        "amount_received": 10000,
        "currency": "eur",
        "metadata": {"attempt": str(begun.pk)},
        "livemode": False,
    }
    told(home.company, stripe_event("payment_intent.succeeded", intent))
    work_off(home)
    assert books(home) == [(Decimal(100), "EUR")]
    assert runs(home) == [RunState.DONE, RunState.DONE]
    with company_scope(home.company):
        begun.refresh_from_db()
        invoice.refresh_from_db()
        assert begun.state == AttemptState.SUCCEEDED
        assert invoice.open_now == 0


FORGERIES: list[tuple[str, dict[str, Any]]] = [
    ("another secret", {"secret": "whsec_of_somebody_else"}),
    ("an empty secret", {"secret": ""}),
    ("too old", {"shift": -301}),
    ("of the future", {"shift": 400}),
    ("no header", {"header": ""}),
    ("nonsense", {"header": "t=,v1="}),
    ("digits of another script", {"header": "t=١٢٣,v1=aa"}),
    ("two times", {"header": "t=1,t=2,v1=aa"}),
]


@pytest.mark.parametrize("how", [each[1] for each in FORGERIES], ids=[each[0] for each in FORGERIES])
def test_what_is_not_proved_changes_nothing(world: World, how: dict[str, Any]) -> None:
    home = world.home
    begun = attempt(home, account(home.company, "stripe"), issued(home))
    event = stripe_event("checkout.session.completed", stripe_session(str(begun.pk)))
    assert told(home.company, event, **how).status_code == 400
    nothing_has_changed(home, begun)


def test_the_newest_scheme_only_and_the_body_as_it_was_sent(world: World) -> None:
    home = world.home
    begun = attempt(home, account(home.company, "stripe"), issued(home))
    event = stripe_event("checkout.session.completed", stripe_session(str(begun.pk)))
    body = json.dumps(event).encode()
    from stripe import WebhookSignature

    at = int(time.time())
    good = WebhookSignature.generate_signature_header(body.decode(), SECRET, timestamp=at)
    assert told(home.company, body, header=good.replace("v1=", "v0=")).status_code == 400
    written_anew = json.dumps(event, indent=1).encode()
    assert told(home.company, written_anew, header=good).status_code == 400
    nothing_has_changed(home, begun)
    assert told(home.company, body, header=good).status_code == 200


@pytest.mark.parametrize(
    "more",
    [
        {"livemode": True},
        {"livemode": None},
        {"account": "acct_of_another"},
        {"id": 7},
        {"id": ""},
        {"created": "x"},
    ],
)
def test_what_is_signed_but_not_ours_is_refused(world: World, more: dict[str, Any]) -> None:
    home = world.home
    begun = attempt(home, account(home.company, "stripe"), issued(home))
    event = stripe_event("checkout.session.completed", stripe_session(str(begun.pk)), **more)
    assert told(home.company, event).status_code == 400
    nothing_has_changed(home, begun)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'{"id": NaN}', b'"\\ud800"', b"[" * 5000, b'{"a": "\\u0000"}', b"\xff\xfe"]
)
def test_no_body_breaks_the_endpoint(world: World, body: bytes) -> None:
    home = world.home
    account(home.company, "stripe")
    at = int(time.time())
    from hashlib import sha256
    from hmac import new

    digest = new(SECRET.encode(), f"{at}.".encode() + body, sha256).hexdigest()
    assert told(home.company, body, header=f"t={at},v1={digest}").status_code == 400
    with company_scope(home.company):
        assert not ProviderEvent.objects.exists()


def test_the_secret_of_another_company_opens_nothing(world: World) -> None:
    home, other = world.home, world.other
    begun = attempt(home, account(home.company, "stripe"), issued(home))
    theirs = account(other.company, "stripe")
    with company_scope(other.company):
        theirs.keep_webhook_secret("whsec_of_altura")
        theirs.save()
    event = stripe_event("checkout.session.completed", stripe_session(str(begun.pk)))
    assert told(home.company, event, secret="whsec_of_altura").status_code == 400
    # Told to the other company, with its own secret, it is about nothing of theirs.
    assert told(other.company, event, secret="whsec_of_altura").status_code == 200
    work_off(other)
    assert books(other) == []
    assert runs(other) == [RunState.REVIEW]
    nothing_has_changed(home, begun)


def test_an_account_without_a_webhook_secret_believes_nobody(world: World) -> None:
    home = world.home
    provider = account(home.company, "stripe")
    begun = attempt(home, provider, issued(home))
    with company_scope(home.company):
        provider.keep_webhook_secret("")
        provider.save()
    event = stripe_event("checkout.session.completed", stripe_session(str(begun.pk)))
    assert told(home.company, event, secret="").status_code == 400
    nothing_has_changed(home, begun)


def test_off_means_that_there_is_no_such_address(world: World) -> None:
    home = world.home
    account(home.company, "stripe")
    with company_scope(home.company):
        CompanyModule.objects.create(module="payments", is_on=False)
    assert told(home.company, stripe_event("x", {})).status_code == 404
    assert told(home.company, stripe_event("x", {}), slug="nobody").status_code == 404


@pytest.mark.parametrize(
    ("amount", "currency", "paid", "open_amount"),
    [(9999, "eur", "99.99", "0.01"), (10001, "eur", "100.01", "0.00"), (10000, "usd", "100.00", "100.00")],
)
def test_another_amount_or_currency_never_pays_wrongly(
    world: World, amount: int, currency: str, paid: str, open_amount: str
) -> None:
    home = world.home
    invoice = issued(home)
    begun = attempt(home, account(home.company, "stripe"), invoice)
    session = stripe_session(str(begun.pk), amount, currency=currency)
    told(home.company, stripe_event("checkout.session.completed", session))
    work_off(home)
    assert books(home) == [(Decimal(paid), currency.upper())]
    with company_scope(home.company):
        begun.refresh_from_db()
        invoice.refresh_from_db()
        assert begun.state == AttemptState.REVIEW
        assert invoice.open_now == Decimal(open_amount)


def test_a_currency_that_no_book_holds_is_looked_at(world: World) -> None:
    home = world.home
    begun = attempt(home, account(home.company, "stripe"), issued(home))
    told(
        home.company,
        stripe_event("checkout.session.completed", stripe_session(str(begun.pk), currency="zzz")),
    )
    work_off(home)
    assert runs(home) == [RunState.REVIEW]
    assert books(home) == []


def test_a_boleto_is_awaited_until_its_money_comes(world: World) -> None:
    home = world.home
    begun = attempt(home, account(home.company, "stripe"), issued(home))
    waiting = stripe_session(str(begun.pk), payment_status="unpaid")
    told(home.company, stripe_event("checkout.session.completed", waiting))
    work_off(home)
    assert state_of(home, begun) == AttemptState.PENDING
    assert books(home) == []
    paid = stripe_session(str(begun.pk))
    told(home.company, stripe_event("checkout.session.async_payment_succeeded", paid))
    work_off(home)
    assert state_of(home, begun) == AttemptState.SUCCEEDED


def test_what_comes_late_and_out_of_order_changes_nothing_that_is_further(world: World) -> None:
    home = world.home
    begun = attempt(home, account(home.company, "stripe"), issued(home))
    paid, waiting = stripe_session(str(begun.pk)), stripe_session(str(begun.pk), payment_status="unpaid")
    told(home.company, stripe_event("checkout.session.async_payment_succeeded", paid))
    told(home.company, stripe_event("checkout.session.completed", waiting))
    told(home.company, stripe_event("checkout.session.expired", {**waiting, "status": "expired"}))
    work_off(home)
    assert state_of(home, begun) == AttemptState.SUCCEEDED
    assert books(home) == [(Decimal(100), "EUR")]


def test_money_that_went_back_is_owed_again_and_a_refund_told_before_its_payment_waits(world: World) -> None:
    home = world.home
    invoice = issued(home)
    begun = attempt(home, account(home.company, "stripe"), invoice)
    refund = {
        "id": "re_1",
        "amount": 4000,
        "currency": "eur",
        "payment_intent": f"pi_{begun.pk}",
        "status": "succeeded",
        "reason": None,
    }
    told(home.company, stripe_event("refund.created", refund))
    work_off(home)
    assert runs(home) == [RunState.WAITING]
    told(home.company, stripe_event("checkout.session.completed", stripe_session(str(begun.pk))))
    work_off(home)
    work_off(home)
    told(home.company, stripe_event("refund.updated", refund))
    work_off(home)
    assert set(runs(home)) == {RunState.DONE}
    with company_scope(home.company):
        invoice.refresh_from_db()
        assert invoice.open_now == 40


def test_a_lost_dispute_takes_the_payment_back(world: World) -> None:
    home = world.home
    invoice = issued(home)
    begun = attempt(home, account(home.company, "stripe"), invoice)
    told(home.company, stripe_event("checkout.session.completed", stripe_session(str(begun.pk))))
    dispute = {
        "id": "dp_1",
        "amount": 10000,
        "currency": "eur",
        "charge": "ch_1",
        "payment_intent": f"pi_{begun.pk}",
        "reason": "fraudulent",
    }
    told(home.company, stripe_event("charge.dispute.created", {**dispute, "status": "needs_response"}))
    work_off(home)
    with company_scope(home.company):
        invoice.refresh_from_db()
        assert invoice.open_now == 0
    for _time in range(2):
        told(home.company, stripe_event("charge.dispute.closed", {**dispute, "status": "lost"}))
        work_off(home)
    with company_scope(home.company):
        invoice.refresh_from_db()
        assert invoice.open_now == 100


def test_another_session_and_another_provider_of_the_same_company_settle_nothing(world: World) -> None:
    home = world.home
    provider = account(home.company, "stripe")
    begun = attempt(home, provider, issued(home))
    with company_scope(home.company):
        PaymentAttempt.objects.filter(pk=begun.pk).update(provider_session="cs_ours")
    told(home.company, stripe_event("checkout.session.completed", stripe_session(str(begun.pk))))
    told(home.company, stripe_event("checkout.session.completed", stripe_session(str(uuid4()))))
    work_off(home)
    assert runs(home) == [RunState.REVIEW, RunState.REVIEW]
    assert books(home) == []


def test_what_is_of_no_concern_is_kept_and_left_alone(world: World) -> None:
    home = world.home
    account(home.company, "stripe")
    assert told(home.company, stripe_event("customer.created", {"id": "cus_1"})).status_code == 200
    odd = stripe_event("checkout.session.completed", {"id": 7, "mode": "payment", "amount_total": "a lot"})
    assert told(home.company, odd).status_code == 200
    work_off(home)
    assert sorted(runs(home)) == [RunState.IGNORED, RunState.REVIEW]


def state_of(side: CompanyWorld, begun: PaymentAttempt) -> str:
    with company_scope(side.company):
        begun.refresh_from_db()
        return str(begun.state)


def nothing_has_changed(side: CompanyWorld, begun: PaymentAttempt) -> None:
    with company_scope(side.company):
        assert not ProviderEvent.objects.exists()
        assert not Payment.objects.exists()
    assert state_of(side, begun) == AttemptState.OPEN
