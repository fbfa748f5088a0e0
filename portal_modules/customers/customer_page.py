"""The places of a customer, on its page: an access and a matter can be limited to them."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from portal_modules.core.customer_page import Panel
from portal_modules.core.rights import may

from .models import BuildingSite


def panels(request: Any, customer: Any) -> list[Panel]:
    """Those where something is done; nothing where there is none."""
    if not may(request.user, "customers.view"):
        return []
    sites = list(BuildingSite.objects.active().filter(customer=customer)[:50])
    if not sites:
        return []
    body = render_to_string("customers/staff/sites.html", {"sites": sites}, request)
    return [Panel("sites", _("Sites"), body, order=80, count=len(sites))]
