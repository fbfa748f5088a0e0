"""Who has to wait at a door, as staff see it, and lift it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal_modules.core.exceptions import Refusal
from portal_modules.core.rights import may
from portal_modules.customers.models import Contact

from .actions import lift_wait
from .models import DoorWait
from .staff_access import RIGHT

MOST = 200


@require_http_methods(["GET", "HEAD"])
def waiting(request: Any) -> HttpResponse:
    """Those who have to wait now, with the contact that has the address, where one has."""
    if not may(request.user, RIGHT):
        raise PermissionDenied
    rows = list(DoorWait.objects.waiting()[:MOST])
    cards = Contact.objects.filter(email__in=[row.who for row in rows]).exclude(email="")
    known = {card.email: card for card in cards.select_related("customer")}
    context = {"rows": [(row, known.get(row.who)) for row in rows]}
    return render(request, "accounts/staff/waiting.html", context)


@require_POST
def lift(request: Any, pk: int) -> HttpResponse:
    """Let somebody try again."""
    if not may(request.user, RIGHT):
        raise PermissionDenied
    row = get_object_or_404(DoorWait.objects.filter(pk=pk))
    try:
        lift_wait(row, by=request.user)
        messages.success(request, _("%(who)s may try again now.") % {"who": row.who})
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts_waiting")
