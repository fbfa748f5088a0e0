import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from hypothesis import given
from hypothesis import strategies as st
from stdnum.br import cnpj
from stdnum.cl import rut
from stdnum.es import dni
from stdnum.pt import nif

from portal_modules.core.tax_ids import (
    InvalidTaxId,
    countries,
    format_tax_id,
    kind_of,
    last_four,
    masked,
    may_sign_in,
    normalize,
)

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "vectors" / "taxids.json").read_text(encoding="utf-8")
)["vectors"]
COUNTRY_OF = {"cnpj": "BR", "cpf": "BR", "rut": "CL", "nif_pt": "PT", "nif_es": "ES"}
VALID = [vector for vector in VECTORS if vector["valid"]]
INVALID = [vector for vector in VECTORS if not vector["valid"]]

SEPARATORS = st.text(alphabet=" .-/\u00a0\u2011\u2013\u2212\u200b\t", max_size=2)


def vector_name(vector: dict[str, Any]) -> str:
    return f"{vector['kind']} {vector['input']}"


def code_of(country: str, text: str) -> str:
    with pytest.raises(InvalidTaxId) as refusal:
        normalize(country, text)
    return str(refusal.value.code)


@pytest.mark.parametrize("vector", VALID, ids=vector_name)
def test_a_published_tax_id_is_stored_bare_and_written_as_in_its_country(vector: dict[str, Any]) -> None:
    country = COUNTRY_OF[vector["kind"]]
    bare = normalize(country, vector["input"])
    assert bare == vector["canonical"]
    if "formatted" in vector:
        assert format_tax_id(country, bare) == vector["formatted"]


@pytest.mark.parametrize("vector", INVALID, ids=vector_name)
def test_a_published_wrong_tax_id_is_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(InvalidTaxId):
        normalize(COUNTRY_OF[vector["kind"]], vector["input"])


@pytest.mark.parametrize(
    ("country", "text", "bare"),
    [
        ("BR", "CPF 390.533.447-05", "39053344705"),
        ("BR", "CPF: 39053344705", "39053344705"),
        ("BR", "BR 390.533.447-05", "39053344705"),
        ("BR", "CNPJ/MF: 12.ABC.345/01DE-35", "12ABC34501DE35"),
        ("br", " １２.abc.345/01de–35 ", "12ABC34501DE35"),
        ("BR", "'12 ABC 345 / 01DE \u2212 35\n", "12ABC34501DE35"),
        ("BR", "\u200e12.ABC.345/01DE-35\u202c", "12ABC34501DE35"),
        ("CL", "RUT: CL 10.726.809-k", "10726809K"),
        ("CL", "cl10726809k", "10726809K"),
        ("CL", "05.666.126-3", "56661263"),
        ("PT", "NIF PT 501 964 843", "501964843"),
        ("PT", "pt501964843", "501964843"),
        ("PT", "５０１９６４８４３", "501964843"),
        ("ES", "es b-58378431", "B58378431"),
        ("ES", "NIE: x-5253868-r", "X5253868R"),
    ],
)
def test_pasted_mess_finds_its_number(country: str, text: str, bare: str) -> None:
    assert normalize(country, text) == bare


@pytest.mark.parametrize(
    ("country", "text", "code"),
    [
        ("BR", "", "length"),
        ("BR", " . - / ", "length"),
        ("BR", "1234567890", "length"),
        ("BR", "0" * 41, "length"),
        ("BR", "111.111.111-11", "repeated"),
        ("BR", "00.000.000/0000-00", "repeated"),
        ("BR", "390.533.447-06", "check"),
        ("BR", "CPF 390.533.447-06", "check"),
        ("BR", "CNPJ 12.ABC.345/01DE-36", "check"),
        ("BR", "000000000001P1", "characters"),
        ("BR", "390.533.447=05", "characters"),
        ("BR", "390.533.447-05\x00", "characters"),
        ("BR", "٣٩٠٥٣٣٤٤٧٠٥", "characters"),
        ("CL", "12.531.909-3", "check"),
        ("CL", "12.53A.909-2", "characters"),
        ("CL", "00000000-0", "length"),
        ("PT", "501964842", "check"),
        ("PT", "001964843", "characters"),
        ("PT", "000000000", "repeated"),
        ("ES", "B58378432", "check"),
        ("ES", "O12345678", "characters"),
        ("ES", "1234567", "length"),
    ],
)
def test_each_mistake_has_its_code(country: str, text: str, code: str) -> None:
    assert code_of(country, text) == code


@pytest.mark.parametrize("country", countries())
@pytest.mark.parametrize("code", ["length", "characters", "check", "repeated", "placeholder"])
def test_each_refusal_brings_a_translatable_sentence_that_a_form_can_show(country: str, code: Any) -> None:
    refusal = InvalidTaxId(code, country)
    assert isinstance(refusal, ValidationError)
    assert isinstance(refusal.sentence, Promise)
    assert refusal.code == code


def test_an_unknown_country_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="known: BR, CL, PT, ES"):
        normalize("FR", "123")


