"""Fine and interest, and the days on which banks work: published figures and properties."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal_modules.billing.papers.bank_days import is_bank_day, next_bank_day
from portal_modules.billing.papers.late_fees import LateTerms, Rounding, late_charges

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "vectors" / "late_fees.json").read_text(encoding="utf-8")
)
EXAMPLES = [row for row in VECTORS["published_examples"] if "warning" not in row]
DUE = date(2026, 3, 10)  # a Tuesday


def terms(row: dict[str, Any], rounding: Rounding) -> LateTerms:
    return LateTerms(Decimal(row["multa_pct"]), Decimal(row["juros_pct_month"]), rounding)


@pytest.mark.row("F17")
@pytest.mark.parametrize("rounding", list(Rounding))
@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["source"])
def test_each_way_of_rounding_gives_its_published_total(row: dict[str, Any], rounding: Rounding) -> None:
    pays_on = DUE + timedelta(days=row["days_late"])
    found = late_charges(Decimal(row["principal"]), terms(row, rounding), DUE, pays_on, "BR")
    assert found.total == Decimal(row["all_policies"][rounding.value])
    assert found.days == row["days_late"]
    assert (str(found.total) == row["published_total"]) == (rounding.value in row["matches_policies"])


def test_a_third_of_a_cent_is_not_cut_on_the_way() -> None:
    rule = LateTerms(Decimal(2), Decimal(1), Rounding.EXACT_TRUNCATE)
    assert late_charges(Decimal(1000), rule, DUE, DUE + timedelta(days=30), "BR").total == Decimal("1030.00")


def test_pesos_have_no_cents() -> None:
    found = late_charges(
        Decimal(15990), LateTerms(Decimal(0), Decimal("1.5")), DUE, date(2026, 3, 17), "CL", digits=0
    )
    assert found.interest == Decimal(56)
    assert found.total == Decimal(16046)
    assert [line.amount for line in found.lines] == [Decimal(15990), Decimal(56)]


def test_nothing_is_charged_until_the_next_bank_day_and_then_from_the_due_date() -> None:
    rule = LateTerms(Decimal(2), Decimal(1))
    carnival = date(2026, 2, 14)
    assert late_charges(Decimal(100), rule, carnival, date(2026, 2, 18), "BR").total == 100
    assert late_charges(Decimal(100), rule, carnival, date(2026, 2, 19), "BR").days == 5
    later = LateTerms(Decimal(2), Decimal(1), from_bank_day=True)
    assert late_charges(Decimal(100), later, carnival, date(2026, 2, 19), "BR").days == 1


def test_every_line_says_how_it_came_about_in_the_readers_language() -> None:
    found = late_charges(Decimal(100), LateTerms(Decimal("2.50"), Decimal(1)), DUE, date(2026, 3, 15), "BR")
    with translation.override("pt-br"):
        assert "2,5 %" in found.lines[1].detail
    with translation.override("en"):
        assert [line.label for line in found.lines] == ["Amount", "Fine", "Interest"]
        assert found.lines[2].detail == "1 % a month, 5 days"


@given(
    st.decimals("0.01", "99999999.99", places=2),
    st.sampled_from(list(Rounding)),
    st.integers(-30, 4000),
    st.decimals(0, 10, places=2),
    st.decimals(0, 10, places=2),
)
def test_the_lines_add_up_and_waiting_never_makes_it_cheaper(
    principal: Decimal, rounding: Rounding, late: int, fine: Decimal, interest: Decimal
) -> None:
    rule = LateTerms(fine, interest, rounding)
    found = late_charges(principal, rule, DUE, DUE + timedelta(days=late), "BR")
    assert sum(line.amount for line in found.lines) == found.total >= principal
    assert found.total == found.total.quantize(Decimal("0.01"))
    after = late_charges(principal, rule, DUE, DUE + timedelta(days=late + 1), "BR")
    assert after.total >= found.total


@pytest.mark.parametrize("day", VECTORS["holidays_2026"]["list"])
def test_banks_of_brazil_are_closed_on_the_published_days(day: str) -> None:
    assert not is_bank_day(date.fromisoformat(day), "BR")


def test_banks_of_brazil_clear_on_christmas_eve_and_not_on_the_last_day() -> None:
    assert is_bank_day(date(2026, 12, 24), "BR")
    assert not is_bank_day(date(2026, 12, 31), "BR")


@pytest.mark.parametrize("row", VECTORS["postponement"]["vectors"], ids=lambda row: row["due"])
def test_a_due_date_moves_to_the_next_bank_day(row: dict[str, Any]) -> None:
    moved = date.fromisoformat(row["payable_without_charges_until"])
    assert next_bank_day(date.fromisoformat(row["due"]), "BR") == moved


@pytest.mark.parametrize(
    ("country", "due", "moved"),
    [
        ("PT", date(2026, 6, 10), date(2026, 6, 11)),  # Dia de Portugal
        ("ES", date(2026, 10, 12), date(2026, 10, 13)),  # Fiesta Nacional
        ("CL", date(2026, 9, 18), date(2026, 9, 21)),  # Fiestas Patrias and a weekend
        ("CL", date(2026, 12, 31), date(2027, 1, 4)),  # the banks' own day
    ],
)
def test_other_countries_have_their_own_days(country: str, due: date, moved: date) -> None:
    assert next_bank_day(due, country) == moved
