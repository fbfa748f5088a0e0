"""Company and customer of rows whose composite key holds both: a key of each alone would only ask the same again.

An import of a hundred thousand invoices asks for each key of each row.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal_modules.core.models.owned import CurrentCompany
from portal_modules.customers.models import Customer, RecordChild


def held_company() -> Any:
    """As `CompanyOwned.company`, held by the key of the customer or of the invoice."""
    return models.ForeignKey(
        "core.Company",
        on_delete=models.PROTECT,
        db_constraint=False,
        db_default=CurrentCompany(),
        editable=False,
        related_name="+",
    )


def held_customer(**more: Any) -> Any:
    """The customer, held by a key that names its company too."""
    return models.ForeignKey(
        Customer, on_delete=models.PROTECT, db_constraint=False, verbose_name=_("customer"), **more
    )


def held_invoice(related_name: str) -> Any:
    """The invoice, held by a key that names its customer and its company too."""
    return models.ForeignKey(
        "billing.Invoice", on_delete=models.CASCADE, db_constraint=False, related_name=related_name
    )


class HeldChild(RecordChild):
    """A child of an invoice, or a row about a customer, that has such a key."""

    company = held_company()
    customer = held_customer(editable=False, related_name="+")

    class Meta:
        abstract = True
