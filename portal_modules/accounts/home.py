"""What an owner's home page says of who has access."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.home import HomeCard

from .colleagues import OWNERS, current_members


def cards(request: Any) -> list[HomeCard]:
    """The way to the team, for its owners."""
    owned = request.access.customers_with(OWNERS)
    if not owned:
        return []
    return [
        HomeCard(
            label=_("People with access"),
            url=reverse("accounts:my_team"),
            icon="users",
            rows=current_members().filter(customer__in=owned),
            order=95,
        )
    ]
