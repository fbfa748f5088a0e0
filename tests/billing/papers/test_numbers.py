"""The numbers of slips, Pix codes and fiscal keys, held by published examples and by properties."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_modules.billing.papers import bank_lines, fiscal_keys, pix
from portal_modules.billing.papers.exceptions import BankLineRefused, FiscalKeyRefused, PixCodeRefused

VECTORS = Path(__file__).parent.parent / "vectors"


def published(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return found


SLIPS, CODES, KEYS = published("bank_lines"), published("pix"), published("fiscal_keys")
TODAY = date(2026, 11, 23)

digits = st.text("0123456789", min_size=1, max_size=44)
days = st.dates(date(2018, 9, 7), date(2043, 1, 1))
cents = st.integers(0, 9_999_999_999)


# ---- slips ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("slip", [*SLIPS["canonical"], *SLIPS["pairs"]], ids=lambda slip: slip["line"])
def test_a_published_slip_reads_the_same_both_ways(slip: dict[str, Any]) -> None:
    found = bank_lines.read_line(slip["line"], TODAY)
    assert found.barcode == slip["barcode"]
    assert found.line == slip["line"]
    assert bank_lines.read_barcode(slip["barcode"], TODAY) == found
    assert found.bank == slip["bank"]
    assert int((found.amount or 0) * 100) == slip["amount_cents"]
    assert found.barcode[4] == slip.get("general_dv", found.barcode[4])


@pytest.mark.parametrize("slip", SLIPS["pairs"], ids=lambda slip: slip["line"])
def test_a_due_date_is_that_of_the_cycle_in_which_it_is_read(slip: dict[str, Any]) -> None:
    if not slip["factor"]:
        assert bank_lines.read_line(slip["line"], TODAY).due_on is None
        return
    first, second = (date.fromisoformat(slip[f"due_{which}_cycle"]) for which in ("first", "second"))
    assert bank_lines.read_line(slip["line"], first).due_on == first
    assert bank_lines.read_line(slip["line"], second).due_on == second


@pytest.mark.parametrize("row", SLIPS["factors"], ids=lambda row: row["date"])
def test_a_due_date_has_its_published_factor(row: dict[str, Any]) -> None:
    due_on = date.fromisoformat(row["date"])
    assert bank_lines.factor_of(due_on) == row["factor"]
    assert bank_lines.due_of(row["factor"], due_on) == due_on


@pytest.mark.parametrize("row", SLIPS["factor_cycles"], ids=lambda row: str(row["factor"]))
def test_the_factors_begin_again(row: dict[str, Any]) -> None:
    first, second = date.fromisoformat(row["first"]), date.fromisoformat(row["second"])
    assert bank_lines.factor_of(first) == bank_lines.factor_of(second) == row["factor"]


@pytest.mark.parametrize("row", SLIPS["mod10"], ids=lambda row: row["digits"])
def test_mod_10(row: dict[str, Any]) -> None:
    assert bank_lines.mod10(row["digits"]) == row["dv"]


@pytest.mark.parametrize("row", SLIPS["mod11_43"], ids=lambda row: row["digits"])
def test_mod_11(row: dict[str, Any]) -> None:
    assert bank_lines.mod11(row["digits"]) == row["dv"]


@pytest.mark.parametrize("row", SLIPS["invalid"], ids=lambda row: row["why"])
def test_a_slip_that_no_bank_printed_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(BankLineRefused):
        bank_lines.read_line(row["line"], TODAY)


@pytest.mark.parametrize(
    "typed", ["", "1" * 46, "１" * 47, "٣" * 47, "0" * 10_000, "\n" * 47, "00190.50095\x00"]
)
def test_mess_is_refused_with_a_sentence(typed: str) -> None:
    for read in (bank_lines.read_line, bank_lines.read_barcode):
        with pytest.raises(BankLineRefused) as refusal:
            read(typed, TODAY)
        assert str(refusal.value)


@given(days, cents, st.text("0123456789", min_size=25, max_size=25))
def test_what_is_written_is_read(due_on: date, amount: int, free: str) -> None:
    barcode = bank_lines.make_barcode("001", due_on, Decimal(amount) / 100, free)
    found = bank_lines.read_line(bank_lines.grouped(bank_lines.line_of(barcode)), TODAY)
    assert (found.barcode, found.due_on) == (barcode, due_on)
    assert (found.amount or 0) == Decimal(amount) / 100


@given(days, cents, st.integers(0, 46), st.integers(1, 9))
def test_one_changed_digit_is_refused(due_on: date, amount: int, place: int, change: int) -> None:
    """But where a check digit 0, 10 or 11 is written as 1, which is the banks' own gap."""
    line = bank_lines.line_of(bank_lines.make_barcode("001", due_on, Decimal(amount) / 100, "7" * 25))
    wrong = line[:place] + str((int(line[place]) + change) % 10) + line[place + 1 :]
    try:
        found = bank_lines.read_line(wrong, TODAY)
    except BankLineRefused:
        return
    assert place >= 33
    assert line[32] == "1" == found.barcode[4]


@given(st.dates(date(2000, 7, 3), date(2100, 1, 1)), st.integers(-2999, 5999))
def test_the_nearest_cycle_is_meant(on: date, away: int) -> None:
    due_on = on + timedelta(days=away)
    if due_on >= date(2000, 7, 3):
        assert bank_lines.due_of(bank_lines.factor_of(due_on), on) == due_on


