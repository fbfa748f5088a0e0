"""The ${plural} of the demo world."""

from __future__ import annotations

from datetime import date, timedelta

from portal_modules.core.models import Company
from portal_modules.customers.models import Customer

from .actions import close_${record}, open_${record}
from .models import ${Record}

# What each is about, and how many days ago it was opened.
_ROWS = (("First of three", 40), ("Second of three", 12), ("Third of three", 3))


def fill(company: Company, *, on: date) -> None:
    """Three for the company's first customer, the oldest closed. A second call adds nothing.

    The company's staff scope has to be in force.
    """
    customer = Customer.objects.active().order_by("pk").first()
    if customer is None or ${Record}.objects.filter(company=company).exists():
        return
    opened = [
        open_${record}(customer, by=None, title=title, opened_on=on - timedelta(days=days))
        for title, days in _ROWS
    ]
    close_${record}(opened[0], by=None)
