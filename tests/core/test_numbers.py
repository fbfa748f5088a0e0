from collections.abc import Iterator
from itertools import combinations

import pytest
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from hypothesis import given
from hypothesis import strategies as st

from portal_modules.core.numbers import (
    ALPHABET,
    LookupNumber,
    LookupNumberError,
    format_lookup_number,
    new_lookup_number,
    normalize_imported_number,
    parse_lookup_number,
)

stems = st.text(ALPHABET, min_size=9, max_size=9)


def is_valid(text: str) -> bool:
    try:
        parse_lookup_number(text)
    except LookupNumberError:
        return False
    return True


def completed(stem: str, place: int = 9) -> LookupNumber:
    """The valid number that has the nine characters around the one at `place`."""
    candidates = (stem[:place] + character + stem[place:] for character in ALPHABET)
    return LookupNumber(next(candidate for candidate in candidates if is_valid(candidate)))


def code_of(text: str) -> str:
    with pytest.raises(LookupNumberError) as refusal:
        parse_lookup_number(text)
    return str(refusal.value.code)


def test_the_alphabet_is_crockfords() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_new_numbers_are_valid_and_differ() -> None:
    numbers = {new_lookup_number() for _attempt in range(2000)}
    assert len(numbers) == 2000
    assert all(parse_lookup_number(number) == number for number in numbers)
    assert {len(number) for number in numbers} == {10}


def test_new_numbers_use_every_letter_in_every_random_place() -> None:
    numbers = [new_lookup_number() for _attempt in range(2000)]
    assert all({number[place] for number in numbers} == set(ALPHABET) for place in range(9))


@given(stems)
def test_each_stem_has_exactly_one_check_character(stem: str) -> None:
    assert sum(is_valid(stem + character) for character in ALPHABET) == 1


@given(stems)
def test_every_single_substitution_is_detected(stem: str) -> None:
    number = completed(stem)
    for place in range(10):
        for character in ALPHABET.replace(number[place], ""):
            assert not is_valid(number[:place] + character + number[place + 1 :])


def neighbours() -> Iterator[tuple[int, str, str]]:
    for place in range(9):
        for first, second in combinations(ALPHABET, 2):
            yield place, first, second


def test_every_adjacent_transposition_of_every_two_letters_is_detected() -> None:
    # The code is linear: what stands in the other places makes no difference, and one of them is free.
    for place, first, second in neighbours():
        free = 0 if place > 0 else 9
        others = "0" * 7
        before = others[: place - 1] if free == 0 else ""
        stem = before + first + second + others[len(before) :]
        number = completed(stem, free)
        assert number[place : place + 2] == first + second
        assert not is_valid(number[:place] + second + first + number[place + 2 :])


@given(stems)
def test_exchanging_any_two_different_characters_is_detected(stem: str) -> None:
    number = completed(stem)
    for left, right in combinations(range(10), 2):
        if number[left] != number[right]:
            swapped = list(number)
            swapped[left], swapped[right] = swapped[right], swapped[left]
            assert not is_valid("".join(swapped))


@given(stems)
def test_the_printed_form_reads_back(stem: str) -> None:
    number = completed(stem)
    printed = format_lookup_number(number)
    assert [len(group) for group in printed.split("-")] == [4, 4, 2]
    assert parse_lookup_number(printed) == number


@given(stems, st.data())
def test_any_way_of_typing_a_number_finds_it(stem: str, data: st.DataObject) -> None:
    number = completed(stem)
    readings = {"0": "0Oo０", "1": "1IiLl１"}
    typed = data.draw(st.sampled_from(["", "#", " # ", "＃"]))
    for character in number:
        typed += data.draw(st.sampled_from(readings.get(character, character + character.lower())))
        typed += data.draw(st.sampled_from(["", "-", " ", "\u2013", "\u00a0"]))
    assert parse_lookup_number(typed) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "length"),
        ("#", "length"),
        ("000000000", "length"),
        ("00000000000", "length"),
        ("0" * 41, "length"),
        ("000000000U", "characters"),
        ("0000-0000-0ı", "characters"),
        ("0000#000000", "characters"),
        ("0000_0000_00", "characters"),
        ("0000-0000-0\x00", "characters"),
        ("0000-0000-01", "check"),
    ],
)
def test_each_mistake_has_its_code(text: str, code: str) -> None:
    assert code_of(text) == code


def test_a_refusal_brings_a_translatable_sentence_that_a_form_can_show() -> None:
    refusal = LookupNumberError("check")
    assert isinstance(refusal, ValidationError)
    assert isinstance(refusal.sentence, Promise)


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        number = parse_lookup_number(text)
    except LookupNumberError:
        return
    assert parse_lookup_number(number) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("IRN-22123/2026", "IRN-22123/2026"),
        ("# irn-22 123/2026 ", "IRN-22123/2026"),
        ("Nº 49.123/26", "49.123/26"),
        ("n.º 49.123/26", "49.123/26"),
        ("４９１２３–２６", "49123-26"),
        ("processo_7", "PROCESSO7"),
        ("ação 12", "ACAO12"),
    ],
)
def test_an_imported_number_has_one_form(text: str, number: str) -> None:
    assert normalize_imported_number(text) == number
    assert normalize_imported_number(number) == number


@pytest.mark.parametrize("text", ["", "  ", "-./", "東京", "1" * 33, "1 " * 100_000])
def test_an_imported_number_needs_1_to_32_characters(text: str) -> None:
    with pytest.raises(LookupNumberError) as refusal:
        normalize_imported_number(text)
    assert refusal.value.code == "length"


@given(st.text(max_size=80))
def test_the_form_of_an_imported_number_is_stable(text: str) -> None:
    try:
        number = normalize_imported_number(text)
    except LookupNumberError:
        return
    assert normalize_imported_number(number) == number


@pytest.mark.parametrize("piece", ["0", " ", "-", "#", "\ufdfa", "\u0301", "\x00"])
def test_a_hostile_text_of_100_kb_is_refused(piece: str) -> None:
    assert code_of(piece * 100_000) == "length"
    with pytest.raises(LookupNumberError):
        normalize_imported_number(piece * 100_000)
