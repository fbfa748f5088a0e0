"""Invoices with what hangs from them, for the tests of their papers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from portal_modules.billing import specimens
from portal_modules.billing.actions import Claim, draft_invoice, issue_invoice
from portal_modules.billing.days import billing_day
from portal_modules.billing.models import BankAccount, BankSlip, FiscalDocument, Invoice, LateFeePolicy
from portal_modules.billing.papers.bank_lines import line_of, make_barcode
from portal_modules.billing.papers.fiscal_xml import read_fiscal_xml
from portal_modules.core.scope import company_scope
from tests.world.companies import CompanyWorld
from tests.world.owner import as_owner

AMOUNT = Decimal("1234.50")


def bank_account(side: CompanyWorld, **fields: Any) -> BankAccount:
    """An account in reais with a Pix key."""
    values: dict[str, Any] = {
        "name": "Main",
        "bank_code": "341",
        "bank_name": "Banco de Exemplo",
        "branch": "0057",
        "number": "12345-7",
        "holder": "Altura Locações",
        "currency": "BRL",
        "pix_key": "finance@altura.example",
        "pix_city": "São Paulo",
        **fields,
    }
    with company_scope(side.company):
        account: BankAccount = BankAccount.objects.create(**values)
    return account


def issued(side: CompanyWorld, customer: str, *, days_late: int = 0, **fields: Any) -> Invoice:
    """An invoice that a customer got; `days_late` days ago it was due."""
    with company_scope(side.company):
        today = billing_day(side.company)
        due_on = today - timedelta(days=days_late) if days_late else today + timedelta(days=10)
        draft = draft_invoice(
            side.customers[customer],
            by=None,
            claims=[Claim("Scissor lift, 30 days", AMOUNT)],
            due_on=due_on,
            currency="BRL",
            **fields,
        )
        return issue_invoice(draft, by=None, on=min(today, due_on) - timedelta(days=10))


def slip_of(invoice: Invoice, account: BankAccount, **fields: Any) -> BankSlip:
    """A boleto that the bank has registered for it."""
    assert invoice.due_on is not None
    barcode = make_barcode("341", invoice.due_on, invoice.total, f"{invoice.serial:025d}")
    with company_scope(invoice.company):
        slip: BankSlip = BankSlip.objects.create(
            invoice=invoice,
            instalment=invoice.instalments.get(),
            bank_account=account,
            bank="341",
            line=line_of(barcode),
            barcode=barcode,
            our_number="12345678",
            due_on=invoice.due_on,
            amount=invoice.total,
            currency="BRL",
            registered_on=invoice.issued_on,
            **fields,
        )
    return slip


def late_fees(side: CompanyWorld, **fields: Any) -> LateFeePolicy:
    """A rule of 2 % and 1 % a month."""
    with company_scope(side.company):
        policy: LateFeePolicy = LateFeePolicy.objects.create(**fields)
    return policy


def note_of(side: CompanyWorld, customer: str, *, number: int = 1234, **fields: Any) -> FiscalDocument:
    """An NF-e with its XML."""
    made = specimens.nfe(
        specimens.Specimen(
            number=number,
            issued_on=fields.get("issued_on", date(2026, 10, 31)),
            issuer="Altura Locações",
            issuer_tax_id="11222333000181",
            recipient="Construções Três Irmãos",
            recipient_tax_id="60701190000104",
            amount=AMOUNT,
        )
    )
    facts = read_fiscal_xml(made)
    with company_scope(side.company):
        note: FiscalDocument = FiscalDocument(
            customer=side.customers[customer],
            kind=facts.kind,
            key=facts.key,
            number=facts.number,
            series=facts.series,
            issued_on=facts.issued_on,
            issuer=facts.issuer,
            issuer_tax_id=facts.issuer_tax_id,
            recipient_tax_id=facts.recipient_tax_id,
            operation=facts.operation,
            cfop=facts.cfop,
            amount=facts.amount,
            currency=facts.currency,
            **{key: value for key, value in fields.items() if key != "issued_on"},
        )
        note.xml.save("note.xml", ContentFile(made), save=False)
        note.save()
    return note


def changed(invoice: Invoice, **values: Any) -> None:
    """Change what the database holds frozen, as its owner may."""
    with as_owner():
        Invoice.objects.filter(pk=invoice.pk).update(**values)
