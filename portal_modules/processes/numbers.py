"""Numbers of processes: ours, which cannot be guessed, and those of a company's former system, which may be.

How hard an imported number is to guess depends on how it was made, which nobody knows. It is counted low:
a word in front ("IRN-"), a year and leading zeros are the same for many, and count nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from portal_modules.core.numbers import (
    LookupNumberError,
    format_lookup_number,
    normalize_imported_number,
    parse_lookup_number,
)

ENOUGH_BITS = 40

_PER_DIGIT = math.log2(10)
_PER_LETTER = math.log2(26)
_PER_SIGN = math.log2(36)
_LONGEST_WORD = 5
_KEPT = 10_000  # numbers whose layout is remembered
_YEAR = re.compile(r"\A(?:19|20)\d\d\Z")
_OUR_LAYOUT = re.compile(r"\A[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}\Z")


@lru_cache(maxsize=_KEPT)
def number_shown(stored: str) -> str:
    """`XXXX-XXXX-XX` for one of ours; an imported number as it was imported."""
    return format_lookup_number(stored) if _is_ours(stored) else stored


def imported_number(text: str) -> str:
    """The form in which a number of a former system is stored; one of ours stays ours.

    Raises `LookupNumberError`.
    """
    number = normalize_imported_number(text)
    bare = number.replace("-", "") if _OUR_LAYOUT.match(number) else number
    return bare if _is_ours(bare) else number


def is_guessable(number: str) -> bool:
    """Does a normalised number have fewer than 40 bits that a stranger would have to guess?"""
    written = number.replace("-", "") if _OUR_LAYOUT.match(number) else number
    return sum(map(_bits, re.split(r"[-./]", written))) < ENOUGH_BITS


def readings(text: str) -> Iterator[str]:
    """The stored numbers that somebody may mean by what they typed: one of ours, or an imported one."""
    found = set()
    for read in (parse_lookup_number, imported_number):
        try:
            found.add(str(read(text)))
        except LookupNumberError:
            continue
    yield from sorted(found)


def _is_ours(bare: str) -> bool:
    try:
        return parse_lookup_number(bare) == bare
    except LookupNumberError:
        return False


def _bits(part: str) -> float:
    digits = sum(character.isdigit() for character in part)
    if digits == len(part):
        return 0 if _YEAR.match(part) else len(part.lstrip("0")) * _PER_DIGIT
    if digits == 0:
        return 0 if len(part) <= _LONGEST_WORD else len(part) * _PER_LETTER
    return len(part) * _PER_SIGN
