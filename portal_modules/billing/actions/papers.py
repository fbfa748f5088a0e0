"""Drawing a paper of another module on the company's sheet: its head, facts and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from portal_modules.core.companies import CompanyCard

from ..papers.content import Fact, Part, Party, Row, StatementPaper
from ..printing import head_of, kept

_DESIGN: Final = "statement"


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a sheet. `right` names the columns whose figures stand right, `wide` the one that takes the room."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Sequence[int] = ()
    wide: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on it, in the language in force. `claim` says what kind of paper it is."""

    heading: str
    day: date
    to: str
    name: str
    lines: Sequence[str]
    facts: Sequence[tuple[str, str]]
    tables: Sequence[Table]
    claim: str


def draw_sheet(card: CompanyCard, sheet: Sheet) -> bytes:
    """Its PDF: from the private files where it was drawn before, else drawn now."""
    paper = StatementPaper(
        **head_of(card, heading=sheet.heading, day=sheet.day),
        customer=Party(sheet.to, sheet.name, list(sheet.lines)),
        facts=[Fact(label, value) for label, value in sheet.facts],
        claim=sheet.claim,
        parts=[
            Part(
                table.title,
                list(table.heads),
                [Row(list(row)) for row in table.rows],
                right=list(table.right),
                wide=table.wide,
            )
            for table in sheet.tables
        ],
    )
    return kept(paper, _DESIGN, card)
