"""People who said that their address is missing, as the staff answer them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from portal_modules.core.admin.verbs import log_as_wagtail_does
from portal_modules.core.exceptions import Refusal
from portal_modules.core.rights import may
from portal_modules.core.tax_ids import format_tax_id
from portal_modules.customers.choices import CustomerRole

from .actions import accept_request, decline_request
from .models import AccessRequest
from .staff_access import RIGHT

PAGE = 50


@require_http_methods(["GET", "HEAD"])
def requests(request: Any) -> HttpResponse:
    """Those that are the staff's to answer, the oldest first; those that still wait for an owner; and answered ones."""
    if not may(request.user, RIGHT):
        raise PermissionDenied
    rows = AccessRequest.objects.select_related("customer", "decided_by")
    mine = rows.for_staff().order_by("asked_at", "pk")
    waiting = rows.open().exclude(pk__in=mine.values("pk")).order_by("asked_at", "pk")
    context = {
        "page": Paginator(mine, PAGE).get_page(request.GET.get("p")),
        "waiting": _shown(waiting[:PAGE]),
        "answered": _shown(rows.exclude(pk__in=rows.open().values("pk")).order_by("-decided_at", "pk")[:20]),
        "roles": CustomerRole.choices,
    }
    context["rows"] = _shown(context["page"])
    return render(request, "accounts/staff/requests.html", context)


def _shown(rows: Any) -> list[tuple[AccessRequest, str]]:
    return [(row, format_tax_id(row.country, row.tax_id)) for row in rows]


@require_POST
def answer(request: Any, pk: UUID, verb: str) -> HttpResponse:
    """Make the person a contact and invite them, or decline."""
    if not may(request.user, RIGHT):
        raise PermissionDenied
    found = get_object_or_404(AccessRequest.objects.all(), pk=pk)
    role = request.POST.get("role", "")
    try:
        if verb == "accept":
            contact = accept_request(found, role=role if role in CustomerRole.values else "", by=request.user)
            log_as_wagtail_does(contact, "let-in", gettext_lazy("Let in"), request.user)
            messages.success(
                request,
                _("%(name)s is a contact now, and an invitation is on its way to %(address)s.")
                % {"name": contact.name, "address": contact.email},
            )
        elif verb == "decline":
            decline_request(found, by=request.user)
            messages.success(request, _("Declined. Nobody was told."))
        else:
            raise Http404
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts_requests")
