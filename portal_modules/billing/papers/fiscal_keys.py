"""The keys of Brazil's fiscal notes: 44 characters of an NF-e and its kin, 50 of a national NFS-e.

NF-e: state (2), year and month (4), tax id of the issuer (14), model (2), series (3), number (9), kind of issue (1),
code (8), check digit. Since NT Conjunta 2025.001 the tax id may hold letters; a character counts as its place after
"0" in ASCII. NFS-e: municipality (7), environment (1), kind of tax id (1), tax id (14), number (13), year and month
(4), code (9), check digit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from .exceptions import FiscalKeyRefused

NFE_LENGTH: Final = 44
NFSE_LENGTH: Final = 50

_NFE: Final = re.compile(r"[0-9]{6}[0-9A-Z]{12}[0-9]{26}\Z")
_NFSE: Final = re.compile(r"[0-9]{9}[0-9A-Z]{12}[0-9]{29}\Z")
_BETWEEN: Final = re.compile(r"[\s.\-/]")
_PREFIX: Final = re.compile(r"(?:NFE|NFSE|NFS|CTE|MDFE)(?=[0-9])")
_LONGEST: Final = 120
_ALPHANUMERIC_BASE: Final = ord("0")


@dataclass(frozen=True, slots=True)
class FiscalKey:
    """A key that was checked, and what it says of its note."""

    key: str
    issuer_tax_id: str
    number: int
    series: str
    year: int
    month: int

    @property
    def grouped(self) -> str:
        """In groups of four, as it is printed and read aloud."""
        return groups_of_four(self.key)


def groups_of_four(key: str) -> str:
    """A key as people read it."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def check_digit(body: str) -> int:
    """The last digit of a key: mod 11, weights 2 to 9 from the right, and 0 where 10 or 11 would stand."""
    total = sum(
        (ord(letter) - _ALPHANUMERIC_BASE) * (2 + place % 8) for place, letter in enumerate(reversed(body))
    )
    rest = total % 11
    return 0 if rest < 2 else 11 - rest


def read_key(typed: str) -> FiscalKey:
    """The key of an NF-e or NFS-e as it was typed or stands in a file. Raises `FiscalKeyRefused`."""
    key = bare_key(typed)
    is_nfe = len(key) == NFE_LENGTH and _NFE.match(key)
    is_nfse = len(key) == NFSE_LENGTH and _NFSE.match(key)
    if not is_nfe and not is_nfse:
        raise FiscalKeyRefused(_("A fiscal key has 44 characters, or 50 for services."))
    if check_digit(key[:-1]) != int(key[-1]):
        raise FiscalKeyRefused(_("A character of this fiscal key seems wrong."))
    found = _nfe(key) if is_nfe else _nfse(key)
    if not 1 <= found.month <= 12:
        raise FiscalKeyRefused(_("The month in this fiscal key does not exist."))
    return found


def bare_key(typed: str) -> str:
    """Without spaces, dots and the prefix that stands in XML."""
    if len(typed) > _LONGEST:
        return ""
    return _PREFIX.sub("", _BETWEEN.sub("", typed).upper(), count=1)


def _nfe(key: str) -> FiscalKey:
    return FiscalKey(
        key=key,
        issuer_tax_id=key[6:20],
        number=int(key[25:34]),
        series=str(int(key[22:25])),
        year=2000 + int(key[2:4]),
        month=int(key[4:6]),
    )


def _nfse(key: str) -> FiscalKey:
    is_person = key[8] == "1"
    return FiscalKey(
        key=key,
        issuer_tax_id=key[12:23] if is_person else key[9:23],
        number=int(key[23:36]),
        series="",
        year=2000 + int(key[36:38]),
        month=int(key[38:40]),
    )
