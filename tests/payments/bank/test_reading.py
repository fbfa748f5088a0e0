"""Bank files: what they say, and that a hostile one is refused in a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal_modules.payments.bank import exceptions
from portal_modules.payments.bank.lines import BankStatement
from portal_modules.payments.bank.reading import LARGEST, read_bank_file
from tests.patience import soon
from tests.payments.bank.files import Moved, Paid, cnab240, cnab400, ofx_sgml, ofx_xml
from tests.payments.bank.vectors import FOLDER, files

OURS = frozenset({"BRL", "EUR", "CLP"})
DAY = date(2026, 5, 12)


def read(content: str | bytes, currencies: frozenset[str] = OURS) -> BankStatement:
    return read_bank_file(content.encode("cp1252") if isinstance(content, str) else content, currencies)


def vector(name: str) -> BankStatement:
    return read((FOLDER / name).read_bytes())


def amounts(statement: BankStatement) -> list[str]:
    return [f"{line.amount:.2f}" for line in statement.lines]


def test_the_vectors_are_those_that_are_documented() -> None:
    for name, content in files().items():
        assert (FOLDER / name).read_bytes() == content, name


def test_a_statement_without_closing_tags_is_read_with_commas_and_kinds_of_a_banks_own() -> None:
    statement = vector("statement-1.ofx")
    assert amounts(statement) == ["1250.00", "89.90", "-35.50", "1300.00"]
    first, second, _fee, last = statement.lines
    assert (first.txid, first.payer_name, first.posted_on) == ("ALT2026000123", "CONSTRUTORA SERRA AZUL", DAY)
    assert (statement.bank, statement.account, first.currency) == ("341", "12345-6", "BRL")
    assert "12.345.678/0001-95" in second.text
    assert last.text == "JOAO DA SILVA · Depósito"
    assert (statement.first_day, statement.last_day) == (DAY, date(2026, 5, 13))


def test_a_statement_in_xml_keeps_accents_and_signs() -> None:
    statement = vector("statement-2.ofx")
    assert amounts(statement) == ["350.00", "120.50"]
    assert statement.lines[0].payer_name == "Irmãos Vaz & Filhos, Lda"
    assert {line.currency for line in statement.lines} == {"EUR"}


def test_a_return_file_of_240_says_what_was_paid_with_which_interest() -> None:
    statement = vector("itau-240.ret")
    plain, late = statement.lines
    assert (plain.our_number, plain.payer_tax_id, plain.references) == ("123", "12345678000195", ("000045",))
    assert (late.amount, late.charges, late.payer_tax_id) == (
        Decimal("103.45"),
        Decimal("3.45"),
        "39053344705",
    )
    assert statement.others == 1
    assert [line.our_number for line in vector("bradesco-240.ret").lines] == ["777", "778"]


def test_a_return_file_of_400_says_what_the_payer_paid_whatever_the_bank_kept_back() -> None:
    kept_back, late, came_back = vector("itau-400.ret").lines
    assert (kept_back.amount, kept_back.our_number) == (Decimal("500.00"), "123")
    assert (late.amount, late.charges) == (Decimal("103.45"), Decimal("3.45"))
    assert came_back.amount == Decimal("-60.00")
    statement = vector("bradesco-400.ret")
    assert amounts(statement) == ["210.10", "101.00"]
    assert statement.others == 1


def test_a_line_has_the_same_identifier_in_every_file() -> None:
    one = Moved(DAY, "10.00", "F1", "ANA", "PIX")
    without = Moved(DAY, "10.00", "", "ANA", "PIX")
    first = read(ofx_sgml([one, without, without]))
    again = read(ofx_sgml([without, Moved(DAY, "11.00", "F2"), without, one]))
    told = {line.identifier for line in first.lines}
    assert len(told) == 3
    assert told < {line.identifier for line in again.lines}
    assert first.lines[0].identifier != read(ofx_sgml([one], account="999")).lines[0].identifier


def test_identifiers_that_are_longer_than_any_are_still_told_apart() -> None:
    rows = [Moved(DAY, "10.00", "x" * 200 + str(at)) for at in range(2)]
    statement = read(ofx_sgml(rows))
    assert len({line.identifier for line in statement.lines}) == 2
    assert all(len(line.identifier) < 150 for line in statement.lines)


def test_the_same_line_twice_counts_once_and_a_different_one_of_its_name_is_refused() -> None:
    one = Moved(DAY, "10.00", "F1", "ANA", "PIX")
    statement = read(ofx_sgml([one, one]))
    assert (len(statement.lines), statement.repeated) == (1, 1)
    with pytest.raises(exceptions.SameIdentifier, match="F1"):
        read(ofx_sgml([one, Moved(DAY, "20.00", "F1", "ANA", "PIX")]))


@pytest.mark.parametrize(
    ("written", "currency", "amount"),
    [
        ("1234.56", "BRL", "1234.56"),
        ("-1234,56", "BRL", "-1234.56"),
        ("+1.234,56", "BRL", "1234.56"),
        ("100.0000", "EUR", "100"),
        ("15990", "CLP", "15990"),
        ("15990.00", "CLP", "15990"),
    ],
)
def test_amounts_are_read_as_banks_write_them(written: str, currency: str, amount: str) -> None:
    [line] = read(ofx_sgml([Moved(DAY, written, "F")], currency=currency)).lines
    assert line.amount == Decimal(amount)


@pytest.mark.parametrize(
    "written", ["1.234", "1,234,567", "1e9", "NaN", "١٢", "9" * 13, "0x10", "", "--5", "5.123"]
)
def test_what_may_be_two_amounts_or_none_is_refused(written: str) -> None:
    with pytest.raises(exceptions.BankFileRefused):
        read(ofx_sgml([Moved(DAY, written, "F")]).encode("utf-8"))


def test_another_currency_is_refused_by_its_name() -> None:
    with pytest.raises(exceptions.OtherCurrency, match="USD"):
        read(ofx_sgml([Moved(DAY, "10.00", "F")], currency="USD"))
    with pytest.raises(exceptions.OtherCurrency, match="BRL"):
        read(cnab240("341", [Paid("1", Decimal(10), DAY)]), frozenset({"EUR"}))
    with pytest.raises(exceptions.OtherCurrency, match="USD"):
        read(ofx_sgml([Moved(DAY, "10.00", "F", more={"CURSYM": "USD"})]))


def test_a_bank_whose_layout_is_not_known_is_named() -> None:
    for written in (
        cnab240("104", [Paid("1", Decimal(10), DAY)]),
        cnab400("104", [Paid("1", Decimal(10), DAY)]),
    ):
        with pytest.raises(exceptions.UnknownBank, match="104"):
            read(written)


def records(content: str) -> list[str]:
    return content.split("\r\n")[:-1]


@pytest.mark.parametrize("length", [240, 400])
def test_a_return_file_that_lies_about_its_counts_or_lost_a_record_is_refused(length: int) -> None:
    rows = [Paid(str(at), Decimal(100 + at), DAY) for at in range(1, 4)]
    whole = records(cnab240("341", rows) if length == 240 else cnab400("341", rows))
    assert len(read("\r\n".join(whole)).lines) == 3
    for missing in range(1, len(whole)):
        with pytest.raises(exceptions.BankFileRefused):
            read("\r\n".join(whole[:missing] + whole[missing + 1 :]))
    for doubled in range(1, len(whole)):
        with pytest.raises(exceptions.BankFileRefused):
            read("\r\n".join([*whole[:doubled], whole[doubled], *whole[doubled:]]))
    for until in range(1, len(whole)):
        with pytest.raises(exceptions.BankFileRefused):
            read("\r\n".join(whole[:until]))


@pytest.mark.parametrize(
    "digits", ["-00000000010000", "00000000001 000", "٠٠٠٠٠٠٠٠٠٠١٠٠٠٠", "0000000000100.0"]
)
def test_an_amount_that_is_no_digits_is_refused_with_its_line(digits: str) -> None:
    whole = records(cnab240("341", [Paid("1", Decimal(100), DAY)]))
    whole[3] = whole[3][:77] + digits + whole[3][92:]
    with pytest.raises(exceptions.LineRefused, match="3"):
        read("\r\n".join(whole).encode())


@pytest.mark.parametrize("day", ["00000000", "31022026", "12059999", "1205202X"])
def test_a_day_that_there_is_not_is_refused(day: str) -> None:
    whole = records(cnab240("341", [Paid("1", Decimal(100), DAY)]))
    whole[3] = whole[3][:137] + day + day + whole[3][153:]
    with pytest.raises(exceptions.LineRefused):
        read("\r\n".join(whole))
    with pytest.raises(exceptions.LineRefused):
        read(ofx_sgml([Moved(DAY, "1.00", "F", more={"DTPOSTED": f"{day[4:]}{day[2:4]}{day[:2]}"})]))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 5000,
        b"<OFX></OFX>",
        b"%PDF-1.7",
        b"PK\x03\x04" + b"x" * 100,
        b"<OFX><CURDEF>BRL<STMTTRN><TRNAMT>5.00<DTPOSTED>20260512</STMTTRN>",
        b"<OFX><STMTTRN><TRNAMT>5.00<DTPOSTED>20260512</STMTTRN></OFX>",
        b"<OFX><CURDEF>BRL</STMTTRN></OFX>",
        b"<OFX><CURDEF>BRL<STMTTRN><STMTTRN></STMTTRN></STMTTRN></OFX>",
        b"02RETORNO01COBRANCA",
        b"34100000" + b" " * 232,
        b"\xff\xfe<\x00O\x00F\x00X\x00>\x00\xd8",
    ],
)
def test_what_is_no_bank_file_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(exceptions.BankFileRefused) as refusal:
        read(content)
    assert str(refusal.value).endswith(".")


def test_entities_and_documents_from_elsewhere_are_not_followed() -> None:
    whole = ofx_xml([Moved(DAY, "1.00", "F", "ANA")])
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(exceptions.BankFileRefused):
        read(whole.replace("<OFX>", f"<OFX>{bomb}"))
    [line] = read(whole.replace("ANA", "&xxe; &#65;&amp;")).lines
    assert line.payer_name == "&xxe; A&"


def test_a_huge_file_is_refused_at_once() -> None:
    with soon():
        with pytest.raises(exceptions.FileTooLarge):
            read(b"<OFX>" + b"x" * LARGEST)
        with pytest.raises(exceptions.BankFileRefused):
            read(b"<OFX>" + b"<A" * 5_000_000)
        with pytest.raises(exceptions.BankFileRefused):
            read(b"<OFX>" + b"<STMTTRN></STMTTRN>" * 500_000)


def test_a_text_in_utf_8_that_says_it_is_windows_is_read_all_the_same() -> None:
    [line] = read(ofx_sgml([Moved(DAY, "1.00", "F", "JOÃO CONCEIÇÃO")]).encode("utf-8")).lines
    assert line.payer_name == "JOÃO CONCEIÇÃO"
    [line] = read(ofx_sgml([Moved(DAY, "1.00", "F", "JOÃO CONCEIÇÃO")]).encode("utf-16")).lines
    assert line.payer_name == "JOÃO CONCEIÇÃO"


words = st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="<>&;"), max_size=20)


@given(
    st.lists(st.tuples(st.integers(-(10**9), 10**9).filter(bool), words, words), min_size=1, max_size=20),
    st.sampled_from([ofx_sgml, ofx_xml]),
)
def test_what_was_written_is_read(rows: list[tuple[int, str, str]], write: object) -> None:
    moved = [
        Moved(DAY, f"{Decimal(cents).scaleb(-2)}", f"F{at}", name, memo)
        for at, (cents, name, memo) in enumerate(rows)
    ]
    statement = read(write(moved, currency="EUR").encode("utf-8"))  # type: ignore[operator]
    assert [line.amount for line in statement.lines] == [Decimal(cents).scaleb(-2) for cents, *_rest in rows]
    assert [line.payer_name for line in statement.lines] == [
        " ".join(name.split()) for _cents, name, _memo in rows
    ]


@given(st.binary(max_size=3000), st.sampled_from(sorted(files())), st.data())
@example(b"<STMTTRN>", "statement-1.ofx", None)
def test_a_file_in_which_something_was_overwritten_is_read_or_refused(
    noise: bytes, name: str, data: st.DataObject | None
) -> None:
    whole = files()[name]
    at = data.draw(st.integers(0, len(whole))) if data else len(whole) // 2
    for content in (whole[:at] + noise + whole[at + len(noise) :], whole[:at] + noise, noise):
        try:
            statement = read(content)
        except exceptions.BankFileRefused:
            continue
        assert all(line.amount and line.identifier for line in statement.lines)
