"""What the search box of the back office finds of payments: by our number, or by the provider's name of the money."""

from __future__ import annotations

import re
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.finding import MOST, Found
from portal_modules.core.rights import may

from .models import DeclaredPayment, Payment

_NUMBER: Final = re.compile(r"([PD])[- ]?0*([0-9]{1,15})\Z", re.IGNORECASE)
_CHARGE: Final = re.compile(r"[A-Za-z]+_[A-Za-z0-9_-]{6,200}\Z")


def find(request: Any, text: str) -> list[Found]:
    """“P-12”, “p 000012”, “D-3”; “pi_3Nq…”."""
    if not may(request.user, "payments.view"):
        return []
    if number := _NUMBER.match(text):
        rows = {"P": Payment, "D": DeclaredPayment}[number[1].upper()].objects.filter(serial=int(number[2]))
    elif _CHARGE.match(text):
        rows = Payment.objects.filter(provider_charge=text)
    else:
        return []
    return [_found(row) for row in rows.select_related("customer")[:MOST]]


def _found(row: Payment | DeclaredPayment) -> Found:
    is_payment = isinstance(row, Payment)
    page = (
        "payments_payment_modeladmin_inspect" if is_payment else "payments_declaredpayment_modeladmin_inspect"
    )
    return Found(
        title=f"{row.number} · {row.amount_shown}",
        url=reverse(page, args=[row.pk]),
        kind=_("Payment") if is_payment else _("Declared payment"),
        detail=row.customer.name,
        icon="tick-inverse" if is_payment else "upload",
        is_it=True,
    )
