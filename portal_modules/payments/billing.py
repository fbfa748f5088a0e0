"""What payments add to the customer's finance page: the ways to pay, what was paid, and what is left as credit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.beside import FinanceBeside, finance_parts
from portal_modules.core.presence import which_have_rows
from portal_modules.core.sections import customers_seen

from .balances import balances
from .invoice_parts import accounts_on
from .switches import CREDIT, DECLARE, ONLINE
from .views.paying import PAYING


def of_finance(request: Any) -> FinanceBeside:
    """For those who see what is paid; paying and telling of a payment for those who act."""
    access, card = request.access, request.card
    if not (seen := customers_seen("payments", access)):
        return FinanceBeside(links=())
    acts = bool(access.customers_with(PAYING))
    pays = acts and card.is_on(ONLINE) and which_have_rows([accounts_on.about()])[0]
    links = [(_("Payments"), reverse("payments:list"))]
    if acts and card.is_on(DECLARE):
        links.append((_("I have paid"), reverse("payments:declare")))
    credit: dict[str, Decimal] = {each.currency: each.amount for each in balances(access)}
    return FinanceBeside(
        links=links,
        pay_url=reverse("payments:pay") if pays else "",
        credit=credit,
        credit_url=reverse("payments:credit") if card.is_on(CREDIT) and access.whole(seen) else "",
    )


finance_parts.append(of_finance)
