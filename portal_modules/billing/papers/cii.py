"""An invoice as a European structured file, EN 16931 in the syntax CII, to travel inside its PDF as Factur-X does.

Elements and their order are those of Factur-X 1.0, profile BASIC. It says what the paper says: the claim as it was
issued. What was paid later is not in it, so the same invoice makes the same file. What was withheld counts as paid
before, because the norm knows no withholding.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

NAME: Final = "factur-x.xml"
LEVEL: Final = "BASIC"
_PROFILE: Final = "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic"
_INVOICE: Final = "380"  # UNTDID 1001
_PIECE: Final = "C62"  # UN/ECE recommendation 20
_CENT: Final = Decimal("0.01")
_DAY: Final = "102"  # UNTDID 2379: CCYYMMDD
_SPACES: Final = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
}
# What XML 1.0 cannot say.
_UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Trader:
    """Who claims, or who owes. `vat` is the number with its country's letters, "" without one."""

    name: str
    country: str
    vat: str = ""


@dataclass(frozen=True, slots=True)
class ClaimedLine:
    """One line; `rate` in percent."""

    text: str
    quantity: Decimal
    price: Decimal
    amount: Decimal
    rate: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Claimed:
    """An invoice, its amounts with the digits of its currency."""

    number: str
    issued_on: date
    due_on: date
    currency: str
    seller: Trader
    buyer: Trader
    lines: Sequence[ClaimedLine]
    withheld: Decimal
    order: str = ""
    note: str = ""


def can_be_told(claimed: Claimed) -> bool:
    """Does the norm have words for it?

    It wants lines, a claimant with a number of its own (BR-CO-26, BR-S-02), and for each rate the tax that it makes,
    give or take less than one (BR-CO-17, BR-S-09): so it has none for a tax without a rate.
    """
    return (
        bool(claimed.lines)
        and bool(claimed.seller.vat)
        and all(_follows(basis, rate, tax) for rate, (basis, tax) in _by_rate(claimed).items())
    )


def _follows(basis: Decimal, rate: Decimal, tax: Decimal) -> bool:
    made = (basis * rate / 100).quantize(_CENT, ROUND_HALF_UP)
    return tax == made if not rate else abs(tax - made) < 1


def _by_rate(claimed: Claimed) -> dict[Decimal, tuple[Decimal, Decimal]]:
    """What is taxed by each rate, and the tax."""
    sums: dict[Decimal, tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(0), Decimal(0)))
    for line in claimed.lines:
        basis, tax = sums[line.rate]
        sums[line.rate] = (basis + line.amount, tax + line.tax)
    return dict(sorted(sums.items()))


def cii(claimed: Claimed) -> bytes:
    """The file."""
    for prefix, space in _SPACES.items():
        register_namespace(prefix, space)
    root = Element(_name("rsm:CrossIndustryInvoice"))
    _put(
        root,
        "rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID",
        _PROFILE,
    )
    head = _put(root, "rsm:ExchangedDocument")
    _put(head, "ram:ID", claimed.number)
    _put(head, "ram:TypeCode", _INVOICE)
    _day(head, "ram:IssueDateTime", claimed.issued_on)
    if claimed.note:
        _put(head, "ram:IncludedNote/ram:Content", claimed.note)
    deal = _put(root, "rsm:SupplyChainTradeTransaction")
    for number, line in enumerate(claimed.lines, start=1):
        _line(deal, number, line)
    agreement = _put(deal, "ram:ApplicableHeaderTradeAgreement")
    _trader(agreement, "ram:SellerTradeParty", claimed.seller)
    _trader(agreement, "ram:BuyerTradeParty", claimed.buyer)
    if claimed.order:
        _put(agreement, "ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID", claimed.order)
    _put(deal, "ram:ApplicableHeaderTradeDelivery")
    _settlement(_put(deal, "ram:ApplicableHeaderTradeSettlement"), claimed)
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True))


def _line(deal: Element, number: int, line: ClaimedLine) -> None:
    item = _put(deal, "ram:IncludedSupplyChainTradeLineItem")
    _put(item, "ram:AssociatedDocumentLineDocument/ram:LineID", str(number))
    _put(item, "ram:SpecifiedTradeProduct/ram:Name", line.text)
    price = "ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice/ram:ChargeAmount"
    _put(item, price, f"{line.price:f}")
    billed = _put(item, "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity", f"{line.quantity:f}")
    billed.set("unitCode", _PIECE)
    settled = _put(item, "ram:SpecifiedLineTradeSettlement")
    _tax(_put(settled, "ram:ApplicableTradeTax"), line.rate)
    _put(
        settled,
        "ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount",
        f"{line.amount:f}",
    )


def _settlement(settled: Element, claimed: Claimed) -> None:
    _put(settled, "ram:InvoiceCurrencyCode", claimed.currency)
    sums = _by_rate(claimed)
    for rate, (basis, tax) in sums.items():
        row = _put(settled, "ram:ApplicableTradeTax")
        _put(row, "ram:CalculatedAmount", f"{tax:f}")
        _tax(row, rate, basis)
    _day(_put(settled, "ram:SpecifiedTradePaymentTerms"), "ram:DueDateDateTime", claimed.due_on)
    net = sum((basis for basis, _tax_sum in sums.values()), Decimal(0))
    taxes = sum((tax for _basis, tax in sums.values()), Decimal(0))
    totals = _put(settled, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")
    _put(totals, "ram:LineTotalAmount", f"{net:f}")
    _put(totals, "ram:TaxBasisTotalAmount", f"{net:f}")
    _put(totals, "ram:TaxTotalAmount", f"{taxes:f}").set("currencyID", claimed.currency)
    _put(totals, "ram:GrandTotalAmount", f"{net + taxes:f}")
    if claimed.withheld:
        _put(totals, "ram:TotalPrepaidAmount", f"{claimed.withheld:f}")
    _put(totals, "ram:DuePayableAmount", f"{net + taxes - claimed.withheld:f}")


def _tax(row: Element, rate: Decimal, basis: Decimal | None = None) -> None:
    _put(row, "ram:TypeCode", "VAT")
    if basis is not None:
        _put(row, "ram:BasisAmount", f"{basis:f}")
    _put(row, "ram:CategoryCode", "S" if rate else "Z")
    _put(row, "ram:RateApplicablePercent", f"{rate:f}")


def _trader(agreement: Element, name: str, trader: Trader) -> None:
    party = _put(agreement, name)
    _put(party, "ram:Name", trader.name)
    _put(party, "ram:PostalTradeAddress/ram:CountryID", trader.country)
    if trader.vat:
        _put(party, "ram:SpecifiedTaxRegistration/ram:ID", trader.vat).set("schemeID", "VA")


def _day(parent: Element, name: str, day: date) -> None:
    _put(parent, f"{name}/udt:DateTimeString", f"{day:%Y%m%d}").set("format", _DAY)


def _put(parent: Element, path: str, text: str = "") -> Element:
    """A new element below, with those between; the last one has the text."""
    for name in path.split("/"):
        parent = SubElement(parent, _name(name))
    if text:
        parent.text = _UNWRITABLE.sub(" ", text)
    return parent


def _name(short: str) -> str:
    prefix, _colon, name = short.partition(":")
    return f"{{{_SPACES[prefix]}}}{name}"
