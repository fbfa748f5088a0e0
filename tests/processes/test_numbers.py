"""Numbers of a former system: how they are stored, and which are easy to guess."""

from __future__ import annotations

import pytest

from portal_modules.core.numbers import format_lookup_number, new_lookup_number
from portal_modules.processes.numbers import imported_number, is_guessable, number_shown, readings


@pytest.mark.parametrize(
    "number",
    [
        "1",
        "22123",
        "IRN-22123/2026",
        "2026-0000012345",
        "0000000000012345",
        "PROC.2026.77",
        "2023001234",
        "ABC-DEF",
    ],
)
def test_a_counter_is_easy_to_guess(number: str) -> None:
    assert is_guessable(number)


@pytest.mark.parametrize("number", ["9F3KQ7ZT2M", "A7F3-9K2L-PQ88", "4821093756148820", "QWXZJKVBNM"])
def test_what_looks_drawn_by_lot_is_not(number: str) -> None:
    assert not is_guessable(number)


def test_none_of_ours_is_easy_to_guess_however_it_is_written() -> None:
    letters_in_a_group = "ABCD-2M9Q-XD"
    assert not is_guessable(letters_in_a_group)
    assert not is_guessable(letters_in_a_group.replace("-", ""))


def test_one_of_ours_stays_ours_and_others_keep_their_signs() -> None:
    number = new_lookup_number()
    assert imported_number(format_lookup_number(number)) == number
    assert imported_number("# irn-22 123/2026") == "IRN-22123/2026"
    assert number_shown(number) == format_lookup_number(number)
    assert number_shown("IRN-22123/2026") == "IRN-22123/2026"


def test_typed_text_is_read_both_ways() -> None:
    number = new_lookup_number()
    assert number in list(readings(format_lookup_number(number).lower()))
    assert list(readings("irn-22123/2026")) == ["IRN-22123/2026"]
    assert list(readings("\x00?")) == []
