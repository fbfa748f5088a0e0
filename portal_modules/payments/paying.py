"""What of a customer's invoices can be paid today, part by part, and the ways to pay it online."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from portal_modules.billing.models import Instalment, Invoice
from portal_modules.core.companies import CompanyCard

from .choices import PaymentMethod
from .models import PaymentProvider
from .opening import adapter_of, has_adapter
from .providers.methods import METHODS
from .switches import ONLINE

# What customers and visitors may read of an account: see the walls.
_SHOWN = ("company_id", "kind", "label", "is_on", "is_live", "methods", "position")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to pay: with whom, by which method."""

    provider: UUID
    method: str
    label: str
    hint: str
    is_test: bool
    by: str = ""

    @property
    def value(self) -> str:
        """How a form calls it."""
        return f"{self.provider}:{self.method}"


@dataclass(frozen=True, slots=True)
class Payable:
    """An invoice, or one of its instalments, of which something is open."""

    invoice: Invoice
    instalment: Instalment | None
    open: Decimal
    due_on: date | None
    of: int = 1

    @property
    def key(self) -> str:
        """How a form calls it."""
        return f"{self.invoice.pk}:{self.instalment.pk}" if self.instalment else str(self.invoice.pk)


def ways_of(card: CompanyCard, currency: str) -> list[Way]:
    """The ways that the company has switched on and that exist for a currency, in its order."""
    if not card.is_on(ONLINE):
        return []
    rows = list(PaymentProvider.objects.filter(is_on=True).only(*_SHOWN).order_by("position", "label"))
    country, found = card.company.country, []
    for row in rows:
        if not has_adapter(row):
            continue
        there = adapter_of(row).methods(currency, country)
        for code in row.methods:
            if code in there:
                found.append(
                    Way(
                        provider=row.pk,
                        method=code,
                        label=str(PaymentMethod(code).label),
                        hint=str(METHODS[code].hint),
                        is_test=not row.is_live,
                    )
                )
    return found


def payables_of(invoices: Iterable[Invoice], parts: Sequence[Instalment]) -> list[Payable]:
    """Each invoice by itself; one of several instalments by those that are open."""
    by_invoice: dict[Any, list[Instalment]] = {}
    for part in parts:
        by_invoice.setdefault(part.invoice_id, []).append(part)
    found = []
    for invoice in invoices:
        mine = by_invoice.get(invoice.pk, [])
        if len(mine) > 1:
            found += [
                Payable(invoice, part, part.amount - part.settled, part.due_on, len(mine))
                for part in mine
                if part.amount > part.settled
            ]
        else:
            found.append(Payable(invoice, None, invoice.open_now, invoice.next_due_on or invoice.due_on))
    return found
