"""Companies whose doors are open, and customers with a number."""

from __future__ import annotations

from typing import Final

from portal_modules.core.actions import change_settings
from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer

# Numbers that are well formed; nobody has the last two.
ALICES: Final = "599142707"
CHARLIES: Final = "507861159"
NOBODYS: Final = "516410075"
NOBODYS_TOO: Final = "501964843"


def open_doors(company: Company, *names: str) -> None:
    """The company lets its customers in by these, the first one first."""
    with company_scope(company):
        change_settings(company, {"accounts.doors": list(names)}, by=None)


def give_tax_id(company: Company, customer: Customer, tax_id: str) -> None:
    """The number that the customer types at a door."""
    with company_scope(company):
        Customer.objects.filter(pk=customer.pk).update(tax_id=tax_id)
