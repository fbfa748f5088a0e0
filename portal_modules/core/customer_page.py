"""The back office's page of one customer, put together from what each module has to say.

A module's part is a file `customer_page` beside its manifest (`core/rooms.py`); each function may be left out:

    def panels(request, customer) -> list[Panel]: ...  # what there is of this customer
    def links(request, customer) -> list[QuickLink]: ...  # what can be begun for them
    def contact_panels(request, contact) -> list[Panel]: ...  # the same for one person of theirs

A panel asks the rights of whoever looks by itself, and returns nothing to whoever may not see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from portal_modules.core.presence import impatience
from portal_modules.core.rooms import said

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page: its heading, and HTML that is safe. `name` is its anchor."""

    name: str
    title: Text
    body: SafeString
    order: int = 100
    count: int | None = None
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class QuickLink:
    """Something to begin for this customer, on a page of its own."""

    label: Text
    url: str
    icon: str = "plus"
    order: int = 100


def panels_of(request: Any, customer: Any) -> list[Panel]:
    """All that there is of a customer, in its order."""
    with impatience():
        found: list[Panel] = said(request, "customer_page", "panels", customer)
    return sorted(found, key=lambda panel: panel.order)


def contact_panels_of(request: Any, contact: Any) -> list[Panel]:
    """All that there is of one person of a customer, in its order."""
    with impatience():
        found: list[Panel] = said(request, "customer_page", "contact_panels", contact)
    return sorted(found, key=lambda panel: panel.order)


def links_of(request: Any, customer: Any) -> list[QuickLink]:
    """What can be begun for a customer, in its order."""
    found: list[QuickLink] = said(request, "customer_page", "links", customer)
    return sorted(found, key=lambda link: link.order)
