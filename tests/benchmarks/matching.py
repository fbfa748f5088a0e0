"""How long matching a bank file against what is open takes, against reading the file.

A statement of 10,000 lines and 100,000 open invoices: a fifth of the lines name a Pix reference, a fifth a tax id, a
fifth an invoice's number, a fifth the payer, and a fifth nothing. Both are measured in this process, in seconds of
its own work.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from portal_modules.payments.bank.matching import Claim, propose
from portal_modules.payments.bank.reading import read_bank_file
from tests.payments.bank.files import Moved, ofx_sgml

NAME: Final = "bank_matching"
GOAL: Final = 20.0
LINES: Final = 10_000
CLAIMS: Final = 100_000
_CUSTOMERS: Final = 20_000
_FIRST: Final = (
    "ANA",
    "BIA",
    "CARLOS",
    "DANIEL",
    "ELISA",
    "FABIO",
    "GABI",
    "HUGO",
    "IRIS",
    "JOAO",
    "KATIA",
    "LEO",
)
_LAST: Final = ("SILVA", "SOUZA", "LIMA", "COSTA", "PEREIRA", "ALVES", "ROCHA", "DIAS", "MELO", "CRUZ")
_DAY: Final = date(2026, 5, 12)


@dataclass(frozen=True, slots=True)
class MatchingTime:
    """Seconds for reading, and for matching; how many lines got a proposal."""

    reading: float
    matching: float
    proposed: int

    @property
    def ratio(self) -> float:
        """How many times reading."""
        return self.matching / self.reading


def measure_matching(lines: int = LINES, claims: int = CLAIMS) -> MatchingTime:
    """Read a statement, then match it."""
    random = Random(7)
    owed = [_claim(at, random) for at in range(claims)]
    rows = [_moved(at, random.choice(owed)) for at in range(lines)]
    content = ofx_sgml(rows).encode()
    begun = time.process_time()
    statement = read_bank_file(content, frozenset({"BRL"}))
    read = time.process_time()
    found = propose(statement.lines, owed)
    return MatchingTime(read - begun, time.process_time() - read, len(found))


def _claim(at: int, random: Random) -> Claim:
    customer = at % _CUSTOMERS
    return Claim(
        invoice=at,
        customer=customer,
        amount=Decimal(random.randint(1000, 200_000)).scaleb(-2),
        currency="BRL",
        due_on=_DAY + timedelta(days=at % 60 - 30),
        tax_id=f"{10**10 + customer}",
        name=f"{_FIRST[customer % 12]} {_LAST[customer % 10]} {_LAST[customer // 10 % 10]}",
        keys=(f"2026-{at:06d}",),
        txids=(f"B{at:024d}",),
    )


def _moved(at: int, claim: Claim) -> Moved:
    memos = (
        f"PIX {claim.txids[0]}",
        f"TED {claim.tax_id}",
        f"PAGTO FATURA {claim.keys[0]}",
        f"PIX RECEBIDO {claim.name}",
        "DEPOSITO",
    )
    return Moved(_DAY, f"{claim.amount}", f"F{at}", "", memos[at % len(memos)])