@pytest.mark.parametrize(
    ("country", "bare", "kind"),
    [
        ("BR", "39053344705", "cpf"),
        ("BR", "12ABC34501DE35", "cnpj"),
        ("CL", "10726809K", "rut"),
        ("PT", "501964843", "nif"),
        ("ES", "54362315K", "dni"),
        ("ES", "X5253868R", "nie"),
        ("ES", "B58378431", "cif"),
        ("ES", "L1111111G", "nif"),
        ("ES", "M1234567L", "nif"),
    ],
)
def test_a_number_knows_its_kind(country: str, bare: str, kind: str) -> None:
    assert normalize(country, bare) == bare
    assert kind_of(country, bare) == kind


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("CL", "66.666.666-6"),
        ("CL", "55.555.555-5"),
        ("CL", "055.555.555-5"),
        ("PT", "999 999 990"),
        ("BR", "99.999.999/0001-91"),
        ("ES", "00000000T"),
        ("ES", "X0000000T"),
    ],
)
def test_a_placeholder_is_valid_on_a_document_but_opens_no_door(country: str, text: str) -> None:
    assert not may_sign_in(country, normalize(country, text))


@pytest.mark.parametrize(
    ("country", "text"), [("CL", "11.111.111-1"), ("PT", "501964843"), ("BR", "390.533.447-05")]
)
def test_an_ordinary_number_may_sign_in(country: str, text: str) -> None:
    assert may_sign_in(country, normalize(country, text))


@pytest.mark.parametrize(
    ("country", "bare", "shown"),
    [
        ("BR", "39053344705", "***.***.***-05"),
        ("BR", "12ABC34501DE35", "**.***.***/****-35"),
        ("CL", "10726809K", "**.***.**9-K"),
        ("PT", "501964843", "*** *** *43"),
        ("ES", "B58378431", "*******31"),
        ("ES", "B58", "***"),
        ("ES", "", ""),
    ],
)
def test_a_mask_keeps_two_characters_and_so_never_the_last_four(country: str, bare: str, shown: str) -> None:
    assert masked(country, bare) == shown


def test_the_last_four_are_characters_not_digits() -> None:
    assert last_four("10726809K") == "809K"


def test_what_is_not_a_whole_number_is_shown_as_it_is() -> None:
    assert format_tax_id("PT", "5019") == "5019"


def mess_up(draw: st.DrawFn, bare: str) -> str:
    """The same number as somebody might type it: separators anywhere, small letters, full-width digits."""
    typed = ""
    for character in bare:
        wide = chr(ord(character) + 0xFEE0) if draw(st.booleans()) else character
        typed += draw(st.sampled_from([character, character.lower(), wide]))
        if len(typed) < 24:
            typed += draw(SEPARATORS)
    return typed


@st.composite
def tax_ids(draw: st.DrawFn) -> tuple[str, str, str]:
    """Country, bare number, and a messy way of typing it."""
    country = draw(st.sampled_from(["BR", "CL", "PT", "ES"]))
    digits = st.integers(min_value=1)
    if country == "BR":
        stem = draw(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=12, max_size=12))
        stem = "1" + stem[1:]
        bare = stem + cnpj.calc_check_digits(stem)
    elif country == "CL":
        stem = str(draw(st.integers(1_000_000, 99_999_999)))
        bare = stem + rut.calc_check_digit(stem)
    elif country == "PT":
        stem = str(draw(st.integers(10_000_000, 99_999_999)))
        bare = stem + nif.calc_check_digit(stem)
    else:
        stem = f"{draw(digits) % 99_999_999 + 1:08d}"
        bare = stem + dni.calc_check_digit(stem)
    return country, bare, mess_up(draw, bare)


@given(tax_ids())
def test_any_way_of_typing_a_number_gives_its_bare_form_and_its_written_form_reads_back(
    example: tuple[str, str, str],
) -> None:
    country, bare, typed = example
    if len(set(bare)) == 1:  # twelve equal digits with equal check digits
        return
    assert normalize(country, typed) == bare
    assert normalize(country, format_tax_id(country, bare)) == bare
    assert bare[:-4] not in masked(country, bare)


@given(st.sampled_from(["BR", "CL", "PT", "ES"]), st.text(max_size=60))
def test_any_text_is_either_a_number_of_at_most_14_capitals_and_digits_or_refused(
    country: str, text: str
) -> None:
    try:
        bare = normalize(country, text)
    except InvalidTaxId:
        return
    assert bare.isascii()
    assert bare.isalnum()
    assert bare == bare.upper()
    assert len(bare) <= 14
    assert normalize(country, bare) == bare


@pytest.mark.parametrize("country", countries())
@pytest.mark.parametrize("piece", ["1", " ", ".", "-", "CNPJ", "\ufdfa", "１", "\x00", "\u0301", "0"])
def test_a_hostile_text_of_100_kb_is_refused_for_its_length(country: str, piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert code_of(country, text) == "length"


@pytest.mark.parametrize("country", countries())
@pytest.mark.parametrize("piece", ["1", " ", "CNPJ", "BR", "\ufdfa", "\u0301"])
def test_a_hostile_text_of_the_longest_accepted_length_is_refused_too(country: str, piece: str) -> None:
    with pytest.raises(InvalidTaxId):
        normalize(country, (piece * 40)[:40])
