"""Reading a bank file of any of the known formats."""

from __future__ import annotations

from typing import Final

from .cnab import is_cnab, read_cnab
from .exceptions import BankFileRefused, FileTooLarge
from .lines import BankStatement
from .ofx import is_ofx, read_ofx

LARGEST: Final = 20 * 1024 * 1024


def read_bank_file(data: bytes, currencies: frozenset[str]) -> BankStatement:
    """What a file says, which has to be in one of the currencies. Raises `BankFileRefused`."""
    if len(data) > LARGEST:
        raise FileTooLarge
    if is_cnab(data):
        return read_cnab(data, currencies)
    if is_ofx(data):
        return read_ofx(data, currencies)
    raise BankFileRefused
