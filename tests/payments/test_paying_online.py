"""Paying online from the customer's pages and from the page of one invoice, through the sandbox."""

from __future__ import annotations

import time
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.utils import timezone

from portal_modules.billing.models import Invoice
from portal_modules.core.models import CompanySetting
from portal_modules.core.scope import company_scope
from portal_modules.payments.actions.attempts import AskedPart, begin_attempt
from portal_modules.payments.choices import AttemptState, Surplus
from portal_modules.payments.event_tasks import look_after_attempts, work_off_events
from portal_modules.payments.exceptions import SurplusRefused
from portal_modules.payments.models import Payment, PaymentAttempt, PaymentPolicy, SandboxSession
from portal_modules.payments.providers.sandbox.ledger import facts
from portal_modules.payments.providers.sandbox.telling import event_of
from tests.billing.billed import issued, overdue
from tests.payments.online import account, sandbox_told
from tests.world.browsing import Browser
from tests.world.companies import CompanyWorld, World

pytestmark = pytest.mark.django_db


def at(side: CompanyWorld, path: str) -> str:
    return f"/p/{side.company.alias}/en/{path}"


def my(side: CompanyWorld, path: str) -> str:
    return at(side, f"my/payments/{path}")


def attempts(side: CompanyWorld) -> list[PaymentAttempt]:
    with company_scope(side.company):
        return list(PaymentAttempt.objects.order_by("created_at"))


def form(provider: Any, *invoices: Invoice, method: str = "card", **amounts: str) -> dict[str, Any]:
    """What a browser sends, with fields that nobody asked for."""
    data: dict[str, Any] = {
        "invoice": [str(each.pk) for each in invoices],
        "way": f"{provider.pk}:{method}",
        "status": "succeeded",
        "company": "1",
        "customer": "1",
        "total": "0.01",
        "amount": "0.01",
    }
    for each in invoices:
        data[f"pay-{each.pk}"] = "on"
        data[f"amount-{each.pk}"] = amounts.get(f"of_{each.number}".replace("-", "_"), "")
    return data


def press(side: CompanyWorld, session_url: str, button: str) -> Any:
    """A button of the sandbox's page; what it tells arrives."""
    path = urlsplit(session_url).path
    answer = Browser().post(path, {"do": button})
    with company_scope(side.company):
        session = SandboxSession.objects.get(pk=path.rstrip("/").rpartition("/")[2])
        event = event_of(session.state, str(session.pk), facts(session))
    assert sandbox_told(side.company, event).status_code == 200
    assert work_off_events(side.company, until=time.monotonic() + 20)
    return answer


@pytest.mark.row("F03")
@pytest.mark.row("F11")
def test_several_invoices_are_paid_at_once_and_the_page_says_so(world: World) -> None:
    home = world.home
    provider = account(home.company)
    first, second = issued(home), issued(home, amount="50.00")
    alice = Browser().sign_in(world.alice, home.company)
    page = alice.get(my(home, "pay/"))
    assert page.status_code == 200
    assert first.number_shown in page.content.decode()
    answer = alice.post(my(home, "pay/"), form(provider, first, second))
    assert answer.status_code == 303, answer.content.decode()
    (begun,) = attempts(home)
    assert (begun.amount, begun.currency, begun.state) == (Decimal(150), "EUR", AttemptState.OPEN)
    assert begun.begun_by_id == world.alice.pk
    back = press(home, answer["Location"], "approve")
    assert back.status_code == 302
    outcome = Browser().get(back["Location"])
    assert "Thank you, your payment is here" in outcome.content.decode()
    with company_scope(home.company):
        assert Payment.objects.get().amount == 150
        assert not Invoice.objects.open().filter(pk__in=[first.pk, second.pk]).exists()


@pytest.mark.row("F03")
def test_whoever_holds_the_page_of_an_invoice_pays_it_without_a_login(world: World) -> None:
    home = world.home
    provider, invoice = account(home.company), issued(home)
    from portal_modules.billing.links import token_of

    page = Browser().get(at(home, f"i/{token_of(invoice.pk, home.company)}/")).content.decode()
    assert "Pay online" in page
    address = page.partition('action="')[2].partition('"')[0]
    assert invoice.pk.hex in address
    answer = Browser().post(address, {"way": f"{provider.pk}:multibanco", "status": "paid", "total": "1"})
    assert answer.status_code == 303
    press(home, answer["Location"], "later")
    (begun,) = attempts(home)
    assert (begun.state, begun.amount, begun.begun_by) == (AttemptState.PENDING, Decimal(100), None)
    outcome = Browser().get(at(home, f"pay/{begun.pk}/")).content.decode()
    assert "Your payment is on its way" in outcome
    for word in ("Alice", invoice.number_shown):
        assert word not in outcome
    # While it is on its way, nobody begins another.
    again = Browser().post(address, {"way": f"{provider.pk}:card"})
    assert "refused=AttemptOnItsWay" in again["Location"]
    assert "on its way already" in Browser().get(again["Location"]).content.decode()
    press(home, answer["Location"], "approve")
    assert attempts(home)[0].state == AttemptState.SUCCEEDED
    assert "There is nothing to pay" in Browser().get(address).content.decode()


