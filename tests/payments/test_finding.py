"""Where staff come upon payments: the search box, the customer's page; and the customer's menu."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal_modules.billing.actions import billing_day
from portal_modules.core.scope import company_scope
from portal_modules.payments.actions import declare_payment
from tests.billing.billed import issued
from tests.payments.online import account
from tests.payments.paid import attempt, pay
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["P-000001", "p-1", "P 0001", "p1"])
def test_the_search_box_opens_a_payment_by_its_number(world: World, typed: str) -> None:
    payment = pay(world.home, "130")
    answer = Browser().sign_in(world.home.manager).get("/admin/find/", {"q": typed}, follow=True)
    assert payment.number in answer.content.decode()
    assert answer.redirect_chain[-1][0].endswith(f"/payments/payment/inspect/{payment.pk}/")


def test_it_finds_nothing_of_another_company_and_nothing_for_who_may_not_see_payments(world: World) -> None:
    pay(world.other, "130", who="dora")
    found = Browser().sign_in(world.home.manager).get("/admin/find/", {"q": "P-000001"}).content.decode()
    assert "130" not in found
    pay(world.home, "77")
    editor = Browser().sign_in(world.home.editor).get("/admin/find/", {"q": "P-000001"})
    assert "77.00" not in editor.content.decode()


def test_it_finds_a_payment_by_the_providers_name_of_it(world: World) -> None:
    provider = account(world.home.company)
    payment = pay(world.home, "130", provider=provider, charge="pi_3NqXyZ12345")
    answer = Browser().sign_in(world.home.manager).get("/admin/find/", {"q": "pi_3NqXyZ12345"}, follow=True)
    assert payment.number in answer.content.decode()


def test_the_customers_page_of_staff_shows_what_came_and_what_waits(world: World) -> None:
    home = world.home
    customer, invoice = home.customers["alice"], issued(home)
    payment = pay(home, "130")
    attempt(home, account(home.company), invoice)
    with company_scope(home.company):
        told = declare_payment(
            customer,
            by=None,
            amount=Decimal(12),
            currency="EUR",
            paid_on=billing_day(home.company),
            method="transfer",
        )
    path = f"/admin/customers/customer/inspect/{customer.pk}/"
    page = Browser().sign_in(home.manager).get(path).content.decode()
    for words in ("What was paid", payment.number, told.number, "Begun", "Record a payment"):
        assert words in page, words
    assert payment.number not in Browser().sign_in(home.editor).get(path).content.decode()


def test_payments_are_in_the_menu(world: World) -> None:
    alice = Browser().sign_in(world.alice, world.home.company)
    page = alice.get("/p/castro-lima/en/my/documents/").content.decode()
    assert 'href="/p/castro-lima/en/my/payments/"' in page
