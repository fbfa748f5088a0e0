"""What waiting cost: fine and interest within money that came for invoices that were late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from portal_modules.billing.actions import late_fee_policy, owed_on
from portal_modules.billing.models import Instalment, Invoice


def waiting_cost(
    paid_whole: Iterable[tuple[Invoice, Sequence[Instalment]]], *, on: date, left: Decimal
) -> Decimal:
    """Fine and interest of what is paid whole on a day, as far as `left` covers them, in the invoices' currency.

    `left` is what came beyond what was open: whoever pays late pays the updated amount, and neither a bank's statement
    nor the payer says what of it is what.
    """
    if left <= 0:
        return Decimal(0)
    policy, cost = late_fee_policy(), Decimal(0)
    for invoice, parts in paid_whole:
        owed = owed_on(invoice, parts, policy, on, invoice.company.country)
        cost += owed.fine + owed.interest
    return min(left, cost)
