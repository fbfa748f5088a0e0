"""Pix codes to copy and paste, or to show as QR: the Banco Central's BR Code over EMV's merchant-presented QR.

A code is a chain of fields, each two digits of name, two of length, and the value; the last one is a CRC over all
before it. A static code names a key and may name an amount; a dynamic one names the address where a charge is kept.
"""

from __future__ import annotations

import re
import unicodedata
from binascii import crc_hqx
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from .exceptions import PixCodeRefused

_GUI: Final = "br.gov.bcb.pix"
_LONGEST_TXID: Final = 25
_NO_TXID: Final = "***"
_LONGEST_NAME: Final = 25
_LONGEST_CITY: Final = 15
_LONGEST_CODE: Final = 512
_LONGEST_FIELD: Final = 99
_LARGEST: Final = Decimal("9999999999.99")
_TXID: Final = re.compile(r"[A-Za-z0-9]{1,25}\Z")
_NOT_PRINTED: Final = re.compile(r"[^\x20-\x7e]")

Field = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PixCode:
    """What a Pix code says. `key` stands in a static code, `url` in a dynamic one."""

    fields: tuple[Field, ...]
    name: str
    city: str
    txid: str
    key: str | None = None
    url: str | None = None
    amount: Decimal | None = None


def txid_of(invoice: UUID) -> str:
    """The reference of an invoice in a code to the company's own key: by it the bank's file names the invoice.

    25 letters and digits, as many as a code may carry: the beginning of the invoice's key.
    """
    return f"B{invoice.hex[: _LONGEST_TXID - 1]}".upper()


def static_code(key: str, name: str, city: str, amount: Decimal | None = None, txid: str = _NO_TXID) -> str:
    """The code that pays to a Pix key; without an amount the payer types it."""
    if txid != _NO_TXID and not _TXID.match(txid):
        raise PixCodeRefused(_("The reference of a Pix code has up to 25 letters and digits."))
    account = _joined([("00", _GUI), ("01", _plain(key))])
    return _code([], account, name, city, amount, txid)


def dynamic_code(url: str, name: str, city: str) -> str:
    """The code of a charge that a bank keeps at an address, which is written without https://."""
    account = _joined([("00", _GUI), ("25", _plain(url).removeprefix("https://"))])
    return _code([("01", "12")], account, name, city, None, _NO_TXID)


def crc(text: str) -> str:
    """CRC-16/CCITT-FALSE in four hexadecimal digits."""
    return f"{crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def read_code(typed: str) -> PixCode:
    """What a code says, its CRC checked. Raises `PixCodeRefused`."""
    code = typed.strip()
    if not code.isascii() or not 8 < len(code) <= _LONGEST_CODE or code[-8:-4] != "6304":
        raise PixCodeRefused(_("This is not a Pix code."))
    if crc(code[:-4]) != code[-4:].upper():
        raise PixCodeRefused(_("This Pix code is not whole: copy it again."))
    fields = tuple(_split(code))
    values = dict(fields)
    account = dict(_split(values.get("26", "")))
    if account.get("00", "").lower() != _GUI:
        raise PixCodeRefused(_("This is not a Pix code."))
    return PixCode(
        fields=fields,
        name=values.get("59", ""),
        city=values.get("60", ""),
        txid=dict(_split(values.get("62", ""))).get("05", _NO_TXID),
        key=account.get("01"),
        url=account.get("25"),
        amount=_amount(values.get("54")),
    )


def _code(kind: list[Field], account: str, name: str, city: str, amount: Decimal | None, txid: str) -> str:
    if len(account) > _LONGEST_FIELD:
        raise PixCodeRefused(_("The key or address is too long for a Pix code."))
    if amount is not None and not 0 < amount <= _LARGEST:
        raise PixCodeRefused(_("A Pix code cannot ask for this amount."))
    payee, place = _plain(name)[:_LONGEST_NAME].strip(), _plain(city)[:_LONGEST_CITY].strip()
    if not payee or not place:
        raise PixCodeRefused(_("A Pix code needs the name and the city of who is paid."))
    chain = _joined(
        [
            ("00", "01"),
            *kind,
            ("26", account),
            ("52", "0000"),
            ("53", "986"),
            *([("54", f"{amount:.2f}")] if amount is not None else []),
            ("58", "BR"),
            ("59", payee),
            ("60", place),
            ("62", _joined([("05", txid)])),
        ]
    )
    return f"{chain}6304{crc(f'{chain}6304')}"


def _plain(text: str) -> str:
    """In ASCII, because the lengths count characters and some readers count bytes: "São Paulo" → "Sao Paulo"."""
    apart = unicodedata.normalize("NFKD", text)
    return _NOT_PRINTED.sub("", "".join(letter for letter in apart if not unicodedata.combining(letter)))


def _joined(fields: Iterable[Field]) -> str:
    return "".join(f"{name}{len(value):02d}{value}" for name, value in fields)


def _split(chain: str) -> list[Field]:
    found: list[Field] = []
    while chain:
        name, length = chain[:2], chain[2:4]
        if not (name.isdigit() and length.isdigit()) or len(chain) < 4 + int(length):
            raise PixCodeRefused(_("This Pix code is not whole: copy it again."))
        found.append((name, chain[4 : 4 + int(length)]))
        chain = chain[4 + int(length) :]
    return found


def _amount(text: str | None) -> Decimal | None:
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,10}(?:\.[0-9]{1,2})?", text):
        raise PixCodeRefused(_("The amount in this Pix code cannot be read."))
    return Decimal(text)
