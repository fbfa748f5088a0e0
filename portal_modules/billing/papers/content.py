"""What stands on papers, as the templates take it: texts in the reader's language, amounts and dates as written there.

Whoever fills these has read rows; whoever draws them knows none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from django.utils.translation import gettext as _

from portal_modules.core.palette import Tones, build_palette

from . import cii, facturx
from .barcodes import qr_code
from .typeset import TEMPLATES, set_pdf, set_pictures

DESIGNS: Final = ("classic", "modern", "compact")


@dataclass(frozen=True, slots=True)
class Party:
    """Who sends or receives: the word above, the name, and the lines below it."""

    label: str
    name: str
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Total:
    """A row below the lines: plain, the total, or what is due of it."""

    label: str
    value: str
    kind: Literal["plain", "total", "due"] = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an invoice, written out."""

    text: str
    quantity: str
    price: str
    tax: str
    amount: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The words above the lines. Without taxes there is no column for them."""

    text: str
    quantity: str
    price: str
    amount: str
    tax: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A small table with its title; `right` are the columns of figures."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a statement."""

    cells: Sequence[str]
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a statement; `wide` is the column that takes the room, `right` are those of figures."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Row]
    right: Sequence[int] = ()
    wide: int = 1


@dataclass(frozen=True, slots=True)
class Due:
    """The amount that is asked for, as it stands on top."""

    label: str
    value: str
    by: str


@dataclass(frozen=True, slots=True)
class PixOnPaper:
    """A Pix code to scan and to copy."""

    code: str
    qr: str
    label: str
    copy: str


@dataclass(frozen=True, slots=True)
class Payment:
    """How to pay: the words of the company's account, and Pix."""

    title: str
    lines: Sequence[str] = ()
    pix: PixOnPaper | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """A page of the portal on paper: a button, its short address, and a QR code."""

    label: str
    scan: str
    url: str
    short: str
    qr: str


@dataclass(frozen=True, slots=True)
class Updated:
    """What a late payment comes to, beside the bank's own line."""

    title: str
    text: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class SlipForm:
    """What stands in the bank's form, which is in Portuguese, and around it."""

    bank_name: str
    bank_code: str
    line: str
    barcode: str
    place: str
    due_on: str
    payee: str
    account: str
    issued_on: str
    document: str
    kind: str
    registered_on: str
    our_number: str
    wallet: str
    amount: str
    instructions: Sequence[str]
    payer: str
    cut: str
    warning: str | None = None
    updated: Updated | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """What all papers have. `language` is a catalogue ("pt-br"), `day` the date inside the file, `color` the brand's.

    `claim` says at the foot what the paper is, and what it is not.
    """

    language: str
    color: str
    title: str
    heading: str
    day: date
    company: Party
    customer: Party
    facts: Sequence[Fact]
    claim: str
    notes: str = ""
    logo: dict[str, str] | None = None
    attachments: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class InvoicePaper(Paper):
    """An invoice."""

    columns: Columns | None = None
    lines: Sequence[Line] = ()
    totals: Sequence[Total] = ()
    due: Due | None = None
    mark: str | None = None
    instalments: Section | None = None
    fiscal_notes: Section | None = None
    payment: Payment | None = None
    pay: Address | None = None
    check: Address | None = None


@dataclass(frozen=True, slots=True)
class SlipPaper(Paper):
    """A boleto: what the payer keeps, and the bank's form."""

    slip: SlipForm | None = None
    pay: Address | None = None


@dataclass(frozen=True, slots=True)
class StatementPaper(Paper):
    """A statement: movements, balances, ageing, each a table."""

    parts: Sequence[Part] = ()


def address(url: str, label: str, scan: str = "") -> Address:
    """A page of the portal, with its QR code. What is read aloud needs no https://."""
    return Address(label, scan or label, url, url.partition("://")[2], qr_code(url))


def draw(paper: Paper, template: str) -> bytes:
    """The PDF of a paper by one of the templates: a design of the invoice, `slip` or `statement`.

    An invoice that carries itself for programs says so, as Factur-X wants it.
    """
    made = set_pdf(template, as_content(paper))
    carries_itself = any(file["name"] == cii.NAME for file in paper.attachments)
    return facturx.said_to_be_facturx(made) if carries_itself else made


def draw_pages(paper: Paper, template: str) -> list[bytes]:
    """The pages of a paper as pictures (PNG), to be shown on a page."""
    return set_pictures(template, as_content(paper))


def fingerprint(paper: Paper, template: str) -> str:
    """What tells a drawn paper from all others: its content, its template and who draws."""
    content = json.dumps(as_content(paper), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{_templates()}\x1f{template}\x1f{content}".encode()).hexdigest()


def as_content(paper: Paper) -> dict[str, Any]:
    """The paper as the templates read it."""
    tones = _tones(paper.color)
    language, _dash, region = paper.language.partition("-")
    return {
        **_plain(paper),
        "language": language,
        "region": region.upper() or None,
        "day": [paper.day.year, paper.day.month, paper.day.day],
        "colors": {
            "brand": tones.brand,
            "on_brand": tones.on_brand,
            "text": tones.brand_text,
            "soft": tones.brand_soft,
        },
        "page_of": _("Page {page} of {pages}"),
    }


def _plain(value: Any) -> Any:
    """Without the classes. `dataclasses.asdict` copies each text on its way."""
    if isinstance(value, str) or value is None:
        return value
    if names := getattr(value, "__dataclass_fields__", None):
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


@lru_cache(maxsize=256)
def _tones(colour: str) -> Tones:
    return build_palette(colour).light


@cache
def _templates() -> str:
    """The templates as they are now, and what is said behind them: another version of either draws anew."""
    made = hashlib.sha256()
    for file in [*sorted(TEMPLATES.glob("*.typ")), Path(facturx.__file__)]:
        made.update(file.read_bytes())
    return made.hexdigest()
