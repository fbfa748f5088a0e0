"""Made-up fiscal notes for the demo and the tests, whole enough to be drawn and marked as without fiscal value.

They are of no authority: what has a test environment (`tpAmb` 2) says so, and its print carries the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from string import Template
from typing import Final
from xml.sax.saxutils import escape

from ..papers.fiscal_keys import check_digit

_HERE: Final = Path(__file__).parent
_SAO_PAULO_STATE: Final = "35"
_SAO_PAULO: Final = "3550308"
_VAT: Final = Decimal("1.19")
_CPF_LENGTH: Final = 11


@dataclass(frozen=True, slots=True)
class Specimen:
    """What a made-up note says. Tax ids are bare; `lines` are texts with amounts, which add up to `amount`."""

    number: int
    issued_on: date
    issuer: str
    issuer_tax_id: str
    recipient: str
    recipient_tax_id: str
    amount: Decimal
    series: int = 1
    operation: str = "Locação de equipamentos"
    cfop: str = "5908"
    currency: str = "EUR"
    lines: Sequence[tuple[str, Decimal]] = ()
    remark: str = "DOCUMENTO DE DEMONSTRAÇÃO, SEM VALOR FISCAL"


def nfe_key(note: Specimen) -> str:
    """The key of an NF-e of São Paulo, its check digit included."""
    day = note.issued_on.strftime("%y%m")
    body = f"{_SAO_PAULO_STATE}{day}{note.issuer_tax_id}55{note.series:03d}{note.number:09d}1{_code(note, 8)}"
    return f"{body}{check_digit(body)}"


def nfse_key(note: Specimen) -> str:
    """The key of a national NFS-e of São Paulo."""
    day = note.issued_on.strftime("%y%m")
    body = f"{_SAO_PAULO}12{note.issuer_tax_id}{note.number:013d}{day}{_code(note, 9)}"
    return f"{body}{check_digit(body)}"


def nfe(note: Specimen) -> bytes:
    """An NF-e with its protocol."""
    key = nfe_key(note)
    lines = "".join(
        _filled("nfe_line", place=place, text=text[:120], cfop=note.cfop, amount=f"{amount:.2f}")
        for place, (text, amount) in enumerate(note.lines or [(note.operation, note.amount)], start=1)
    )
    return _document(
        "nfe",
        note,
        "utf-8",
        raw={"lines": lines, "recipient_id": _person(note)},
        key=key,
        state=_SAO_PAULO_STATE,
        code=_code(note, 8),
        check=key[-1],
        key_date=note.issued_on.strftime("%y%m%d"),
        number_padded=f"{note.number:08d}",
    )


def nfse(note: Specimen) -> bytes:
    """A national NFS-e with its declaration."""
    return _document("nfse", note, "utf-8", raw={"recipient_id": _person(note)}, key=nfse_key(note))


def dte(note: Specimen) -> bytes:
    """A Chilean invoice (33) with 19 % tax in whole pesos, its tax ids with their hyphen."""
    net = (note.amount / _VAT).quantize(Decimal(1), ROUND_HALF_UP)
    return _document(
        "dte",
        note,
        "iso-8859-1",
        amount=f"{note.amount:.0f}",
        net=net,
        tax=f"{note.amount - net:.0f}",
        issuer_tax_id=f"{note.issuer_tax_id[:-1]}-{note.issuer_tax_id[-1]}",
        recipient_tax_id=f"{note.recipient_tax_id[:-1]}-{note.recipient_tax_id[-1]}",
    )


def ubl(note: Specimen) -> bytes:
    """A European invoice in UBL 2.1."""
    return _document("ubl", note, "utf-8")


def facturx(note: Specimen) -> bytes:
    """A European invoice in CII, which Factur-X carries."""
    return _document("facturx", note, "utf-8", compact_day=note.issued_on.strftime("%Y%m%d"))


def cancellation(note: Specimen) -> bytes:
    """The event that cancels an NF-e."""
    return _document("cancellation", note, "utf-8", key=nfe_key(note))


def _document(
    name: str, note: Specimen, encoding: str, raw: dict[str, str] | None = None, **values: object
) -> bytes:
    texts = [text for text, _amount in note.lines] or [note.operation]
    known = {
        "number": note.number,
        "series": note.series,
        "issued_on": note.issued_on.isoformat(),
        "issuer": note.issuer,
        "issuer_tax_id": note.issuer_tax_id,
        "recipient": note.recipient,
        "recipient_tax_id": note.recipient_tax_id,
        "amount": f"{note.amount:.2f}",
        "operation": note.operation,
        "currency": note.currency,
        "remark": note.remark,
        "description": "; ".join(texts)[:900],
    }
    return _filled(name, raw, **{**known, **values}).encode(encoding, "xmlcharrefreplace")


def _filled(name: str, raw: dict[str, str] | None = None, **values: object) -> str:
    written = {key: escape(str(value)) for key, value in values.items()}
    template = (_HERE / f"{name}.xml").read_text(encoding="utf-8").rstrip()
    return Template(template).substitute(written | (raw or {}))


def _person(note: Specimen) -> str:
    name = "CPF" if len(note.recipient_tax_id) == _CPF_LENGTH else "CNPJ"
    return f"<{name}>{escape(note.recipient_tax_id)}</{name}>"


def _code(note: Specimen, digits: int) -> str:
    """The random part of a key, which here always is the same for a number."""
    return f"{(note.number * 7_919 + 104_729) % 10**digits:0{digits}d}"
