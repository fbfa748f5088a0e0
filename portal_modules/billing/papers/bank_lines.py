"""The numbers of a boleto: its barcode of 44 digits, its line of 47, and the date and amount in both.

The layout is FEBRABAN's: bank (3), currency 9, check digit, due factor (4), amount in cents (10), and 25 digits that
are the bank's own. A slip is made by the bank; what is computed here checks and reads what it registered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from .exceptions import BankLineRefused

_FIRST_DAY: Final = date(1997, 10, 7)
_CYCLE: Final = 9000
_FIRST_FACTOR: Final = 1000
# A factor stands for another day every 9,000 days: the one this near to the day of reading is meant.
_PAST: Final = timedelta(days=3000)

_REAL: Final = "9"
_LINE: Final = re.compile(r"[0-9]{47}\Z")
_BARCODE: Final = re.compile(r"[0-9]{44}\Z")
_BETWEEN: Final = re.compile(r"[ .\-\u00a0]")
_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class BankLine:
    """What a boleto's numbers say. `due_on` and `amount` are None where they leave it open."""

    barcode: str
    bank: str
    due_on: date | None
    amount: Decimal | None

    @property
    def digits(self) -> str:
        """The 47 digits of the line, bare."""
        return line_of(self.barcode)

    @property
    def line(self) -> str:
        """The line as it is printed: 00190.50095 40144.816069 06809.350314 3 37370000000100."""
        return grouped(self.digits)


def mod10(digits: str) -> int:
    """The check digit of a field of the line: weights 2 and 1 from the right, the digits of each product added."""
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(reversed(digits)))
    return -total % 10


def mod11(digits: str) -> int:
    """The check digit of a barcode, over the other 43: weights 2 to 9 from the right; 0, 10 and 11 give 1."""
    total = sum(int(digit) * (2 + place % 8) for place, digit in enumerate(reversed(digits)))
    found = 11 - total % 11
    return 1 if found in {0, 10, 11} else found


def factor_of(due_on: date) -> int:
    """The four digits of a due date. They begin again: 9999 is 21 February 2025, and 1000 the day after."""
    return ((due_on - _FIRST_DAY).days - _FIRST_FACTOR) % _CYCLE + _FIRST_FACTOR


def due_of(factor: int, on: date) -> date | None:
    """The due date of a factor that is read on a day: within 3,000 days before and 5,999 after it. None for 0000."""
    if factor == 0:
        return None
    if not _FIRST_FACTOR <= factor < _FIRST_FACTOR + _CYCLE:
        raise BankLineRefused(_("The due date of this bank slip cannot be read."))
    earliest = on - _PAST
    return earliest + timedelta(days=(factor - factor_of(earliest)) % _CYCLE)


def make_barcode(bank: str, due_on: date | None, amount: Decimal, free: str) -> str:
    """The 44 digits of a slip in reais; `free` are the bank's own 25."""
    factor = factor_of(due_on) if due_on else 0
    others = f"{bank}{_REAL}{factor:04d}{int(amount * 100):010d}{free}"
    if not re.fullmatch(r"[0-9]{43}", others):
        raise BankLineRefused(_("This bank slip cannot be written: its parts do not fit."))
    return f"{others[:4]}{mod11(others)}{others[4:]}"


def line_of(barcode: str) -> str:
    """The 47 digits of the line of a barcode."""
    fields = (barcode[:4] + barcode[19:24], barcode[24:34], barcode[34:44])
    return "".join(f"{field}{mod10(field)}" for field in fields) + barcode[4] + barcode[5:19]


def grouped(digits: str) -> str:
    """The line as people read it."""
    one, two, three = digits[:10], digits[10:21], digits[21:32]
    fields = [f"{one[:5]}.{one[5:]}", *(f"{field[:5]}.{field[5:]}" for field in (two, three))]
    return " ".join([*fields, digits[32], digits[33:]])


def read_line(typed: str, on: date) -> BankLine:
    """What a line of 47 digits says, with or without its spaces and dots. Raises `BankLineRefused`."""
    digits = _bare(typed)
    if not _LINE.match(digits):
        raise BankLineRefused(_("The line of a bank slip has 47 digits."))
    for start, end in ((0, 10), (10, 21), (21, 32)):
        if mod10(digits[start : end - 1]) != int(digits[end - 1]):
            raise BankLineRefused(_("A digit of this bank slip's line seems wrong."))
    own = digits[4:9] + digits[10:20] + digits[21:31]
    return read_barcode(digits[:4] + digits[32] + digits[33:] + own, on)


def read_barcode(typed: str, on: date) -> BankLine:
    """What a barcode of 44 digits says. Raises `BankLineRefused`."""
    digits = _bare(typed)
    if not _BARCODE.match(digits):
        raise BankLineRefused(_("The barcode of a bank slip has 44 digits."))
    if digits[3] != _REAL:
        raise BankLineRefused(_("This bank slip is not in reais."))
    if mod11(digits[:4] + digits[5:]) != int(digits[4]):
        raise BankLineRefused(_("A digit of this bank slip seems wrong."))
    cents = int(digits[9:19])
    return BankLine(
        barcode=digits,
        bank=digits[:3],
        due_on=due_of(int(digits[5:9]), on),
        amount=Decimal(cents).scaleb(-2) if cents else None,
    )


def _bare(typed: str) -> str:
    return _BETWEEN.sub("", typed[:_LONGEST].strip()) if len(typed) <= _LONGEST else ""