def test_a_wrong_address_of_an_invoice_leads_nowhere(world: World) -> None:
    home = world.home
    provider, invoice = account(home.company), issued(home)
    for digest in ("0" * 64, "x", "a" * 63):
        address = at(home, f"pay/invoice/{invoice.pk.hex}{digest}/")
        assert Browser().get(address).status_code == 404
        assert Browser().post(address, {"way": f"{provider.pk}:card"}).status_code == 404
    assert Browser().get(at(home, f"pay/{uuid4()}/")).status_code == 404
    assert attempts(home) == []


@pytest.mark.row("F11")
def test_pay_pressed_again_and_again_makes_one_attempt(world: World) -> None:
    home = world.home
    provider, invoice = account(home.company), issued(home)
    one, other = (Browser().sign_in(world.alice, home.company) for _each in range(2))
    places = {
        browser.post(my(home, "pay/"), form(provider, invoice))["Location"] for browser in (one, other) * 10
    }
    assert len(places) == 1
    assert len(attempts(home)) == 1
    with company_scope(home.company):
        assert SandboxSession.objects.count() == 1


def test_another_way_closes_the_page_that_was_open(world: World) -> None:
    home = world.home
    provider, invoice = account(home.company), issued(home)
    alice = Browser().sign_in(world.alice, home.company)
    first = alice.post(my(home, "pay/"), form(provider, invoice))
    second = alice.post(my(home, "pay/"), form(provider, invoice, method="mb_way"))
    assert first["Location"] != second["Location"]
    assert [each.state for each in attempts(home)] == [AttemptState.CANCELLED, AttemptState.OPEN]
    page = Browser().get(urlsplit(first["Location"]).path).content.decode()
    assert "This payment is over" in page
    press(home, second["Location"], "approve")
    assert [each.state for each in attempts(home)] == [AttemptState.CANCELLED, AttemptState.SUCCEEDED]


def test_declined_can_be_tried_again(world: World) -> None:
    home = world.home
    provider, invoice = account(home.company), issued(home)
    alice = Browser().sign_in(world.alice, home.company)
    answer = alice.post(my(home, "pay/"), form(provider, invoice))
    back = press(home, answer["Location"], "decline")
    page = alice.get(back["Location"]).content.decode()
    assert "The payment did not go through" in page
    assert f"{my(home, 'pay/')}?invoice={invoice.pk}" in page
    answer = alice.post(my(home, "pay/"), form(provider, invoice))
    press(home, answer["Location"], "approve")
    assert [each.state for each in attempts(home)] == [AttemptState.FAILED, AttemptState.SUCCEEDED]


def test_a_part_is_paid_and_more_than_is_open_is_refused_in_words(world: World) -> None:
    home = world.home
    provider, invoice = account(home.company), issued(home)
    alice = Browser().sign_in(world.alice, home.company)
    data = form(provider, invoice)
    with company_scope(home.company):
        PaymentPolicy.objects.create(surplus=Surplus.REFUSED)
    for wrong in ("100.01", "0", "-5", "1e2", "abc", "１２", "٣", "1_000", "1.005", "99999999999"):
        answer = alice.post(my(home, "pay/"), {**data, f"amount-{invoice.pk}": wrong})
        assert answer.status_code == 422, wrong
    assert attempts(home) == []
    answer = alice.post(my(home, "pay/"), {**data, f"amount-{invoice.pk}": "30,50"})
    press(home, answer["Location"], "approve")
    with company_scope(home.company):
        invoice.refresh_from_db()
        assert invoice.open_now == Decimal("69.50")


@pytest.mark.row("F12")
def test_who_pays_more_than_is_open_keeps_the_rest_as_credit(world: World) -> None:
    home = world.home
    provider, invoice = account(home.company), issued(home)
    alice = Browser().sign_in(world.alice, home.company)
    data = {**form(provider, invoice), f"amount-{invoice.pk}": "1000.01"}
    assert alice.post(my(home, "pay/"), data).status_code == 422  # a comma was left out
    answer = alice.post(my(home, "pay/"), {**data, f"amount-{invoice.pk}": "130"})
    press(home, answer["Location"], "approve")
    with company_scope(home.company):
        invoice.refresh_from_db()
        assert invoice.open_now == 0
        payment = Payment.objects.get()
        assert (payment.amount, payment.unallocated) == (130, 30)
        assert PaymentAttempt.objects.get().state == AttemptState.SUCCEEDED


