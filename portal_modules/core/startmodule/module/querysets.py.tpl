"""What of the ${plural} is visible to whom, and how they are told apart."""

from __future__ import annotations

from typing import Self

from portal_modules.customers.querysets import CustomerOwnedQuerySet

from .choices import OPEN_STATES


class ${Record}QuerySet(CustomerOwnedQuerySet):
    """${Plural} of a company; `visible_to(access)` is inherited."""

    def open(self) -> Self:
        """Those that the office is at work on."""
        return self.filter(state__in=OPEN_STATES)
