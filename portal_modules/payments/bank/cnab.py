"""Return files of boletos, in records of 240 or 400 characters.

The positions of 240 are FEBRABAN's (segments T and U), with what the two banks put into the fields that are theirs;
those of 400 are each bank's own. They were taken from what public, permissively licensed implementations quote of
the banks' manuals (see `banks.py`); the manuals themselves were not at hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from .banks import BANKS, Bank
from .exceptions import BankFileRefused, LineRefused, NotWhole, OtherCurrency, UnknownBank
from .lines import BankStatement, StatementLine, as_statement, day_of, one_line

CNAB_240: Final = "cnab240"
CNAB_400: Final = "cnab400"
REAL: Final = "BRL"

_LONG, _LONGER = 240, 400
_MOST_RECORDS: Final = 200_000
_REALS: Final = frozenset({"09", "00", "  "})
_MONEY: Final = re.compile(r"[0-9]{13,15}\Z")


def is_cnab(data: bytes) -> bool:
    """Does its first record look like the header of such a file?"""
    first = data[:1024].lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0].rstrip(b"\r")
    return first.startswith(b"02RETORNO") or (first[:3].isdigit() and first[3:8] == b"00000")


def read_cnab(data: bytes, currencies: frozenset[str]) -> BankStatement:
    """What a return file says of boletos that were paid. Raises `BankFileRefused`."""
    if REAL not in currencies:
        raise OtherCurrency(REAL)
    records = _records(data)
    if records[0].startswith("02RETORNO"):
        return _read_400(_of_length(records, _LONGER))
    return _read_240(_of_length(records, _LONG))


def _records(data: bytes) -> list[str]:
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        text = _decoded(data)
    # A mark at the end is left over from other times.
    records = [record.rstrip("\r") for record in text.removeprefix("\ufeff").rstrip("\x1a").split("\n")]
    while records and not records[-1].strip("\x1a "):
        records.pop()
    if not records:
        raise BankFileRefused
    if len(records) > _MOST_RECORDS:
        raise NotWhole
    return records


def _decoded(data: bytes) -> str:
    """Records count characters: in UTF-8 an accent is one of them, else each byte is."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _of_length(records: list[str], length: int) -> list[str]:
    """Each as long as it has to be; blanks at the end may have been cut off."""
    for number, record in enumerate(records, 1):
        if len(record.rstrip(" ")) > length or not record.strip():
            raise LineRefused(number)
    return [record[:length].ljust(length) for record in records]


# ---- 240 -----------------------------------------------------------------------------------------------


def _read_240(records: Sequence[str]) -> BankStatement:
    header, trailer = records[0], records[-1]
    if header[7] != "0" or header[142] != "2":
        raise BankFileRefused
    bank = _bank(header[0:3])
    if trailer[7] != "9" or trailer[23:29] != f"{len(records):06d}":
        raise NotWhole
    lines: list[StatementLine] = []
    others = in_batch = batches = 0
    title: tuple[int, str] | None = None
    for number, record in enumerate(records[1:-1], 2):
        kind = record[7]
        if record[0:3] != bank.code:
            raise LineRefused(number)
        in_batch += 1
        if kind == "1":
            in_batch, batches = 1, batches + 1
        elif kind == "5":
            # So many records has the batch, both its ends among them.
            if record[17:23] != f"{in_batch:06d}":
                raise NotWhole
        elif kind == "3" and record[13] == "T":
            if title is not None:
                raise LineRefused(title[0])
            title = (number, record)
        elif kind == "3" and record[13] == "U":
            if title is None or title[1][15:17] != record[15:17]:
                raise LineRefused(number)
            line = _paid_240(bank, title[0], title[1], record, header)
            lines.extend([line] if line else [])
            others += line is None
            title = None
    if title is not None:
        raise LineRefused(title[0])
    if trailer[17:23] != f"{batches:06d}":
        raise NotWhole
    return _stated(CNAB_240, bank, lines, others, account=header[58:72].strip())


