"""Papers with made-up content, for the tests that draw and read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from portal_modules.billing.papers import bank_lines, barcodes, pix
from portal_modules.billing.papers.content import (
    Columns,
    Due,
    Fact,
    InvoicePaper,
    Line,
    Part,
    Party,
    Payment,
    PixOnPaper,
    Row,
    Section,
    SlipForm,
    SlipPaper,
    StatementPaper,
    Total,
    address,
)

URL = "https://altura.example/pt/i/0123456789abcdef/"
PIX = pix.static_code(
    "finance@altura.example", "Altura Locações", "São Paulo", Decimal("4316.46"), "FT000123"
)
BARCODE = bank_lines.make_barcode("001", date(2026, 11, 25), Decimal("4316.46"), "1234567890123456789012345")
COMPANY = Party("From", "Altura Locações de Equipamentos Ltda", ["CNPJ 11.222.333/0001-81", "São Paulo, SP"])
CUSTOMER = Party("To", "Construções Três Irmãos S.A.", ["CNPJ 60.701.190/0001-04", "Campinas, SP"])
FACTS = [Fact("Issued", "2026-11-10"), Fact("Due", "2026-11-25"), Fact("Order", "PO-4711")]
CLAIM = "This invoice is a claim for payment. It is not a fiscal document."


def common(**changes: Any) -> dict[str, Any]:
    return {
        "language": "en",
        "color": "#b45309",
        "title": "Invoice FT-000123",
        "heading": "Invoice FT-000123",
        "day": date(2026, 11, 10),
        "company": COMPANY,
        "customer": CUSTOMER,
        "facts": FACTS,
        "claim": CLAIM,
        **changes,
    }


def invoice(lines: int = 3, text: str = "Scissor lift, 30 days", **changes: Any) -> InvoicePaper:
    paper = InvoicePaper(
        **common(),
        columns=Columns("Description", "Quantity", "Unit price", "Amount", tax="Tax"),
        lines=[Line(f"{text} {place}", "1", "R$ 100,00", "5 %", "R$ 105,00") for place in range(lines)],
        totals=[Total("Subtotal", "R$ 4.111,00"), Total("Total", "R$ 4.316,46", "total")],
        due=Due("Open", "R$ 4.316,46", "until 25/11/2026"),
        fiscal_notes=Section("Fiscal notes", ["Number", "Key"], [["1234/1", "3526 1011 2223 3300"]]),
        payment=Payment("How to pay", ["Bank 001"], PixOnPaper(PIX, barcodes.qr_code(PIX), "Pix", "Copy")),
        pay=address(URL, "Pay here", "Scan"),
        check=address(URL, "Is this really ours?"),
    )
    return replace(paper, **changes)


def slip(**changes: Any) -> SlipPaper:
    form = SlipForm(
        bank_name="Banco de Exemplo",
        bank_code="001-9",
        line=bank_lines.grouped(bank_lines.line_of(BARCODE)),
        barcode=barcodes.slip_barcode(BARCODE),
        place="Pagável em qualquer banco",
        due_on="25/11/2026",
        payee=COMPANY.name,
        account="0001 / 12345-6",
        issued_on="10/11/2026",
        document="FT-000123",
        kind="DM",
        registered_on="10/11/2026",
        our_number="00012345678",
        wallet="1",
        amount="4.316,46",
        instructions=["Multa de 2 %"],
        payer=CUSTOMER.name,
        cut="Cut here",
        **changes,
    )
    return SlipPaper(**common(heading="Boleto"), slip=form, pay=address(URL, "Pay here"))


def statement(rows: int = 3) -> StatementPaper:
    movements = [Row(["2026-10-01", f"Invoice {place}", "$15.990", "", "$15.990"]) for place in range(rows)]
    return StatementPaper(
        **common(heading="Statement", claim="A statement, not a fiscal document."),
        parts=[Part("Movements", ["Day", "What", "Owed", "Paid", "Balance"], movements, right=[2, 3, 4])],
    )
