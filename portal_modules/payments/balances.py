"""What customers have in credit: what is left of payments, and free credits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum

from portal_modules.billing.models import Credit
from portal_modules.core.access import Access
from portal_modules.core.compiled import compiled

from .choices import RefundState
from .models import Allocation, Payment, Refund


@dataclass(frozen=True, slots=True)
class Balance:
    """What is left in one currency."""

    currency: str
    amount: Decimal


def balances(access: Access) -> list[Balance]:
    """Of whoever is looking, by currency; what is nothing is left out."""
    return _summed(_seen(access))


def balances_seen(access: Access, customer_id: int) -> list[Balance]:
    """The same of one of them."""
    return _summed(_seen_of(access, (customer_id,)))


def balances_of(customer_id: int) -> list[Balance]:
    """Of one customer, for staff."""
    return _balances(
        *(model.objects.filter(customer_id=customer_id) for model in (Payment, Credit, Allocation, Refund))
    )


@compiled
def _seen(access: Access) -> Any:
    return _sums(*(_whole(model, access) for model in (Payment, Credit, Allocation, Refund)))


@compiled
def _seen_of(access: Access, customers: tuple[int, ...]) -> Any:
    seen = (_whole(model, access) for model in (Payment, Credit, Allocation, Refund))
    return _sums(*(rows.filter(customer_id__in=customers) for rows in seen))


def _whole(model: Any, access: Access) -> Any:
    """Credit is a customer's as a whole: an access that is limited to sites has none."""
    rows = model.objects.visible_to(access)
    return rows.exclude(customer_id__in=access.limited) if access.limited else rows


def _balances(payments: Any, credits: Any, uses: Any, refunds: Any) -> list[Balance]:
    return _summed(_sums(payments, credits, uses, refunds))


def _sums(payments: Any, credits: Any, uses: Any, refunds: Any) -> Any:
    """Five sums in one statement, whatever the number of rows."""
    signed = (
        (payments.as_credit(), F("amount") - F("fees")),
        (credits.filter(invoice=None), F("amount")),
        (uses.filter(credit__isnull=False), -F("amount")),
        (uses.filter(payment__surplus_held=False), -F("amount")),
        (refunds.filter(payment__surplus_held=False).exclude(steps__state=RefundState.FAILED), -F("amount")),
    )
    first, *others = (
        rows.order_by().values_list("currency").annotate(sum=Sum(amount)) for rows, amount in signed
    )
    return first.union(*others, all=True)


def _summed(rows: Iterable[tuple[str, Decimal]]) -> list[Balance]:
    left: dict[str, Decimal] = defaultdict(Decimal)
    for currency, amount in rows:
        left[currency] += amount
    return [Balance(currency, amount) for currency, amount in sorted(left.items()) if amount > 0]
