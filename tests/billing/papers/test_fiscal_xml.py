"""Fiscal notes as files: what each kind says, and what is refused before it can hurt."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_modules.billing import specimens
from portal_modules.billing.papers.exceptions import FiscalFileRefused
from portal_modules.billing.papers.fiscal_keys import read_key
from portal_modules.billing.papers.fiscal_xml import FiscalFacts, read_fiscal_xml
from portal_modules.billing.papers.fiscal_zip import ZippedFile, xml_files
from portal_modules.billing.specimens import Specimen
from tests.patience import soon

NOTE = Specimen(
    number=1234,
    issued_on=date(2026, 10, 31),
    issuer="Ação & Locações <Ltda>",
    issuer_tax_id="11222333000181",
    recipient="Construções Três Irmãos",
    recipient_tax_id="60701190000104",
    amount=Decimal("1234.56"),
    lines=[("Plataforma tesoura, 30 dias", Decimal("1000.00")), ("Frete", Decimal("234.56"))],
)
CHILEAN = Specimen(
    number=77,
    issued_on=date(2026, 9, 2),
    issuer="Compañía Ñandú SpA",
    issuer_tax_id="76086428K",
    recipient="Comercial Los Álamos",
    recipient_tax_id="125319092",
    amount=Decimal(119000),
)


@pytest.mark.row("E03")
def test_an_nfe_says_what_a_list_shows() -> None:
    assert read_fiscal_xml(specimens.nfe(NOTE)) == FiscalFacts(
        kind="nfe",
        key=specimens.nfe_key(NOTE),
        number="1234",
        series="1",
        issued_on=date(2026, 10, 31),
        issuer="Ação & Locações <Ltda>",
        issuer_tax_id="11222333000181",
        recipient="Construções Três Irmãos",
        recipient_tax_id="60701190000104",
        operation="Locação de equipamentos",
        cfop="5908",
        amount=Decimal("1234.56"),
        currency="BRL",
    )
    assert read_key(specimens.nfe_key(NOTE)).number == 1234


def test_a_note_without_its_protocol_is_read_too() -> None:
    whole = specimens.nfe(NOTE)
    alone = b"<NFe " + whole.split(b"<NFe>")[1].split(b"</NFe>")[0].join(
        [b'xmlns="http://www.portalfiscal.inf.br/nfe">', b"</NFe>"]
    )
    assert read_fiscal_xml(alone) == read_fiscal_xml(whole)


def test_strange_elements_do_no_harm() -> None:
    strange = specimens.nfe(NOTE).replace(
        b"<total>", b"<pISEspec>1.00</pISEspec><IBSCBS><novo a='1'/></IBSCBS><total><tomorrow/>"
    )
    assert read_fiscal_xml(strange) == read_fiscal_xml(specimens.nfe(NOTE))


@pytest.mark.parametrize("answer", [b"101", b"135", b"151", b"155"])
def test_a_note_that_was_cancelled_says_so(answer: bytes) -> None:
    whole = specimens.nfe(NOTE).replace(b"<cStat>100<", b"<cStat>" + answer + b"<")
    facts = read_fiscal_xml(whole)
    assert facts.is_cancelled
    assert not facts.is_cancellation


def test_a_cancellation_names_its_note() -> None:
    facts = read_fiscal_xml(specimens.cancellation(NOTE))
    assert facts.key == specimens.nfe_key(NOTE)
    assert facts.is_cancellation
    with pytest.raises(FiscalFileRefused):
        read_fiscal_xml(specimens.cancellation(NOTE).replace(b"110111", b"110110"))


def test_a_note_of_services_is_read() -> None:
    facts = read_fiscal_xml(specimens.nfse(NOTE))
    assert (facts.kind, facts.key, facts.number) == ("nfse", specimens.nfse_key(NOTE), "1234")
    assert facts.amount == Decimal("1234.56")
    assert facts.operation == "Plataforma tesoura, 30 dias; Frete"
    assert facts.recipient_tax_id == "60701190000104"


def test_a_chilean_note_is_read_in_its_encoding() -> None:
    facts = read_fiscal_xml(specimens.dte(CHILEAN))
    assert (facts.kind, facts.number, facts.series) == ("dte", "77", "33")
    assert (facts.issuer, facts.issuer_tax_id) == ("Compañía Ñandú SpA", "76086428K")
    assert (facts.amount, facts.currency) == (Decimal(119000), "CLP")
    assert facts.key == "76086428K-T33-F77"


@pytest.mark.row("E19")
@pytest.mark.parametrize(("make", "kind"), [(specimens.ubl, "ubl"), (specimens.facturx, "facturx")])
def test_european_invoices_are_read(make: Callable[[Specimen], bytes], kind: str) -> None:
    facts = read_fiscal_xml(make(NOTE))
    assert (facts.kind, facts.number, facts.amount, facts.currency) == (kind, "1234", NOTE.amount, "EUR")
    assert (facts.issuer, facts.recipient) == (NOTE.issuer, NOTE.recipient)
    assert facts.issued_on == date(2026, 10, 31)
    assert facts.key == "11222333000181-1234"


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(20))
    + b"]><NFe>&u;</NFe>"
)
HOSTILE = {
    "entity bomb": BOMB,
    "external entity": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><NFe>&e;</NFe>',
    "parameter entity": b'<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x"> %e;]><NFe/>',
    "external DTD": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><NFe/>',
    "200,000 levels": b"<a>" * 200_000 + b"</a>" * 200_000,
    "200,000 levels, short": (b"<a>" * 200_000)[: 1024 * 1024],
    "200,000 elements": b"<NFe>" + b"<a/>" * 200_000 + b"</NFe>",
    "UTF-7": b'<?xml version="1.0" encoding="UTF-7"?>+ADw-NFe+AD4-+ADw-/NFe+AD4-',
    "UTF-7 declared in capitals": b"<?xml version='1.0' encoding = 'uTf-7' ?><NFe/>",
    "no such encoding": b'<?xml version="1.0" encoding="rot13"?><NFe/>',
    "one byte too many": b"<NFe>" + b" " * (1024 * 1024 - 10) + b"</NFe>",
    "empty": b"",
    "nothing but spaces": b" " * 1000,
    "no XML": b"%PDF-1.7",
    "zeros": b"\x00" * 5000,
    "UTF-16 without its end": "<NFe>".encode("utf-16"),
    "UTF-16 that says UTF-7": '<?xml version="1.0" encoding="UTF-7"?><NFe/>'.encode("utf-16"),
    "another document": b"<html/>",
    "empty note": b"<NFe><infNFe/></NFe>",
    "wrong key": specimens.nfe(NOTE).replace(b'Id="NFe35', b'Id="NFe33'),
    "no value": specimens.nfe(NOTE).replace(b"<vNF>1234.56", b"<vNF>1e5"),
    "full-width digits": specimens.nfe(NOTE).replace(b"<vNF>1234.56", "<vNF>１２３".encode()),
    "an impossible day": specimens.nfe(NOTE).replace(b"<dhEmi>2026-10-31", b"<dhEmi>2026-02-31"),
    "a hundred attributes alike": b"<NFe " + b"a='1' " * 100 + b"/>",
    "two notes": b"<DTE>" + b"<Documento/>" * 2 + b"</DTE>",
    "a key a megabyte long": b'<NFe><infNFe Id="' + b"9" * 900_000 + b'"/></NFe>',
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_with_a_sentence_and_soon(data: bytes) -> None:
    with soon(), pytest.raises(FiscalFileRefused) as refusal:
        read_fiscal_xml(data)
    assert str(refusal.value).endswith(".")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(FiscalFileRefused):
        read_fiscal_xml(data)


@given(st.data())
def test_a_damaged_note_is_read_or_refused(data: st.DataObject) -> None:
    whole = specimens.nfe(NOTE)
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:place] + data.draw(st.binary(max_size=3)) + whole[place + 1 :]
    try:
        facts = read_fiscal_xml(damaged)
    except FiscalFileRefused:
        return
    # Of eleven signs that might stand in the place of another the check digit lets one through.
    assert facts.key in {specimens.nfe_key(NOTE), read_key(facts.key).key}


# ---- ZIP ------------------------------------------------------------------------------------------


def zipped(**files: bytes) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    target.seek(0)
    return target


def test_the_xml_files_of_a_zip_come_one_by_one() -> None:
    content = {
        "notes/one.xml": specimens.nfe(NOTE),
        "read me.txt": b"x",
        "..\\..\\TWO.XML": specimens.dte(CHILEAN),
    }
    found = list(xml_files(zipped(**content)))
    assert [each.name for each in found] == ["one.xml", "TWO.XML"]
    assert [read_fiscal_xml(each.data).kind for each in found] == ["nfe", "dte"]


def test_a_bomb_in_a_zip_is_not_unpacked() -> None:
    archive = zipped(**{"bomb.xml": b"\x00" * 200_000_000, "good.xml": specimens.nfe(NOTE)})
    with soon():
        bomb, good = list(xml_files(archive))
    assert bomb.refusal
    assert not bomb.data
    assert good == ZippedFile("good.xml", specimens.nfe(NOTE))


def test_many_bombs_end_it() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for place in range(520):
            archive.writestr(f"{place}.xml", b"\x00" * (1024 * 1024 + 1))
    with pytest.raises(FiscalFileRefused):
        list(xml_files(target))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\x00" * 18 + b"x", b"x" * 1000])
def test_what_is_no_zip_is_refused_or_empty(data: bytes) -> None:
    try:
        found = list(xml_files(io.BytesIO(data)))
    except FiscalFileRefused:
        return
    assert found == []


def test_a_damaged_file_of_a_zip_is_told_and_the_others_are_read() -> None:
    data = bytearray(zipped(**{"a.xml": specimens.nfe(NOTE), "b.xml": specimens.dte(CHILEAN)}).getvalue())
    data[60] ^= 0xFF
    first, second = list(xml_files(io.BytesIO(bytes(data))))
    assert first.refusal
    assert second.data == specimens.dte(CHILEAN)
