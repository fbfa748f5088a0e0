"""An issued invoice as the structured file that travels inside its PDF, where its company is in the European Union."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from portal_modules.core.amounts import rounded
from portal_modules.core.choices import Country
from portal_modules.core.companies import CompanyCard

from .models import Invoice, InvoiceLine
from .papers.cii import Claimed, ClaimedLine, Trader, can_be_told, cii

_EUROPEAN: Final = frozenset({Country.PORTUGAL, Country.SPAIN})


def structured(invoice: Invoice, lines: Sequence[InvoiceLine], card: CompanyCard) -> bytes | None:
    """The file in CII; None for a draft, elsewhere, and where the norm has no words for its taxes."""
    company = card.company
    if company.country not in _EUROPEAN or not invoice.number or not invoice.issued_on or not invoice.due_on:
        return None
    claimed = Claimed(
        number=invoice.number,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        currency=invoice.currency,
        seller=_trader(company.legal_name or company.name, company.country, company.tax_id),
        buyer=_trader(
            invoice.name_as_issued or str(invoice.customer),
            invoice.tax_country or invoice.customer.country or company.country,
            invoice.tax_id,
        ),
        lines=[_line(line, invoice.currency) for line in lines],
        withheld=rounded(invoice.withheld_total, invoice.currency),
        order=invoice.purchase_order,
        note=_("This invoice is a claim for payment. It is not a fiscal document."),
    )
    return cii(claimed) if can_be_told(claimed) else None


def _trader(name: str, country: str, tax_id: str) -> Trader:
    is_vat = bool(tax_id) and country in _EUROPEAN
    return Trader(name, country, f"{country}{tax_id.removeprefix(country)}" if is_vat else "")


def _line(line: InvoiceLine, currency: str) -> ClaimedLine:
    return ClaimedLine(
        text=line.text,
        quantity=_plain(line.quantity),
        price=_plain(line.unit_price),
        amount=rounded(line.amount, currency),
        rate=_plain(line.tax_rate),
        tax=rounded(line.tax_amount, currency),
    )


def _plain(value: Decimal) -> Decimal:
    """Without zeros at its end."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