def _paid_240(bank: Bank, number: int, title: str, paid: str, header: str) -> StatementLine | None:
    if title[15:17] not in bank.settled_240:
        return None
    if title[130:132] not in _REALS:
        raise OtherCurrency(title[130:132])
    amount = _money(paid[77:92], number)
    if amount == 0:
        return None
    start, stop = bank.our_number_240
    credited = paid[145:153] if paid[145:153].strip("0 ") else paid[137:145]
    return StatementLine(
        number=number,
        posted_on=day_of(credited[4:8], credited[2:4], credited[0:2], number),
        amount=amount,
        currency=REAL,
        identifier=f"{title[36:57].strip()}/{paid[137:145]}/{title[15:17]}/{paid[77:92].lstrip('0')}",
        payer_name=one_line(title[148:188]),
        payer_tax_id=_tax_id(title[132], title[133:148]),
        references=_references(title[58:73], title[105:130]),
        bank=bank.code,
        our_number=_our_number(title[start:stop]),
        charges=_money(paid[17:32], number),
        account=header[58:72].strip(),
    )


# ---- 400 -----------------------------------------------------------------------------------------------


def _read_400(records: Sequence[str]) -> BankStatement:
    header, trailer = records[0], records[-1]
    bank = _bank(header[76:79])
    if trailer[0] != "9" or len(records) < 2:  # noqa: PLR2004
        raise NotWhole
    lines: list[StatementLine] = []
    others = 0
    for number, record in enumerate(records, 1):
        # The last six digits count the records: none may be missing, doubled or moved.
        if record[394:400] != f"{number:06d}":
            raise NotWhole
        if record[0] != "1":
            continue
        line = _paid_400(bank, number, record, header)
        lines.extend([line] if line else [])
        others += line is None
    return _stated(CNAB_400, bank, lines, others, account=header[26:46].strip())


def _paid_400(bank: Bank, number: int, record: str, header: str) -> StatementLine | None:
    event = record[108:110]
    if event not in bank.settled_400 and event not in bank.undone_400:
        return None
    amount = _amount_400(record, number)
    if amount == 0:
        return None
    start, stop = bank.our_number_400
    credited = record[295:301] if record[295:301].strip("0 ") else record[110:116]
    name = bank.payer_name_400
    return StatementLine(
        number=number,
        posted_on=day_of(f"20{credited[4:6]}", credited[2:4], credited[0:2], number),
        amount=-amount if event in bank.undone_400 else amount,
        currency=REAL,
        identifier=f"{record[start:stop]}/{record[110:116]}/{event}/{record[253:266].lstrip('0')}",
        payer_name=one_line(record[name[0] : name[1]]) if name else "",
        references=_references(record[116:126], record[37:62]),
        bank=bank.code,
        our_number=_our_number(record[start:stop]),
        charges=_money(record[266:279], number),
        account=header[26:46].strip(),
    )


def _amount_400(record: str, number: int) -> Decimal:
    """What the payer paid.

    Banks write into one field either that, or what reached the account: less their fee, or without the interest
    that stands in another one. The record's own arithmetic tells which; where nothing fits, the field counts.
    """
    nominal, fee = _money(record[152:165], number), _money(record[175:188], number)
    rebate, discount = _money(record[227:240], number), _money(record[240:253], number)
    written, interest = _money(record[253:266], number), _money(record[266:279], number)
    expected = nominal - rebate - discount + interest
    fits = expected in {written, written + fee, written + interest, written + interest + fee}
    return expected if fits and written else written


# ---- both ----------------------------------------------------------------------------------------------


def _bank(code: str) -> Bank:
    bank = BANKS.get(code)
    if bank is None:
        if not code.isascii() or not code.isdigit():
            raise BankFileRefused
        raise UnknownBank(code)
    return bank


def _stated(
    kind: str, bank: Bank, lines: Sequence[StatementLine], others: int, *, account: str
) -> BankStatement:
    return as_statement(kind, lines, bank=bank.code, account=one_line(account, 40), others=others)


def _money(digits: str, number: int) -> Decimal:
    """An amount in cents; blanks where there is none."""
    if not digits.strip():
        return Decimal(0)
    if not _MONEY.match(digits):
        raise LineRefused(number)
    return Decimal(int(digits)).scaleb(-2)


def _our_number(written: str) -> str:
    return "".join(sign for sign in written if sign.isascii() and sign.isalnum()).lstrip("0")


def _tax_id(kind: str, written: str) -> str:
    """A CPF or CNPJ out of fifteen places; the latter may have letters."""
    bare = written.strip()
    if not bare.strip("0"):
        return ""
    lengths = {"1": 11, "2": 14}
    return bare[-lengths[kind] :].zfill(lengths[kind]) if kind in lengths else ""


def _references(*written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one_line(text, 40) for text in written if text.strip("0 ")))
