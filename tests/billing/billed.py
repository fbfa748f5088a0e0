"""Invoices for tests, made as staff make them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from portal_modules.billing.actions import Claim, draft_invoice, issue_invoice
from portal_modules.billing.days import billing_day
from portal_modules.billing.models import Invoice
from portal_modules.core.scope import company_scope
from tests.world.companies import CompanyWorld


def drafted(side: CompanyWorld, customer: str = "alice", amount: str = "100.00", **more: Any) -> Invoice:
    """A draft of one line, due in ten days."""
    with company_scope(side.company):
        today = billing_day(side.company)
        facts = {
            "claims": [Claim(f"Work for {customer}", Decimal(amount))],
            "due_on": today + timedelta(days=10),
            **more,
        }
        return draft_invoice(side.customers[customer], by=None, **facts)


def issued(
    side: CompanyWorld,
    customer: str = "alice",
    amount: str = "100.00",
    *,
    on: date | None = None,
    **more: Any,
) -> Invoice:
    """One that is issued."""
    draft = drafted(side, customer, amount, **more)
    with company_scope(side.company):
        return issue_invoice(draft, by=None, on=on)


def overdue(side: CompanyWorld, customer: str = "alice", amount: str = "100.00", days: int = 30) -> Invoice:
    """One that was due some days ago."""
    with company_scope(side.company):
        today = billing_day(side.company)
    return issued(
        side,
        customer,
        amount,
        on=today - timedelta(days=days + 10),
        due_on=today - timedelta(days=days),
    )


def count(side: CompanyWorld) -> int:
    """How many invoices a company has, drafts too."""
    with company_scope(side.company):
        return int(Invoice.objects.count())
