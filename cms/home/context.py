"""What a home page shows besides its own texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from cms.home.models import HomePage


def home_context(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """The latest news, and the two boxes."""
    return {}
