"""Invitations in the back office: what became of each."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal_modules.core.presence import how_many
from portal_modules.core.rights import may

from .choices import InvitationState
from .models import Invitation, InvitationWave
from .staff_access import RIGHT

PAGE = 50


def needs_right(request: Any) -> None:
    """Refuse whoever lets nobody in."""
    if not may(request.user, RIGHT):
        raise PermissionDenied


@require_safe
def invitations(request: Any) -> HttpResponse:
    """All invitations of customers' people, and the waves."""
    needs_right(request)
    waves = InvitationWave.objects.select_related("asked_by")[:PAGE]
    return invitation_list(request, Invitation.objects.for_contacts(), {"waves": waves, "wave": None})


def invitation_list(request: Any, rows: QuerySet[Any], more: dict[str, Any]) -> HttpResponse:
    """Those of a state, or all, with how many there are of each."""
    asked = request.GET.get("state", "")
    state = InvitationState(asked) if asked in InvitationState.values else None
    numbers = how_many([rows.in_state(each) for each in InvitationState])  # type: ignore[attr-defined]
    shown = rows.in_state(state) if state else rows  # type: ignore[attr-defined]
    shown = shown.select_related("contact__customer", "message").order_by(
        "sent_at" if state == InvitationState.BOUNCED else "-sent_at", "pk"
    )
    page = Paginator(shown, PAGE).get_page(request.GET.get("p"))
    now = timezone.now()
    context = {
        "states": list(zip(InvitationState, numbers, strict=True)),
        "total": sum(numbers),
        "state": state,
        "page": page,
        "rows": [(each, each.state(now)) for each in page],
        **more,
    }
    return render(request, "accounts/staff/invitations.html", context)
