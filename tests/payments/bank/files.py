"""Bank files as banks write them: the vectors were written with it, and the properties are tried on it.

Positions of CNAB are counted from 1 here, as in the published layouts, while the readers count from 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from html import escape

SGML_HEADER = (
    "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\n"
    "COMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n"
)
XML_HEADER = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n'
)


@dataclass(frozen=True)
class Moved:
    """One movement of a statement; `more` are further fields as they stand in the file."""

    day: date
    amount: str
    fitid: str = ""
    name: str = ""
    memo: str = ""
    kind: str = "CREDIT"
    more: dict[str, str] = field(default_factory=dict)

    def fields(self) -> dict[str, str]:
        said = {"TRNTYPE": self.kind, "DTPOSTED": f"{self.day:%Y%m%d}100000[-03:EST]", "TRNAMT": self.amount}
        said |= {"FITID": self.fitid, "NAME": self.name, "MEMO": self.memo}
        return {name: text for name, text in (said | self.more).items() if text}


def ofx_sgml(
    rows: Sequence[Moved], *, currency: str = "BRL", bank: str = "0341", account: str = "12345-6"
) -> str:
    """A statement of version 1, without closing tags at values."""
    lines = [
        "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>",
        "<DTSERVER>20260601000000[-03:EST]<LANGUAGE>POR</SONRS></SIGNONMSGSRSV1>",
        "<BANKMSGSRSV1><STMTTRNRS><TRNUID>1001<STATUS><CODE>0<SEVERITY>INFO</STATUS>",
        f"<STMTRS><CURDEF>{currency}<BANKACCTFROM><BANKID>{bank}<ACCTID>{account}<ACCTTYPE>CHECKING",
        "</BANKACCTFROM><BANKTRANLIST><DTSTART>20260501100000[-03:EST]<DTEND>20260531100000[-03:EST]",
    ]
    for row in rows:
        lines += [
            "<STMTTRN>",
            *(f"<{name}>{escape(text)}" for name, text in row.fields().items()),
            "</STMTTRN>",
        ]
    lines += [
        "</BANKTRANLIST><LEDGERBAL><BALAMT>0.00<DTASOF>20260531100000[-03:EST]</LEDGERBAL></STMTRS>",
        "</STMTTRNRS></BANKMSGSRSV1></OFX>",
    ]
    return SGML_HEADER + "\r\n".join(lines) + "\r\n"


def ofx_xml(
    rows: Sequence[Moved], *, currency: str = "EUR", bank: str = "0035", account: str = "PT50-1"
) -> str:
    """A statement of version 2, which is XML."""
    moved = "".join(
        "<STMTTRN>"
        + "".join(f"<{name}>{escape(text)}</{name}>" for name, text in row.fields().items())
        + "</STMTTRN>\n"
        for row in rows
    )
    return (
        f"{XML_HEADER}<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>"
        "<DTSERVER>20260601</DTSERVER><LANGUAGE>POR</LANGUAGE></SONRS></SIGNONMSGSRSV1>\n<BANKMSGSRSV1>"
        f"<STMTTRNRS><TRNUID>1</TRNUID><STMTRS><CURDEF>{currency}</CURDEF><BANKACCTFROM><BANKID>{bank}</BANKID>"
        f"<ACCTID>{account}</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>\n<BANKTRANLIST>"
        f"<DTSTART>20260501</DTSTART><DTEND>20260531</DTEND>\n{moved}</BANKTRANLIST></STMTRS></STMTTRNRS>"
        "</BANKMSGSRSV1></OFX>\n"
    )


@dataclass(frozen=True)
class Paid:
    """One boleto in a return file; amounts in reais."""

    our_number: str
    nominal: Decimal
    day: date
    event: str = "06"
    interest: Decimal = Decimal(0)
    fee: Decimal = Decimal(0)
    document: str = ""
    name: str = ""
    tax_id: str = ""
    written: Decimal | None = None

    @property
    def paid(self) -> Decimal:
        return self.nominal + self.interest


class Record:
    """A record of blanks into which fields are written, from 1."""

    def __init__(self, length: int) -> None:
        self._signs = [" "] * length

    def put(self, start: int, text: str) -> Record:
        self._signs[start - 1 : start - 1 + len(text)] = text
        return self

    def __str__(self) -> str:
        return "".join(self._signs)


def cents(amount: Decimal, width: int) -> str:
    return f"{int(amount * 100):0{width}d}"


def cnab240(bank: str, rows: Sequence[Paid], *, company: str = "ALTURA LOCACOES LTDA") -> str:
    """A return file in records of 240: header, one batch of segments T and U, trailer."""
    header = Record(240).put(1, f"{bank}00000").put(18, "2").put(19, "12345678000195").put(53, "01234")
    header.put(59, "000000012345").put(73, company[:30]).put(143, "2").put(144, "01062026").put(158, "000001")
    batch = Record(240).put(1, f"{bank}00011T01").put(14, "040").put(18, "2").put(19, "012345678000195")
    records = [header, batch]
    for at, row in enumerate(rows):
        records += _t_and_u(bank, row, at)
    count = 2 * len(rows) + 2
    records.append(Record(240).put(1, f"{bank}00015").put(18, f"{count:06d}"))
    records.append(Record(240).put(1, f"{bank}99999").put(18, "000001").put(24, f"{count + 2:06d}"))
    return "".join(f"{record}\r\n" for record in records)


def _t_and_u(bank: str, row: Paid, at: int) -> list[Record]:
    title = Record(240).put(1, f"{bank}00013{2 * at + 1:05d}T").put(16, row.event)
    if bank == "341":
        title.put(38, "109").put(41, row.our_number.zfill(8)).put(49, "5")
    else:
        title.put(38, "009").put(41, "00000").put(46, row.our_number.zfill(11)).put(57, "P")
    title.put(59, row.document.ljust(15)).put(74, f"{row.day:%d%m%Y}").put(82, cents(row.nominal, 15))
    title.put(97, bank).put(131, "09" if bank == "237" else "00")
    if row.tax_id:
        title.put(133, "1" if len(row.tax_id) == 11 else "2").put(134, row.tax_id.zfill(15))
    title.put(149, row.name[:40]).put(199, cents(row.fee, 15))
    paid = Record(240).put(1, f"{bank}00013{2 * at + 2:05d}U").put(16, row.event)
    paid.put(18, cents(row.interest, 15)).put(33, cents(Decimal(0), 15)).put(48, cents(Decimal(0), 15))
    paid.put(63, cents(Decimal(0), 15)).put(78, cents(row.paid, 15)).put(93, cents(row.paid - row.fee, 15))
    paid.put(138, f"{row.day:%d%m%Y}").put(146, f"{row.day:%d%m%Y}")
    return [title, paid]


def cnab400(bank: str, rows: Sequence[Paid]) -> str:
    """A return file in records of 400."""
    names = {"341": "BANCO ITAU S.A.", "237": "BRADESCO"}
    header = Record(400).put(1, "02RETORNO01COBRANCA").put(27, "123400123456").put(47, "ALTURA LOCACOES LTDA")
    header.put(77, bank).put(80, names.get(bank, "BANCO")).put(95, "010626")
    records = [header, *(_detail_400(bank, row) for row in rows), Record(400).put(1, f"9201{bank}")]
    return "".join(f"{record.put(395, f'{number:06d}')}\r\n" for number, record in enumerate(records, 1))


def _detail_400(bank: str, row: Paid) -> Record:
    record = Record(400).put(1, "1").put(2, "02").put(4, "12345678000195").put(109, row.event)
    if bank == "341":
        record.put(63, row.our_number.zfill(8)).put(83, "109").put(86, row.our_number.zfill(8)).put(
            325, row.name[:30]
        )
    else:
        record.put(71, f"{row.our_number.zfill(11)}P")
    record.put(111, f"{row.day:%d%m%y}").put(117, row.document[:10]).put(147, f"{row.day:%d%m%y}")
    record.put(153, cents(row.nominal, 13)).put(166, bank).put(176, cents(row.fee, 13))
    for start in (215, 228, 241):
        record.put(start, cents(Decimal(0), 13))
    written = row.paid if row.written is None else row.written
    record.put(254, cents(written, 13)).put(267, cents(row.interest, 13)).put(280, cents(Decimal(0), 13))
    return record.put(296, f"{row.day:%d%m%y}")
