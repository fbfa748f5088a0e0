"""What a list of invoices says when it is taken along as a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal_modules.core.amounts import rounded
from portal_modules.core.taking_along import (
    AT_ONCE,
    FORMATS,
    MOST_ROWS,
    FileColumn,
    as_file,
    file_name,
)

from .models import Invoice

__all__ = ["AT_ONCE", "FORMATS", "MOST_ROWS", "FileColumn", "as_file", "file_name", "invoice_columns"]


def invoice_columns(on: date, *, names_customer: bool) -> list[FileColumn]:
    """What a list of invoices says of each. `on` is the day that states are of."""
    customer = [FileColumn(_("Customer"), lambda row: row.customer.name)] if names_customer else []
    return [
        FileColumn(_("Invoice"), lambda row: row.number_shown),
        *customer,
        FileColumn(_("Issued to"), lambda row: row.name_as_issued),
        FileColumn(_("Tax id"), lambda row: row.tax_id_shown),
        FileColumn(_("Period from"), lambda row: row.period_from),
        FileColumn(_("Period until"), lambda row: row.period_to),
        FileColumn(_("Issued on"), lambda row: row.issued_on),
        FileColumn(_("Due on"), lambda row: row.due_on),
        FileColumn(_("What for"), lambda row: row.reference),
        FileColumn(_("Your purchase order"), lambda row: row.purchase_order),
        FileColumn(_("State"), lambda row: str(row.standing(on).label)),
        FileColumn(_("Currency"), lambda row: row.currency),
        FileColumn(_("Subtotal"), _amount("subtotal")),
        FileColumn(_("Taxes"), _amount("tax_total")),
        FileColumn(_("Withheld"), _amount("withheld_total")),
        FileColumn(_("Amount"), _amount("total")),
        FileColumn(
            pgettext("sum", "Paid"), lambda row: rounded(row.paid_total + row.credited_total, row.currency)
        ),
        FileColumn(pgettext("sum", "Open"), lambda row: rounded(row.open_now, row.currency)),
    ]


def _amount(name: str) -> Callable[[Invoice], Any]:
    return lambda row: rounded(getattr(row, name), row.currency)
