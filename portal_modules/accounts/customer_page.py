"""Who gets in, on the page of a customer and of one of their people."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal_modules.core.customer_page import Panel, QuickLink
from portal_modules.core.rights import may
from portal_modules.core.viewing import RIGHT as VIEW_AS
from portal_modules.customers.models import Contact

from . import access_lines, staff_codes, staff_sharing
from .access_log import lines_of
from .doors import BY_ACCESS_CODE, doors
from .entering import entries_of
from .models import ShareLink
from .shared_lines import lines_of as lines_of_links
from .staff_access import RIGHT

MOST = 50
MOST_LINES = 15


def panels(request: Any, customer: Any) -> list[Panel]:
    """The people, each with the switch."""
    people = Contact.objects.filter(customer=customer).select_related("customer").order_by("name", "pk")
    found = list(people[: MOST + 1])
    shown = [
        _panel(request, found[:MOST], _("People and access"), has_more=len(found) > MOST, customer=customer),
        *_done(request, customer),
    ]
    if may(request.user, staff_codes.RIGHT) and BY_ACCESS_CODE in doors.open_in(request.card):
        shown.append(_code_panel(request, customer))
    if may(request.user, "customers.view"):
        shown.append(_shared_panel(request, customer))
    return shown


def _shared_panel(request: Any, customer: Any) -> Panel:
    may_share = may(request.user, staff_sharing.RIGHT)
    links = ShareLink.objects.filter(customer=customer)[:MOST]
    context = {
        "lines": lines_of_links(links, timezone.now()),
        "may_share": may_share,
        "share_url": reverse("accounts_share_choose", args=[customer.pk]) if may_share else "",
    }
    body = render_to_string("accounts/staff/shared_panel.html", context, request)
    return Panel("shared", _("Shared links"), body, order=80)


def _code_panel(request: Any, customer: Any) -> Panel:
    code = staff_codes.current_code(customer)
    context = {
        "code": code,
        "is_good": code is not None and code.is_good(timezone.now()),
        "url": reverse("accounts_access_code", args=[customer.pk]),
    }
    body = render_to_string("accounts/staff/code_panel.html", context, request)
    return Panel("access-code", _("Access code"), body, order=11)


def _done(request: Any, customer: Any) -> list[Panel]:
    """Who did what about access, and when."""
    if not may(request.user, "customers.view"):
        return []
    body = render_to_string("accounts/staff/access_log.html", {"lines": lines_of(customer)}, request)
    seen = access_lines.lines_of(access_lines.of_customer(customer)[:MOST_LINES])
    came = render_to_string("accounts/staff/accesses.html", {"lines": seen}, request)
    return [
        Panel("people", _("What was done about access"), body, order=90),
        Panel("accesses", _("Who came, and who looked"), came, order=91),
    ]


def links(request: Any, customer: Any) -> list[QuickLink]:
    """Seeing what they see."""
    if not may(request.user, VIEW_AS):
        return []
    url = reverse("accounts_view_as", args=[customer.pk])
    return [QuickLink(_("See the portal as they do"), url, icon="view", order=90)]


def contact_panels(request: Any, contact: Any) -> list[Panel]:
    """The same for one of them."""
    return [_panel(request, [contact], _("Access"), has_more=False, customer=None)]


def _panel(request: Any, people: list[Contact], title: str, *, has_more: bool, customer: Any) -> Panel:
    context = {
        "entries": entries_of(people),
        "may_let_in": may(request.user, RIGHT),
        "has_more": has_more,
        "customer": customer,
        "next": f"{request.path}#access",
    }
    body = render_to_string("accounts/staff/people.html", context, request)
    return Panel("access", title, body, order=10)
