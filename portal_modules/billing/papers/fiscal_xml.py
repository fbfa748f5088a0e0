"""Reading fiscal notes: which note a file is, from whom, to whom, how much, and does it still hold.

Known are Brazil's NF-e and national NFS-e with their cancellations, Chile's DTE, and the European invoices UBL 2.1
and CII, which is what Factur-X carries. Only what a list shows is read: the file is kept as it came, so what the
authorities add to it later does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element

from django.utils.translation import gettext_lazy as _

from .exceptions import FiscalFileRefused, FiscalKeyRefused
from .fiscal_keys import FiscalKey, read_key
from .safe_xml import anywhere, at, children, local, read_xml, text_at

NFE: Final = "nfe"
NFSE: Final = "nfse"
DTE: Final = "dte"
UBL: Final = "ubl"
FACTURX: Final = "facturx"

_AMOUNT: Final = re.compile(r"-?[0-9]{1,14}(?:\.[0-9]{1,6})?\Z")
_DAY: Final = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?![0-9])")
_NUMBER: Final = re.compile(r"[0-9]{1,15}\Z")
# Answers of the tax offices that say "cancelled": MOC of the NF-e, annex of the NFS-e.
_CANCELLED: Final = {"101", "135", "151", "155"}
_CANCELLATIONS: Final = {"110111", "110112"}
_DTE_KINDS: Final = {
    "33": "Factura electrónica",
    "34": "Factura exenta electrónica",
    "39": "Boleta electrónica",
    "41": "Boleta exenta electrónica",
    "46": "Factura de compra electrónica",
    "52": "Guía de despacho electrónica",
    "56": "Nota de débito electrónica",
    "61": "Nota de crédito electrónica",
    "110": "Factura de exportación electrónica",
}


@dataclass(frozen=True, slots=True)
class FiscalFacts:
    """What a file says of its note. `amount` and `issued_on` are None in a cancellation, which names the note only.

    `key` is unique for a note: the authority's where it gives one, else made of issuer, kind and number. Tax ids are
    as the file writes them, without dots.
    """

    kind: str
    key: str
    number: str
    series: str
    issued_on: date | None
    issuer: str
    issuer_tax_id: str
    recipient: str
    recipient_tax_id: str
    operation: str
    cfop: str
    amount: Decimal | None
    currency: str
    is_cancelled: bool = False

    @property
    def is_cancellation(self) -> bool:
        """Does the file only say that a note was cancelled?"""
        return self.is_cancelled and self.amount is None


def read_fiscal_xml(data: bytes) -> FiscalFacts:
    """What a fiscal note in XML says. Raises `FiscalFileRefused` with a sentence, in well under a second."""
    root = read_xml(data)
    for names, read in _READERS:
        found = [root] if local(root) in names else anywhere(root, *names)
        if len(found) > 1:
            raise FiscalFileRefused(_("This file holds several notes. Please send each by itself."))
        if found:
            return read(root, found[0])
    raise FiscalFileRefused(_("This is not a fiscal note that we know: NF-e, NFS-e, DTE, UBL or Factur-X."))


def _nfe_cancellation(root: Element, event: Element) -> FiscalFacts:
    if text_at(event, "tpEvento") not in _CANCELLATIONS:
        raise FiscalFileRefused(_("This file tells of an event of a note, but not that it was cancelled."))
    return _cancelled(NFE, text_at(event, "chNFe"))


def _nfse_cancellation(root: Element, event: Element) -> FiscalFacts:
    if at(event, "e101101", "e105102") is None:
        raise FiscalFileRefused(_("This file tells of an event of a note, but not that it was cancelled."))
    return _cancelled(NFSE, text_at(event, "chNFSe"))


def _cancelled(kind: str, written: str) -> FiscalFacts:
    key = _key(written)
    return FiscalFacts(
        kind=kind,
        key=key.key,
        number=str(key.number),
        series=key.series,
        issued_on=None,
        issuer="",
        issuer_tax_id=key.issuer_tax_id,
        recipient="",
        recipient_tax_id="",
        operation="",
        cfop="",
        amount=None,
        currency="BRL",
        is_cancelled=True,
    )


def _nfe(root: Element, note: Element) -> FiscalFacts:
    key = _key(note.get("Id", ""))
    codes = [text_at(line, "prod/CFOP", most=4) for line in children(note, "det")]
    answers = [text_at(each, "cStat") for each in anywhere(root, "infProt")]
    return FiscalFacts(
        kind=NFE,
        key=key.key,
        number=_number(text_at(note, "ide/nNF")),
        series=text_at(note, "ide/serie", most=10),
        issued_on=_day(text_at(note, "ide/dhEmi", "ide/dEmi")),
        issuer=text_at(note, "emit/xNome"),
        issuer_tax_id=text_at(note, "emit/CNPJ", "emit/CPF", most=20),
        recipient=text_at(note, "dest/xNome"),
        recipient_tax_id=text_at(note, "dest/CNPJ", "dest/CPF", "dest/idEstrangeiro", most=20),
        operation=text_at(note, "ide/natOp"),
        cfop=", ".join(dict.fromkeys(code for code in codes if code))[:40],
        amount=_amount(text_at(note, "total/ICMSTot/vNF")),
        currency="BRL",
        is_cancelled=bool(_CANCELLED.intersection(answers)),
    )


def _nfse(root: Element, note: Element) -> FiscalFacts:
    key = _key(note.get("Id", ""))
    declared = at(note, "DPS/infDPS")
    value = text_at(declared, "valores/vServPrest/vServ") or text_at(note, "valores/vLiq")
    return FiscalFacts(
        kind=NFSE,
        key=key.key,
        number=_number(text_at(note, "nNFSe")),
        series=text_at(declared, "serie", most=10),
        issued_on=_day(text_at(declared, "dhEmi") or text_at(note, "dhProc")),
        issuer=text_at(note, "emit/xNome") or text_at(declared, "prest/xNome"),
        issuer_tax_id=text_at(note, "emit/CNPJ", "emit/CPF", most=20) or key.issuer_tax_id,
        recipient=text_at(declared, "toma/xNome"),
        recipient_tax_id=text_at(declared, "toma/CNPJ", "toma/CPF", "toma/NIF", most=20),
        operation=text_at(declared, "serv/cServ/xDescServ") or text_at(note, "xTribNac"),
        cfop="",
        amount=_amount(value),
        currency="BRL",
        is_cancelled=text_at(note, "cStat") in _CANCELLED,
    )


def _dte(root: Element, note: Element) -> FiscalFacts:
    head = at(note, "Encabezado")
    kind = text_at(head, "IdDoc/TipoDTE", most=3)
    number = _number(text_at(head, "IdDoc/Folio"))
    issuer = _bare(text_at(head, "Emisor/RUTEmisor", most=20))
    if not kind.isdigit() or not issuer:
        raise _missing()
    return FiscalFacts(
        kind=DTE,
        key=f"{issuer}-T{kind}-F{number}",
        number=number,
        series=kind,
        issued_on=_day(text_at(head, "IdDoc/FchEmis")),
        issuer=text_at(head, "Emisor/RznSoc", "Emisor/RznSocEmisor"),
        issuer_tax_id=issuer,
        recipient=text_at(head, "Receptor/RznSocRecep"),
        recipient_tax_id=_bare(text_at(head, "Receptor/RUTRecep", most=20)),
        operation=_DTE_KINDS.get(kind, f"DTE {kind}"),
        cfop="",
        amount=_amount(text_at(head, "Totales/MntTotal")),
        currency="CLP",
    )


def _ubl(root: Element, note: Element) -> FiscalFacts:
    seller, buyer = at(note, "AccountingSupplierParty/Party"), at(note, "AccountingCustomerParty/Party")
    tax_id = "PartyTaxScheme/CompanyID", "PartyLegalEntity/CompanyID", "PartyIdentification/ID"
    name = "PartyLegalEntity/RegistrationName", "PartyName/Name"
    number = text_at(note, "ID", most=60)
    issuer = _bare(text_at(seller, *tax_id, most=30))
    total = at(note, "LegalMonetaryTotal/TaxInclusiveAmount", "LegalMonetaryTotal/PayableAmount")
    if not number or not issuer or total is None:
        raise _missing()
    currency = text_at(note, "DocumentCurrencyCode", most=3) or (total.get("currencyID") or "")[:3]
    return FiscalFacts(
        kind=UBL,
        key=text_at(note, "UUID", most=60) or f"{issuer}-{number}",
        number=number,
        series="",
        issued_on=_day(text_at(note, "IssueDate")),
        issuer=text_at(seller, *name),
        issuer_tax_id=issuer,
        recipient=text_at(buyer, *name),
        recipient_tax_id=_bare(text_at(buyer, *tax_id, most=30)),
        operation=text_at(note, "Note") or ("Credit note" if local(note) == "CreditNote" else "Invoice"),
        cfop="",
        amount=_amount(" ".join((total.text or "").split())),
        currency=_currency(currency),
    )


def _cii(root: Element, note: Element) -> FiscalFacts:
    head, trade = at(note, "ExchangedDocument"), at(note, "SupplyChainTradeTransaction")
    agreed = at(trade, "ApplicableHeaderTradeAgreement")
    seller, buyer = at(agreed, "SellerTradeParty"), at(agreed, "BuyerTradeParty")
    settled = at(trade, "ApplicableHeaderTradeSettlement")
    tax_id = "SpecifiedTaxRegistration/ID", "SpecifiedLegalOrganization/ID", "ID"
    number = text_at(head, "ID", most=60)
    issuer = _bare(text_at(seller, *tax_id, most=30))
    if not number or not issuer:
        raise _missing()
    total = text_at(settled, "SpecifiedTradeSettlementHeaderMonetarySummation/GrandTotalAmount")
    return FiscalFacts(
        kind=FACTURX,
        key=f"{issuer}-{number}",
        number=number,
        series="",
        issued_on=_day(text_at(head, "IssueDateTime/DateTimeString")),
        issuer=text_at(seller, "Name"),
        issuer_tax_id=issuer,
        recipient=text_at(buyer, "Name"),
        recipient_tax_id=_bare(text_at(buyer, *tax_id, most=30)),
        operation=text_at(head, "Name") or "Invoice",
        cfop="",
        amount=_amount(total),
        currency=_currency(text_at(settled, "InvoiceCurrencyCode", most=3)),
    )


# The first that fits: a cancellation carries no note, and the note of services carries its declaration.
_READERS: Final[tuple[tuple[frozenset[str], Callable[[Element, Element], FiscalFacts]], ...]] = (
    (frozenset({"infNFe"}), _nfe),
    (frozenset({"infNFSe"}), _nfse),
    (frozenset({"infPedReg"}), _nfse_cancellation),
    (frozenset({"infEvento"}), _nfe_cancellation),
    (frozenset({"Documento", "Exportaciones"}), _dte),
    (frozenset({"CrossIndustryInvoice"}), _cii),
    (frozenset({"Invoice", "CreditNote"}), _ubl),
)


def _missing() -> FiscalFileRefused:
    return FiscalFileRefused(_("This file lacks the number, the issuer or the value of its note."))


def _key(written: str) -> FiscalKey:
    try:
        return read_key(written)
    except FiscalKeyRefused as refusal:
        raise FiscalFileRefused(refusal.sentence) from None


def _number(text: str) -> str:
    if not _NUMBER.match(text):
        raise _missing()
    return str(int(text))


def _amount(text: str) -> Decimal:
    if not _AMOUNT.match(text):
        raise _missing()
    return Decimal(text)


def _currency(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise _missing()
    return text


def _day(text: str) -> date:
    if found := _DAY.match(text):
        year, month, day = map(int, found.groups())
        with suppress(ValueError):
            return date(year, month, day)
    raise FiscalFileRefused(_("The date of this note cannot be read."))


def _bare(tax_id: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", tax_id).upper()
