"""The ${plural} of the demo world."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from portal_modules.core.choices import StaffRole
from portal_modules.core.demo import DemoWorld, Shown, staff_address
from portal_modules.core.models import Company
from portal_modules.customers.models import Customer

from .actions import close_${record}, open_${record}

# What each is about, and how many days ago it was opened.
_ROWS = (("First of three", 40), ("Second of three", 12), ("Third of three", 3))


def load(company: Company, world: DemoWorld, rng: Random) -> None:
    """Three for the company's first customer, the oldest of them closed."""
    customer = Customer.objects.active().order_by("pk").first()
    if customer is None:
        return
    staff = world.working_as(StaffRole.OPERATOR, StaffRole.MANAGER)
    opened = [
        open_${record}(customer, by=staff, title=title, opened_on=world.today - timedelta(days=days))
        for title, days in _ROWS
    ]
    close_${record}(opened[0], by=staff)


def show(company: Company, world: DemoWorld, shown: Shown) -> None:
    """The register."""
    shown.urls["register_${name}"] = staff_address("${name}_${model}_modeladmin_index")
