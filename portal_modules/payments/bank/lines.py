"""What a bank file says, whatever its format."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from .exceptions import FileTooLarge, LineRefused, NoLines, SameIdentifier

MOST_LINES: Final = 50_000
LONGEST_TEXT: Final = 300
_LONGEST_IDENTIFIER: Final = 80
_BLANKS: Final = re.compile(r"[\s\x00-\x1f\x7f]+")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement. `amount` is above zero for money that came in, below for what went out.

    `number` is its place in the file. `identifier` is the bank's own, or made of what the line says; the same
    line in another file has the same one. `bank` is the code of the bank, and `our_number` what it calls a boleto,
    without its check digit. `charges` is the part of the amount that is fine and interest. `text` is all that the
    bank wrote in words.
    """

    number: int
    posted_on: date
    amount: Decimal
    currency: str
    identifier: str
    text: str = ""
    payer_name: str = ""
    payer_tax_id: str = ""
    txid: str = ""
    references: tuple[str, ...] = ()
    bank: str = ""
    our_number: str = ""
    charges: Decimal = Decimal(0)
    account: str = ""


@dataclass(frozen=True, slots=True)
class BankStatement:
    """A file that was read. `repeated` lines stood in it twice; `others` are messages about which no money moved."""

    format: str
    lines: tuple[StatementLine, ...]
    bank: str = ""
    account: str = ""
    repeated: int = 0
    others: int = 0

    @property
    def first_day(self) -> date:
        """The day of the first movement."""
        return min(line.posted_on for line in self.lines)

    @property
    def last_day(self) -> date:
        """The day of the last movement."""
        return max(line.posted_on for line in self.lines)


def one_line(text: str, most: int = LONGEST_TEXT) -> str:
    """A text without line breaks, zero bytes and doubled blanks."""
    return _BLANKS.sub(" ", text).strip()[:most].encode("utf-8", "replace").decode()


def day_of(year: str, month: str, day: str, number: int) -> date:
    """A day from its digits. Raises `LineRefused` for one that there is not, or of another age."""
    if not f"{year}{month}{day}".isascii() or not f"{year}{month}{day}".isdigit():
        raise LineRefused(number)
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise LineRefused(number) from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise LineRefused(number)
    return found


def as_statement(
    kind: str, lines: Iterable[StatementLine], *, bank: str = "", account: str = "", others: int = 0
) -> BankStatement:
    """The lines with an identifier each: none twice, and one that the same line has in every file."""
    told: dict[str, StatementLine] = {}
    alike: Counter[str] = Counter()
    repeated = 0
    for line in lines:
        if line.identifier:
            line = replace(line, identifier=f"{line.bank}/{line.account}:{_short(line.identifier)}")
            before = told.get(line.identifier)
            if before is not None:
                if replace(before, number=line.number) != line:
                    raise SameIdentifier(line.identifier.partition(":")[2])
                repeated += 1
                continue
        else:
            said = _fingerprint(line)
            alike[said] += 1
            line = replace(line, identifier=f"{line.bank}/{line.account}:{said}-{alike[said]}")
        told[line.identifier] = line
        if len(told) > MOST_LINES:
            raise FileTooLarge
    if not told:
        raise NoLines
    return BankStatement(kind, tuple(told.values()), bank, account, repeated, others)


def _short(identifier: str) -> str:
    """As it is, or what stands for one that is longer than banks write."""
    if len(identifier) <= _LONGEST_IDENTIFIER:
        return identifier
    return f"{identifier[:40]}-{hashlib.sha256(identifier.encode()).hexdigest()[:32]}"


def _fingerprint(line: StatementLine) -> str:
    """Of a line to which the bank gave no identifier: two such lines of one day count up."""
    said = (line.posted_on.isoformat(), f"{line.amount:f}", line.currency, line.text, *line.references)
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:32]
