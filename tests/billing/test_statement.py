"""The customer's statement: the running balance, the ages of what is open, and its files."""

from __future__ import annotations

import csv
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from portal_modules.billing.actions import cancel_invoice, credit_invoice, give_credit, settle
from portal_modules.core.scope import company_scope
from tests.billing.claiming import claim, claim_many, today_of
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

STATEMENT = at("my/billing/statement/")


@pytest.fixture
def alice(world: World) -> Browser:
    return Browser().sign_in(world.alice, world.home.company)


def rows_of(response: Any) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_nothing_moved_yet(alice: Browser) -> None:
    assert "Nothing moved yet" in text_of(alice.get(STATEMENT))
    assert alice.get(f"{STATEMENT}csv/").status_code == 302


@pytest.mark.row("E12")
@pytest.mark.row("E15")
def test_the_balance_runs_and_what_is_open_is_told_by_its_age(world: World, alice: Browser) -> None:
    with company_scope(world.home.company):
        part = claim(world.home, "alice", "100.10", due_in=-100)
        settle(part, paid=Decimal("0.10"))
        claim(world.home, "alice", "40", due_in=-40)
        claim(world.home, "alice", "7", due_in=-70)
        claim(world.home, "alice", "5", due_in=-10)
        credited = claim(world.home, "alice", "60", due_in=20)
        credit_invoice(credited, by=None, amount=Decimal("15"), reason="Less")
        gone = claim(world.home, "alice", "900")
        cancel_invoice(gone, by=None, reason="Twice")
        give_credit(
            world.home.customers["alice"], by=None, amount=Decimal("2"), currency="EUR", reason="Thanks"
        )
        claim(world.home, "charlie", "5000")
    page = alice.get(STATEMENT)
    ages = [each["amount"] for each in page.context["ages"]]
    assert ages == [Decimal(45), Decimal(5), Decimal(40), Decimal(7), Decimal(100)]
    found = page.context["statement"]
    assert found.after == sum(ages) - 2 == found.claimed - found.settled
    rows = rows_of(alice.get(f"{STATEMENT}csv/"))
    balance = Decimal(0)
    for row in rows:
        balance += Decimal(row["Claimed"]) - Decimal(row["Settled"])
        assert Decimal(row["Balance"]) == balance
    assert balance == found.after
    assert "5,000" not in text_of(page)


def test_a_period_begins_with_what_was_owed_before_it(world: World, alice: Browser) -> None:
    today = today_of(world.home)
    claim(world.home, "alice", "30", due_in=-60)
    claim(world.home, "alice", "12", due_in=5)
    since = (today - timedelta(days=20)).isoformat()
    found = alice.get(STATEMENT, {"since": since}).context["statement"]
    assert (found.before, found.claimed, found.after) == (Decimal(30), Decimal(12), Decimal(42))
    until = alice.get(STATEMENT, {"until": since}).context["statement"]
    assert until.after == Decimal(30)
    assert alice.get(STATEMENT, {"since": "2026-05-02", "until": "2026-05-01"}).status_code == 422
    assert alice.get(STATEMENT, {"until": "x"}).status_code == 422


def test_its_files(world: World, alice: Browser) -> None:
    invoice = claim(world.home, "alice", "30", due_in=-60)
    answer: Any = alice.get(f"{STATEMENT}xlsx/")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    assert f"Invoice {invoice.number}" in [cell.value for cell in list(sheet.iter_rows())[1]]
    printed = alice.get(f"{STATEMENT}pdf/")
    assert printed.content.startswith(b"%PDF")
    assert printed.headers["X-Content-Type-Options"] == "nosniff"
    assert alice.get(f"{STATEMENT}exe/").status_code == 404


def test_it_costs_the_same_for_ten_and_for_hundreds(
    world: World, alice: Browser, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    costs = []
    for more in (10, 400):
        claim_many(world.home, "alice", more)
        for _warm in range(2):
            assert alice.get(STATEMENT).status_code == 200
        with count_queries() as made:
            alice.get(STATEMENT)
        costs.append(len(made))
    assert costs[0] == costs[1] <= 12, made