# ---- Pix ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", CODES["valid"], ids=lambda row: row["id"])
def test_a_published_pix_code_is_read(row: dict[str, Any]) -> None:
    found = pix.read_code(row["payload"])
    assert [list(field) for field in found.fields] == row["fields"]
    assert (found.key, found.url, found.name, found.city, found.txid) == (
        row["key"],
        row["url"],
        row["name"],
        row["city"],
        row["txid"],
    )
    assert found.amount == (Decimal(row["amount"]) if row["amount"] else None)


@pytest.mark.parametrize("row", CODES["invalid"], ids=lambda row: row["why"])
def test_a_changed_pix_code_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(PixCodeRefused):
        pix.read_code(row["payload"])


@pytest.mark.parametrize("row", CODES["crc_check"], ids=lambda row: row["text"])
def test_the_crc_is_the_catalogues(row: dict[str, Any]) -> None:
    assert pix.crc(row["text"]) == row["crc"]


def test_the_manuals_static_code_is_made() -> None:
    (row,) = CODES["generate"]
    assert pix.static_code(**row["input"]) == row["expect"]


@pytest.mark.parametrize(
    "row", [row for row in CODES["valid"] if row["kind"] == "dynamic"], ids=lambda r: r["id"]
)
def test_a_published_dynamic_code_is_made(row: dict[str, Any]) -> None:
    assert pix.dynamic_code(row["url"], row["name"], row["city"]) == row["payload"]


def test_accents_are_folded_and_long_names_cut() -> None:
    code = pix.static_code(
        "a@b.co", "Locações São João da Conceição Ltda", "São José dos Campos", Decimal("1234.5")
    )
    found = pix.read_code(code)
    assert found.name == "Locacoes Sao Joao da Conc"
    assert found.city == "Sao Jose dos Ca"
    assert found.amount == Decimal("1234.50")


@pytest.mark.parametrize(
    ("name", "city", "amount", "txid"),
    [
        ("", "Recife", None, "***"),
        ("銀行", "Recife", None, "***"),
        ("Verde", "\n", None, "***"),
        ("Verde", "Recife", Decimal(0), "***"),
        ("Verde", "Recife", Decimal(-5), "***"),
        ("Verde", "Recife", Decimal(10**12), "***"),
        ("Verde", "Recife", None, "with space"),
        ("Verde", "Recife", None, "x" * 26),
    ],
)
def test_no_code_is_made_of_what_no_bank_takes(
    name: str, city: str, amount: Decimal | None, txid: str
) -> None:
    with pytest.raises(PixCodeRefused):
        pix.static_code("a@b.co", name, city, amount, txid)


@given(st.text(max_size=40), st.text(max_size=40), st.none() | st.decimals("0.01", "9999999.99", places=2))
def test_any_name_makes_a_code_that_is_read_or_is_refused(
    name: str, city: str, amount: Decimal | None
) -> None:
    try:
        code = pix.static_code("+5511999999999", name, city, amount, "FAT2026")
    except PixCodeRefused:
        return
    assert code.isascii()
    found = pix.read_code(code)
    assert (found.key, found.amount, found.txid) == ("+5511999999999", amount, "FAT2026")


@given(st.integers(0, 10_000), st.characters(min_codepoint=33, max_codepoint=126))
def test_one_changed_letter_of_a_code_is_refused(place: int, letter: str) -> None:
    code = pix.static_code("a@b.co", "Verde Coletas", "Recife", Decimal("12.34"))
    place %= len(code) - 8
    if code[place] != letter:
        with pytest.raises(PixCodeRefused):
            pix.read_code(code[:place] + letter + code[place + 1 :])


# ---- fiscal keys ----------------------------------------------------------------------------------


@pytest.mark.parametrize("row", [*KEYS["valid"], *KEYS["nfse_50"]], ids=lambda row: row["key"])
def test_a_published_key_is_read(row: dict[str, Any]) -> None:
    found = fiscal_keys.read_key(row["key"])
    assert found.key == row["key"]
    parts = row.get("parts", {})
    assert found.issuer_tax_id == parts.get("cnpj", parts.get("inscricao", found.issuer_tax_id))
    assert found.number == int(parts.get("number", parts.get("numero", found.number)))
    assert fiscal_keys.read_key(found.grouped.lower()) == found


def test_a_tax_id_with_letters_is_read() -> None:
    """The key of the technical note that brought letters into tax ids."""
    found = fiscal_keys.read_key("352410KSP416L8000109550010000001231999999993")
    assert found.issuer_tax_id == "KSP416L8000109"
    assert (found.number, found.series, found.year, found.month) == (123, "1", 2024, 10)


@pytest.mark.parametrize(
    "row", [*KEYS["invalid"], *KEYS["nfse_50_structure_only"]], ids=lambda row: row["key"]
)
def test_a_key_that_nobody_gave_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(FiscalKeyRefused):
        fiscal_keys.read_key(row["key"])


@pytest.mark.parametrize("typed", ["", "1" * 43, "１" * 44, "0" * 44 + "\n1", "9" * 10_000, "NFe", "é" * 44])
def test_mess_is_no_key(typed: str) -> None:
    with pytest.raises(FiscalKeyRefused) as refusal:
        fiscal_keys.read_key(typed)
    assert str(refusal.value)


@given(st.integers(0, 42), st.integers(1, 9))
def test_one_changed_digit_of_a_key_is_refused(place: int, change: int) -> None:
    key = "52060433009911002506550120000007800267301615"
    wrong = key[:place] + str((int(key[place]) + change) % 10) + key[place + 1 :]
    with pytest.raises(FiscalKeyRefused):
        fiscal_keys.read_key(wrong)


def test_the_prefix_of_a_file_is_left_out() -> None:
    assert fiscal_keys.read_key("NFe33150308370779000149550010001100931002410775").number == 110093
