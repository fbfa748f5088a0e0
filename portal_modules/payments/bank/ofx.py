"""Statements in OFX: 1.x, which is SGML without closing tags, and 2.x, which is XML.

Both are read by one tolerant scanner and not by an XML parser, so that nothing in a file can ask for anything:
there are no entities but the five, and no documents from elsewhere. It takes what banks write beside the
specification (https://financialdataexchange.org/ofx): kinds of transactions of their own, commas in amounts,
missing or overlong texts, and another encoding than the header says.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from .exceptions import BankFileRefused, LineRefused, NotWhole, OtherCurrency
from .lines import BankStatement, StatementLine, as_statement, day_of, one_line

OFX: Final = "ofx"

_START: Final = re.compile(r"<OFX>", re.IGNORECASE)
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9._]{0,40})\s*/?>")
_AMOUNT: Final = re.compile(r"([+-]?)([0-9]{1,12})(?:[.,]([0-9]{1,4}))?\Z")
_GROUPED: Final = re.compile(r"([+-]?)([0-9]{1,3}(?:\.[0-9]{3}){1,3}),([0-9]{2})\Z")
_DAY: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_CURRENCY: Final = re.compile(r"[A-Z]{3}\Z")
_TXID: Final = re.compile(r"\btxid\b\W{0,3}([A-Za-z0-9]{6,35})\b", re.IGNORECASE)
_FRACTION: Final = {"CLP": 0, "PYG": 0, "JPY": 0}

_LINE: Final = "STMTTRN"
_TEXTS: Final = ("NAME", "MEMO")
_REFERENCES: Final = ("CHECKNUM", "REFNUM")


def is_ofx(data: bytes) -> bool:
    """Does it begin as such a file does?"""
    beginning = decoded(data[:4096]).upper()
    return "<OFX>" in beginning or "OFXHEADER" in beginning


def read_ofx(data: bytes, currencies: frozenset[str]) -> BankStatement:
    """What a statement says, in one of the currencies. Raises `BankFileRefused`."""
    text = decoded(data)
    start = _START.search(text)
    if start is None or "<!" in text.replace("<![CDATA[", ""):
        raise BankFileRefused
    reader = _Reader(text[start.start() :], currencies)
    lines = list(reader.lines())
    return as_statement(OFX, lines, bank=reader.bank, account=reader.account)


def decoded(data: bytes) -> str:
    """UTF-8 or UTF-16 where it fits, else what Windows of these countries writes: headers are often wrong."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


class _Reader:
    """Goes through the tags once. Of a file with several accounts each line knows its own."""

    def __init__(self, text: str, currencies: frozenset[str]) -> None:
        self._text = text
        self._currencies = currencies
        self._currency = self.bank = self.account = ""

    def lines(self) -> Iterator[StatementLine]:
        """The transactions, as they stand in the file."""
        line: dict[str, str] | None = None
        number, ended = 0, False
        for closes, name, value in self._tags():
            if name == _LINE and not closes:
                if line is not None:
                    raise NotWhole
                line, number = {}, number + 1
            elif name == _LINE:
                if line is None:
                    raise NotWhole
                if made := self._made(line, number):
                    yield made
                line = None
            elif line is not None:
                if not closes and value:
                    line.setdefault(name, value)
            elif not closes:
                self._about(name, value)
            ended = ended or (closes and name == "OFX")
        if line is not None or not ended:
            raise NotWhole

    def _tags(self) -> Iterator[tuple[bool, str, str]]:
        """Each tag, whether it closes, and the text up to the next one."""
        found = None
        for tag in _TAG.finditer(self._text):
            if found is not None:
                yield self._tag(found, tag.start())
            found = tag
        if found is not None:
            yield self._tag(found, len(self._text))

    def _tag(self, tag: re.Match[str], end: int) -> tuple[bool, str, str]:
        value = self._text[tag.end() : end].strip()
        if value.startswith("<![CDATA["):
            value = value.removeprefix("<![CDATA[").partition("]]>")[0]
        elif "&" in value:
            value = html.unescape(value)
        return bool(tag[1]), tag[2].upper(), value

    def _about(self, name: str, value: str) -> None:
        """What stands outside of the transactions: whose account it is, and its currency."""
        match name:
            case "CURDEF":
                self._currency = value.upper()
                if not _CURRENCY.match(self._currency) or self._currency not in self._currencies:
                    raise OtherCurrency(one_line(value, 10))
            case "BANKID":
                self.bank = _bank_code(value)
            case "ACCTID":
                self.account = one_line(value, 40)

    def _made(self, said: dict[str, str], number: int) -> StatementLine | None:
        if not self._currency:
            raise BankFileRefused
        currency = said.get("CURSYM", self._currency).upper()
        if currency != self._currency:
            raise OtherCurrency(one_line(currency, 10))
        amount = _amount(said.get("TRNAMT", ""), currency, number)
        day = _DAY.match(said.get("DTPOSTED", ""))
        if day is None:
            raise LineRefused(number)
        posted_on = day_of(day[1], day[2], day[3], number)
        if amount == 0:
            return None
        text = one_line(" · ".join(dict.fromkeys(said[name] for name in _TEXTS if name in said)))
        txid = _TXID.search(text)
        return StatementLine(
            number=number,
            posted_on=posted_on,
            amount=amount,
            currency=currency,
            identifier=one_line(said.get("FITID", "")),
            text=text,
            payer_name=one_line(said.get("NAME", ""), 120),
            txid=txid[1] if txid else "",
            references=tuple(one_line(said[name], 40) for name in _REFERENCES if name in said),
            bank=self.bank,
            account=self.account,
        )


def _amount(written: str, currency: str, number: int) -> Decimal:
    """An amount as banks write it: 1234.56, -1234,56, 1.234,56. "1.234" is refused: it might be either."""
    bare = written.replace(" ", "")
    if found := _GROUPED.match(bare):
        sign, whole, fraction = found[1], found[2].replace(".", ""), found[3]
    elif found := _AMOUNT.match(bare):
        sign, whole, fraction = found[1], found[2], found[3] or ""
    else:
        raise LineRefused(number)
    digits = _FRACTION.get(currency, 2)
    kept, rest = fraction[:digits], fraction[digits:]
    # "100.0000" is a hundred. "1.234" is either a thousand or a part of a cent.
    if rest.strip("0") or len(fraction) == 3:  # noqa: PLR2004
        raise LineRefused(number)
    return Decimal(f"{sign}{whole}.{kept or '0'}")


def _bank_code(value: str) -> str:
    """Brazil's codes have three digits, and some banks write more: 0341, 000341."""
    bare = one_line(value, 20)
    return bare[-3:] if bare.isascii() and bare.isdigit() else bare[:12]
