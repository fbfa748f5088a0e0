"""Staff: a credit of no invoice, the collector's buttons for whoever collects, and fiscal notes in the search box."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal_modules.billing.actions import close_month
from portal_modules.billing.days import billing_day
from portal_modules.billing.models import CallNote, Credit, Invoice
from portal_modules.core.scope import company_scope
from tests.billing.billed import overdue
from tests.billing.issuing import note_of
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db


def credit_url(world: World, customer: str = "alice") -> str:
    return f"/admin/billing/credit/{world.home.customers[customer].pk}/"


def given(world: World) -> list[Credit]:
    with company_scope(world.home.company):
        return list(Credit.objects.all())


def data(world: World, **more: str) -> dict[str, str]:
    today = billing_day(world.home.company).isoformat()
    return {"currency": "EUR", "amount": "25.50", "reason": "Our fault", "on": today, **more}


def test_a_credit_of_no_invoice_is_given_with_its_reason(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    customer = world.home.customers["alice"]
    page = manager.get(f"/admin/customers/customer/inspect/{customer.pk}/").content.decode()
    assert credit_url(world) in page
    assert manager.get(credit_url(world)).status_code == 200
    assert manager.post(credit_url(world), data(world)).status_code == 302
    [credit] = given(world)
    assert (credit.customer_id, credit.amount, credit.reason, credit.invoice_id) == (
        customer.pk,
        Decimal("25.5"),
        "Our fault",
        None,
    )
    assert credit.number in manager.get(credit_url(world)).content.decode()
    alice = Browser().sign_in(world.alice, world.home.company)
    assert "25.50" in alice.get("/p/castro-lima/en/my/billing/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "0"},
        {"amount": "-5"},
        {"amount": "1e2"},
        {"amount": "1.005"},
        {"amount": "99999999999"},
        {"currency": "XXX"},
        {"reason": " "},
        {"on": "2999-01-01"},
        {"on": "x"},
    ],
)
def test_what_is_no_credit_is_refused_with_a_sentence(world: World, wrong: dict[str, str]) -> None:
    manager = Browser().sign_in(world.home.manager)
    answer = manager.post(credit_url(world), data(world, **wrong))
    assert answer.status_code == 422
    assert "Nothing was kept yet" in answer.content.decode()
    assert not given(world)


def test_no_credit_in_a_closed_month_nor_by_who_may_not_nor_for_strangers(world: World) -> None:
    with company_scope(world.home.company):
        last = billing_day(world.home.company).replace(day=1) - timedelta(days=1)
        close_month(world.home.company, last, by=None)
    manager = Browser().sign_in(world.home.manager)
    assert manager.post(credit_url(world), data(world, on=last.isoformat())).status_code == 422
    for person in (world.home.clerk, world.home.reader, world.home.editor):
        answer: Any = Browser().sign_in(person).post(credit_url(world), data(world))
        assert answer.status_code in {302, 403}
    stranger = Browser().sign_in(world.other.manager)
    assert stranger.post(credit_url(world), data(world)).status_code == 404
    assert not given(world)


def test_who_collects_presses_the_collectors_buttons_and_no_other(world: World) -> None:
    invoice = overdue(world.home)
    clerk = Browser().sign_in(world.home.clerk)
    url = f"/admin/billing/invoice/inspect/{invoice.pk}/"
    page = clerk.get(url).content.decode()
    for name in ("call", "promise", "dispute"):
        assert f'value="{name}"' in page
    for name in ("credit", "cancel", "to_agency"):
        assert f'value="{name}"' not in page
    assert clerk.post(url, {"verb": "call", "call-text": "Will pay soon"}).status_code == 302
    assert clerk.post(url, {"verb": "dispute", "dispute-reason": "Wrong hours"}).status_code == 302
    assert clerk.post(url, {"verb": "cancel", "cancel-reason": "x"}).status_code in {302, 403}
    reader = Browser().sign_in(world.home.reader)
    assert reader.post(url, {"verb": "call", "call-text": "x"}).status_code in {302, 403}
    with company_scope(world.home.company):
        found = Invoice.objects.get(pk=invoice.pk)
        assert (found.disputed, found.state) == ("Wrong hours", "issued")
        assert [call.text for call in CallNote.objects.all()] == ["Will pay soon"]


def test_a_fiscal_note_is_found_by_its_number_and_by_its_key_in_groups(world: World) -> None:
    note = note_of(world.home, "alice", number=98765)
    note_of(world.other, "dora", number=98766)
    manager = Browser().sign_in(world.home.manager)
    inspect = f"/admin/billing/fiscaldocument/inspect/{note.pk}/"
    for text in ("98765", note.key, note.key_shown, note.key_shown[:24]):
        answer: Any = manager.get("/admin/find/", {"q": text})
        found = answer.headers.get("Location", "") + answer.content.decode()
        assert inspect in found, text
        assert inspect in manager.get("/admin/billing/fiscaldocument/", {"q": text}).content.decode(), text
    assert "98766" not in manager.get("/admin/find/", {"q": "9876"}).content.decode()
