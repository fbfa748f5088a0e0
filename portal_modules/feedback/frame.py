"""The box at the bottom right: for whoever came in by a number or by a login, never before."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from portal_modules.core.access import ActorKind, Level
from portal_modules.core.shell import frame_part

from .answered import has_answered
from .choices import Mark

FUNCTION = "feedback.box"


@frame_part("feedback")
def opinion_box(request: Any) -> dict[str, Any]:
    """It costs no statement: who is looking and what they answered is known by now."""
    access = request.access
    came_in = access.is_lookup or (access.actor == ActorKind.CONTACT and access.level >= Level.REGISTERED)
    if not came_in or not request.card.is_on(FUNCTION) or has_answered(request):
        return {}
    address = reverse("feedback:give")
    if request.path == address:
        return {}
    return {
        "corner": {
            "template": "feedback/box.html",
            "url": address,
            "page": request.get_full_path(),
            "marks": Mark.choices,
        }
    }
