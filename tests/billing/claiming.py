"""Invoices for the tests of the customer's pages, and what a page says of them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from portal_modules.billing.actions import Claim, draft_invoice, issue_invoice
from portal_modules.billing.choices import InvoiceState
from portal_modules.billing.days import billing_day, overdue_from
from portal_modules.billing.models import Instalment, Invoice, InvoiceLine
from portal_modules.core.scope import company_scope
from tests.world.companies import CompanyWorld


def claim(side: CompanyWorld, who: str, amount: str, *, due_in: int = 10, **facts: Any) -> Invoice:
    """One that staff issued some weeks ago, due in some days; less than none is late."""
    with company_scope(side.company):
        today = billing_day(side.company)
        on = facts.pop("on", None) or today + timedelta(days=min(due_in, 0) - 10)
        draft = draft_invoice(
            side.customers[who],
            by=None,
            **{
                "claims": [Claim(f"Work for {who}", Decimal(amount))],
                "due_on": today + timedelta(days=due_in),
                **facts,
            },
        )
        return issue_invoice(draft, by=None, on=on)


def claim_many(side: CompanyWorld, who: str, count: int) -> None:
    """Some more, ten of the currency's units each, written at once: every third is paid."""
    with company_scope(side.company):
        customer, today = side.customers[who], billing_day(side.company)
        amount = Decimal(10)
        invoices = []
        for number in range(count):
            due = today + timedelta(days=number % 40 - 20)
            is_paid = number % 3 == 0
            invoices.append(
                Invoice(
                    company=side.company,
                    customer=customer,
                    number=f"B-{uuid4().hex[:12]}",
                    state=InvoiceState.ISSUED,
                    currency=side.company.currency,
                    tax_id=customer.tax_id,
                    issued_on=today - timedelta(days=30 + number % 300),
                    due_on=due,
                    next_due_on=None if is_paid else due,
                    overdue_from=None if is_paid else overdue_from(due, side.company.country),
                    subtotal=amount,
                    total=amount,
                    paid_total=amount if is_paid else 0,
                    is_imported=True,
                )
            )
        of = [{"invoice": each, "company": side.company, "customer": customer} for each in invoices]
        Invoice.objects.bulk_create(invoices)
        InvoiceLine.objects.bulk_create(
            InvoiceLine(**each, position=1, text="Work", unit_price=amount, amount=amount) for each in of
        )
        Instalment.objects.bulk_create(
            Instalment(
                **each,
                number=1,
                due_on=each["invoice"].due_on,
                amount=amount,
                settled=each["invoice"].paid_total,
            )
            for each in of
        )


def today_of(side: CompanyWorld) -> date:
    """The company's day."""
    with company_scope(side.company):
        return billing_day(side.company)
