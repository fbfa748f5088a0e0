"""Lookup numbers: what a customer types to see where one process stands, without an account.

A number reads `XXXX-XXXX-XX`: nine random characters of Crockford's base32 (no I, L, O, U;
https://www.crockford.com/base32.html), 45 bits, and a check character. It is stored bare, ten characters.

Why a check of our own: Crockford's symbol counts modulo 37 and needs five more signs that nobody can dictate
on the telephone, and ISO 7064 has no system for 32 letters. A weighted sum modulo 32 cannot do it: an even
weight misses substitutions, and the difference of two odd weights is even, which misses transpositions. Yet
32 letters make a field, GF(2^5). With the weight a^i for the i-th place from the right, a being a generator
(of order 31, so the ten weights differ and none is zero), the numbers whose weighted sum is zero are a code:
- one wrong character changes the sum by a^i * e, never zero;
- two exchanged characters, neighbours or not, change it by (a^i + a^j) * e, never zero.
Other mistakes pass once in 32. The check catches slips; 45 random bits and the throttle keep guessers out.
"""

import re
import secrets
import unicodedata
from functools import reduce
from typing import TYPE_CHECKING, Final, Literal, NewType, TypeAlias

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LookupNumber = NewType("LookupNumber", str)
Code: TypeAlias = Literal["length", "characters", "check"]

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_CHARACTERS: Final = 9
LENGTH: Final = RANDOM_CHARACTERS + 1
MAX_TYPED: Final = 40
MAX_IMPORTED: Final = 32

_VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}
# Letters that are read for a digit of the alphabet.
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
# x^5 + x^2 + 1 is primitive over GF(2), so x generates the field's 31 non-zero elements.
_FIELD_POLYNOMIAL: Final = 0b100101
_IGNORED_CATEGORIES: Final = frozenset({"Zs", "Pd", "Cf"})
_MINUS: Final = "\N{MINUS SIGN}"
# "#", "Nº" and "n.º" in front of an imported number announce it.
_ANNOUNCED: Final = re.compile(r"\A(?:#|[Nn]\.?[º°])")
_IMPORTED_CHARACTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./")


class LookupNumberError(ValidationError):
    """A number that nobody was given; `code` is for programs, `sentence` for the person who typed it."""

    def __init__(self, code: Code) -> None:
        self.sentence = _SENTENCES[code]
        super().__init__(self.sentence, code=code)


def new_lookup_number() -> LookupNumber:
    """A fresh number with its check character; whether it is taken, the unique constraint decides."""
    characters = "".join(secrets.choice(ALPHABET) for _place in range(RANDOM_CHARACTERS))
    return LookupNumber(characters + _check_character(characters))


def parse_lookup_number(text: str) -> LookupNumber:
    """The bare number in what somebody typed, or `LookupNumberError`.

    Takes any case, blanks, hyphens, a leading "#", full-width signs, O for 0, and I or L for 1.
    """
    if len(text) > MAX_TYPED:
        raise LookupNumberError("length")
    bare = _compact(text).removeprefix("#").upper().translate(_MISREAD)
    if not all(character in _VALUES for character in bare):
        raise LookupNumberError("characters")
    if len(bare) != LENGTH:
        raise LookupNumberError("length")
    if _weighted_sum(bare) != 0:
        raise LookupNumberError("check")
    return LookupNumber(bare)


def format_lookup_number(bare: str) -> str:
    """`XXXX-XXXX-XX`, the form that is printed, mailed and read aloud."""
    return f"{bare[:4]}-{bare[4:8]}-{bare[8:]}"


def normalize_imported_number(text: str) -> str:
    """A number from the company's former system, in the one form it is stored in and looked up by.

    Capitals, digits, hyphen, dot and slash stay; blanks and any other sign go, so that "# irn-22 123/2026"
    finds "IRN-22123/2026". Raises `LookupNumberError` ("length") when no letter or digit remains, or more
    than 32 characters.
    """
    if len(text) > MAX_IMPORTED * 4:
        raise LookupNumberError("length")
    folded = unicodedata.normalize("NFKD", _ANNOUNCED.sub("", text.strip())).upper()
    hyphenated = map(_plain_hyphen, folded)
    number = "".join(character for character in hyphenated if character in _IMPORTED_CHARACTERS)
    if not 0 < len(number) <= MAX_IMPORTED or not any(character.isalnum() for character in number):
        raise LookupNumberError("length")
    return number


def _compact(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text.strip())
    compact = "".join(character for character in folded if not _is_ignored(character))
    # Before `upper`, which would make plain letters of some that only look like them.
    if not compact.isascii():
        raise LookupNumberError("characters")
    return compact


def _is_ignored(character: str) -> bool:
    return character == _MINUS or unicodedata.category(character) in _IGNORED_CATEGORIES


def _plain_hyphen(character: str) -> str:
    return "-" if character == _MINUS or unicodedata.category(character) == "Pd" else character


def _check_character(characters: str) -> str:
    # The last place weighs a^0 = 1: the value that brings the sum to zero is the sum of the others.
    return ALPHABET[_times_generator(_weighted_sum(characters))]


def _weighted_sum(characters: str) -> int:
    """Horner's rule over GF(32), where adding is exclusive or."""
    return reduce(lambda total, character: _times_generator(total) ^ _VALUES[character], characters, 0)


def _times_generator(element: int) -> int:
    doubled = element << 1
    return doubled ^ _FIELD_POLYNOMIAL if doubled & 0b100000 else doubled


_SENTENCES: dict[Code, "_StrPromise"] = {
    "length": _("This number is too short or too long. It reads like 4F7K-2M9Q-XD."),
    "characters": _("This number has a sign that none of ours has. Please compare it with what we sent you."),
    "check": _("One character seems wrong. Please compare the number with what we sent you."),
}
