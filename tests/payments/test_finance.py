"""What the finance page shows of payments, and telling of a payment for one of several customers."""

from __future__ import annotations

from typing import Any

import pytest

from portal_modules.core.actions import switch_module
from portal_modules.core.scope import company_scope
from portal_modules.payments.models import DeclaredPayment
from tests.billing.billed import issued
from tests.payments.online import account
from tests.payments.paid import pay
from tests.payments.test_story import told
from tests.world.browsing import Browser
from tests.world.companies import World, add_customer

pytestmark = pytest.mark.django_db

FINANCE = "/p/castro-lima/en/my/billing/"
MY = "/p/castro-lima/en/my/payments/"


def page_of(person: Browser, address: str = FINANCE) -> str:
    answer: Any = person.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.row("F11")
def test_the_chosen_invoices_are_paid_from_the_finance_page(world: World) -> None:
    account(world.home.company)
    first, second, third = issued(world.home), issued(world.home), issued(world.home)
    alice = Browser().sign_in(world.alice, world.home.company)
    page = page_of(alice)
    assert f'formaction="{MY}pay/"' in page
    assert "Pay the chosen ones" in page
    chosen = page_of(alice, f"{MY}pay/?invoice={first.pk}&invoice={third.pk}")
    assert first.number_shown in chosen
    assert third.number_shown in chosen
    assert second.number_shown not in chosen


def test_the_finance_page_leads_to_what_was_paid_and_to_telling_of_it(world: World) -> None:
    issued(world.home)
    page = page_of(Browser().sign_in(world.alice, world.home.company))
    assert f'href="{MY}"' in page
    assert f'href="{MY}declare/"' in page
    # No way to pay online is switched on, so none is offered.
    assert f"{MY}pay/" not in page


def test_who_may_only_look_is_offered_nothing_to_do(world: World) -> None:
    account(world.home.company)
    issued(world.home)
    page = page_of(Browser().sign_in(world.bob, world.home.company))
    assert f'href="{MY}"' in page
    assert f"{MY}declare/" not in page
    assert f"{MY}pay/" not in page


@pytest.mark.row("G01")
def test_the_credit_of_the_finance_page_counts_what_is_left_of_payments(world: World) -> None:
    invoice = issued(world.home)
    pay(world.home, "130", invoice)
    page = page_of(Browser().sign_in(world.alice, world.home.company))
    assert "€30.00" in page
    assert f'href="{MY}credit/"' in page


def test_where_payments_are_off_the_finance_page_knows_nothing_of_them(world: World) -> None:
    account(world.home.company)
    issued(world.home)
    with company_scope(world.home.company):
        switch_module(world.home.company, "payments", on=False, by=None, with_dependants=True)
    assert MY not in page_of(Browser().sign_in(world.alice, world.home.company))


def test_a_refused_form_shows_the_same_sums(world: World) -> None:
    """The question for them is asked in a request that may write, too, whose statements carry who acts."""
    invoice = issued(world.home)
    pay(world.home, "30", issued(world.home, amount="10"))
    answer: Any = (
        Browser()
        .sign_in(world.alice, world.home.company)
        .post(f"{FINANCE}invoices/{invoice.pk}/order/", {"order": "x" * 500})
    )
    assert answer.status_code == 422
    assert "€20.00" in answer.content.decode()


@pytest.mark.row("F04")
def test_the_chosen_invoices_decide_whose_payment_it_is(world: World) -> None:
    home = world.home
    with company_scope(home.company):
        add_customer(home, "charlie", world.alice, ["owner"])
    hers, his = issued(home), issued(home, "charlie")
    alice = Browser().sign_in(world.alice, home.company)
    page = page_of(alice, f"{MY}declare/")
    assert hers.number_shown in page
    assert his.number_shown in page
    both = told(his, invoices=[str(hers.pk), str(his.pk)])
    assert alice.post(f"{MY}declare/", both).status_code == 422
    nobody = told(his, invoices=[])
    assert alice.post(f"{MY}declare/", nobody).status_code == 422
    with company_scope(home.company):
        assert not DeclaredPayment.objects.exists()
    assert alice.post(f"{MY}declare/", told(his)).status_code == 302
    for_none = {**nobody, "customer": str(home.customers["charlie"].pk), "amount": "7"}
    assert alice.post(f"{MY}declare/", for_none).status_code == 302
    stranger = {**nobody, "customer": str(world.other.customers["dora"].pk), "amount": "8"}
    assert alice.post(f"{MY}declare/", stranger).status_code == 422
    with company_scope(home.company):
        whose = set(DeclaredPayment.objects.values_list("customer", flat=True))
        assert whose == {home.customers["charlie"].pk}
