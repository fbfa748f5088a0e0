"""What an invoice comes to on a day: what is open, and fine and interest of what is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from portal_modules.core.amounts import digits_of
from portal_modules.core.compiled import compiled

from .choices import InvoiceState
from .models import Instalment, Invoice, LateFeePolicy
from .papers.late_fees import ChargeLine, LateCharges, LateTerms, Rounding, late_charges


@dataclass(frozen=True, slots=True)
class Owed:
    """What has to be paid on a day, in the invoice's currency, line by line."""

    on: date
    open: Decimal
    fine: Decimal
    interest: Decimal
    lines: tuple[ChargeLine, ...]

    @property
    def total(self) -> Decimal:
        """With fine and interest."""
        return self.open + self.fine + self.interest

    @property
    def is_more(self) -> bool:
        """Does waiting cost something?"""
        return self.total > self.open


def owed_on(
    invoice: Invoice, parts: Iterable[Instalment], policy: LateFeePolicy | None, on: date, country: str
) -> Owed:
    """What is owed of an invoice on a day. `parts` are its instalments; a company without a rule charges nothing."""
    if invoice.state != InvoiceState.ISSUED:
        return Owed(on, Decimal(0), Decimal(0), Decimal(0), ())
    found = [
        _charges(part.amount - part.settled, part.due_on, invoice.currency, policy, on, country)
        for part in parts
        if part.amount > part.settled
    ]
    return Owed(
        on=on,
        open=sum((each.principal for each in found), Decimal(0)),
        fine=sum((each.fine for each in found), Decimal(0)),
        interest=sum((each.interest for each in found), Decimal(0)),
        lines=tuple(line for each in found for line in each.lines),
    )


def _charges(
    amount: Decimal, due_on: date, currency: str, policy: LateFeePolicy | None, on: date, country: str
) -> LateCharges:
    return late_charges(amount, terms_of(policy), due_on, on, country, digits_of(currency))


def terms_of(policy: LateFeePolicy | None) -> LateTerms:
    """The rule of a company as it is reckoned with."""
    if policy is None or not policy.is_charged:
        return LateTerms(Decimal(0), Decimal(0))
    return LateTerms(
        fine_percent=policy.fine_percent,
        monthly_percent=policy.interest_percent,
        rounding=Rounding(policy.rounding),
        from_bank_day=not policy.from_original_due_date,
    )


def policy_in_scope() -> LateFeePolicy | None:
    """The rule of the company in scope, if it has one."""
    return next(iter(_policies()), None)


@compiled
def _policies() -> QuerySet[LateFeePolicy]:
    return LateFeePolicy.objects.order_by("pk")[:1]
