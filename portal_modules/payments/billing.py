"""What payments add to the customer's finance page: the ways to pay, what was paid, and what is left as credit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.beside import FinanceBeside, finance_parts
from portal_modules.core.compiled import compiled
from portal_modules.core.sections import customers_seen

from .balances import balances
from .models import PaymentProvider
from .switches import CREDIT, DECLARE, ONLINE
from .views.paying import PAYING


def of_finance(request: Any) -> FinanceBeside:
    """For those who see what is paid; paying and telling of a payment for those who act."""
    access, card = request.access, request.card
    if not customers_seen("payments", access):
        return FinanceBeside(links=())
    acts = bool(access.customers_with(PAYING))
    links = [(_("Payments"), reverse("payments:list"))]
    if acts and card.is_on(DECLARE):
        links.append((_("I have paid"), reverse("payments:declare")))
    credit: dict[str, Decimal] = {each.currency: each.amount for each in balances(access)}
    return FinanceBeside(
        links=links,
        pay_url=reverse("payments:pay") if acts and card.is_on(ONLINE) and _accounts() else "",
        credit=credit,
        credit_url=reverse("payments:credit") if card.is_on(CREDIT) else "",
    )


finance_parts.append(of_finance)


@compiled
def _accounts() -> QuerySet[Any, Any]:
    return PaymentProvider.objects.filter(is_on=True).order_by().values("kind")
