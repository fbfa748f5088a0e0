"""Amounts that people type: read in one way, or refused in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from portal_modules.core import amounts
from portal_modules.core.amounts import AmountField, NoAmount, money_shown, read_amount
from tests.patience import soon


@pytest.mark.parametrize(
    ("typed", "currency", "amount"),
    [
        ("1234.50", "EUR", "1234.50"),
        ("1234,5", "BRL", "1234.50"),
        ("1.234,50", "BRL", "1234.50"),
        ("1,234.50", "USD", "1234.50"),
        ("1 234 567,89", "EUR", "1234567.89"),
        ("1.234.567", "CLP", "1234567"),
        (" 15990 ", "CLP", "15990"),
        ("99999999.99", "EUR", "99999999.99"),
        ("9999999999", "CLP", "9999999999"),
        ("0,01", "EUR", "0.01"),
    ],
)
def test_what_people_write_is_read(typed: str, currency: str, amount: str) -> None:
    assert read_amount(typed, currency) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    ["1_000", "1e2", "１２", "١٢", "-5", "\u22125", "0", "0.00", "1.005", "1,005", "99999999999", "100000000", "nan",
     "inf", "", "+5", "0x10", "1.2.3", "1,2,3", "12.34.567", "5 €", "٣.٥", "1" * 5000, "1\u200b2", "½",
     "1,234,56", ".5", "5."],
)  # fmt: skip
@pytest.mark.parametrize("currency", ["EUR", "BRL"])
def test_what_is_no_amount_is_refused_with_a_sentence(typed: str, currency: str) -> None:
    with soon(), pytest.raises(NoAmount) as refused:
        read_amount(typed, currency)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("typed", ["15.99", "15,9", "1.005", "10000000000", "0,5"])
def test_pesos_have_no_cents(typed: str) -> None:
    with pytest.raises(NoAmount):
        read_amount(typed, "CLP")


@given(amount=st.decimals("0.01", "99999999.99", places=2))
def test_what_is_shown_in_a_field_is_read_back(amount: Decimal) -> None:
    field = AmountField(currency="BRL")
    assert field.clean(str(field.prepare_value(amount))) == amount


@given(text=st.text(max_size=30))
def test_no_text_breaks_it(text: str) -> None:
    try:
        amount = read_amount(text, "EUR")
    except NoAmount:
        return
    assert 0 < amount <= amounts.most_of("EUR")


@pytest.mark.parametrize(
    ("amount", "currency", "language", "shown"),
    [
        ("1250", "BRL", "pt-br", "R$\u00a01.250,00"),
        ("1250", "EUR", "pt-pt", "1\u00a0250,00\u00a0€"),
        ("15990", "CLP", "es", "$15.990"),
        ("1250.5", "EUR", "en", "€1,250.50"),
    ],
)
def test_amounts_are_written_as_their_readers_write_them(
    amount: str, currency: str, language: str, shown: str
) -> None:
    assert money_shown(Decimal(amount), currency, language) == shown


@given(
    amount=st.decimals(min_value=-(10**12), max_value=10**14, places=4),
    currency=st.sampled_from(["EUR", "BRL", "CLP", "USD"]),
    language=st.sampled_from(["en", "es", "pt-br", "pt-pt"]),
)
def test_every_amount_is_written_as_babel_writes_it(amount: Decimal, currency: str, language: str) -> None:
    """Ours is ten times as fast, because it reads the pattern once."""
    locale = amounts._locale(language, currency)
    assert money_shown(amount, currency, language) == format_currency(amount, currency, locale=locale)
