"""Error pages that need nothing: no query, no company, no session."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def _page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    response = HttpResponse(render_to_string(f"errors/{status}.html", context), status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read."""
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: it is there, and not for you to do."""
    return _page(request, 403)


def only_looking(request: HttpRequest) -> HttpResponse:
    """403: staff who look as a customer change nothing, and do not see one's own login."""
    return _page(
        request, 403, sentence=_("You are looking as the customer: nothing can be sent or changed here.")
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was old, or came from another site."""
    return _page(
        request, 403, sentence=_("This form has expired. Go back, load the page again and send it once more.")
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here that you could see."""
    return _page(request, 404)


def too_many(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """429: too many attempts; says when there may be another."""
    response = _page(request, 429, seconds=seconds)
    response.headers["Retry-After"] = str(max(1, seconds))
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return _page(request, 500)