def test_where_no_surplus_is_kept_the_action_refuses_it_too(world: World) -> None:
    home = world.home
    provider, invoice = account(home.company), issued(home)
    with company_scope(home.company):
        PaymentPolicy.objects.create(surplus=Surplus.REFUSED)
        with pytest.raises(SurplusRefused):
            begin_attempt(
                home.customers["alice"],
                provider=provider,
                method="card",
                parts=[AskedPart(invoice.pk, Decimal("100.01"))],
                language="pt",
                by=None,
            )
    assert attempts(home) == []


@pytest.mark.row("F15")
def test_instalments_are_paid_one_by_one(world: World) -> None:
    home = world.home
    provider = account(home.company)
    with company_scope(home.company):
        from portal_modules.billing.actions import Part
        from portal_modules.billing.days import billing_day

        today = billing_day(home.company)
        parts = [Part(today + timedelta(days=days), Decimal(50)) for days in (10, 40)]
    invoice = issued(home, parts=parts)
    with company_scope(home.company):
        first, second = invoice.instalments.order_by("number")
    alice = Browser().sign_in(world.alice, home.company)
    page = alice.get(f"{my(home, 'pay/')}?invoice={invoice.pk}").content.decode()
    assert "instalment 2 of 2" in page
    data = {
        "invoice": str(invoice.pk),
        "way": f"{provider.pk}:card",
        f"pay-{invoice.pk}:{first.pk}": "on",
        f"amount-{invoice.pk}:{first.pk}": "50",
    }
    answer = alice.post(my(home, "pay/"), data)
    press(home, answer["Location"], "approve")
    with company_scope(home.company):
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.open, second.open) == (0, 50)


def test_nobody_pays_for_another_customer_or_company(world: World) -> None:
    home = world.home
    provider = account(home.company)
    theirs, foreign = issued(home, "charlie"), issued(world.other, "dora")
    alice = Browser().sign_in(world.alice, home.company)
    for invoice in (theirs, foreign):
        answer = alice.post(my(home, "pay/"), form(provider, invoice))
        assert answer.status_code == 200
        assert "There is nothing to pay" in answer.content.decode()
    mine = issued(home)
    stranger = account(world.other.company)
    answer = alice.post(my(home, "pay/"), form(stranger, mine))
    assert answer.status_code == 422
    assert attempts(home) == attempts(world.other) == []


def test_who_may_only_look_does_not_pay(world: World) -> None:
    home = world.home
    provider, invoice = account(home.company), issued(home)
    bob = Browser().sign_in(world.bob, home.company)
    assert bob.get(my(home, "pay/")).status_code == 403
    assert bob.post(my(home, "pay/"), form(provider, invoice)).status_code == 403
    assert attempts(home) == []


@pytest.mark.row("F10")
def test_where_online_is_off_the_page_says_whom_to_ask(world: World) -> None:
    home = world.home
    provider, invoice = account(home.company), issued(home)
    with company_scope(home.company):
        CompanySetting.objects.create(name="function:payments.online", value=False)
    alice = Browser().sign_in(world.alice, home.company)
    page = alice.get(my(home, "pay/")).content.decode()
    assert "Paying online is not switched on yet" in page
    assert alice.post(my(home, "pay/"), form(provider, invoice)).status_code == 422
    assert attempts(home) == []


@pytest.mark.row("F06")
def test_each_company_shows_the_ways_that_it_has_switched_on_and_that_exist_for_its_money(
    world: World,
) -> None:
    home = world.home
    account(home.company, methods=["card", "multibanco", "webpay", "pix"])
    invoice = issued(home)
    alice = Browser().sign_in(world.alice, home.company)
    page = alice.get(f"{my(home, 'pay/')}?invoice={invoice.pk}").content.decode()
    assert "Multibanco" in page
    assert "Webpay" not in page
    assert "Pix" not in page


def test_an_overdue_invoice_is_paid_with_what_waiting_has_cost(world: World) -> None:
    home = world.home
    provider, invoice = account(home.company), overdue(home)
    alice = Browser().sign_in(world.alice, home.company)
    answer = alice.post(my(home, "pay/"), form(provider, invoice))
    (begun,) = attempts(home)
    press(home, answer["Location"], "approve")
    with company_scope(home.company):
        invoice.refresh_from_db()
        assert invoice.open_now == 0
        assert Payment.objects.get().amount == begun.amount >= 100


def test_an_event_that_was_lost_is_asked_for_after_a_day(world: World) -> None:
    home = world.home
    provider, invoice, other = account(home.company), issued(home), issued(home)
    alice = Browser().sign_in(world.alice, home.company)
    answer = alice.post(my(home, "pay/"), form(provider, invoice))
    Browser().post(urlsplit(answer["Location"]).path, {"do": "vanish"})
    alice.post(my(home, "pay/"), form(provider, other))
    with company_scope(home.company):
        PaymentAttempt.objects.update(changed_at=timezone.now() - timedelta(days=2))
    look_after_attempts.func()
    assert [each.state for each in attempts(home)] == [AttemptState.SUCCEEDED, AttemptState.OPEN]
    with company_scope(home.company):
        assert Payment.objects.get().amount == 100
