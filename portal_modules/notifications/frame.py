"""The bell at the top of every page of somebody who is signed in."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from portal_modules.core.access import ActorKind, Level
from portal_modules.core.shell import frame_part

from .bell import how_many_unread


@frame_part("notifications")
def bell(request: Any) -> dict[str, Any]:
    """Where it leads, and how many are unread: one statement, when the frame asks."""
    access = request.access
    if access.actor != ActorKind.CONTACT or access.level < Level.REGISTERED:
        return {}
    return {
        "notifications_url": SimpleLazyObject(lambda: reverse("notifications:bell")),
        "notifications_count": SimpleLazyObject(lambda: how_many_unread(access, request.card)),
    }
