"""One list over a company and its sisters."""

from __future__ import annotations

from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.proof import requires

from ..everywhere import rows_everywhere

PAGE_SIZE = 20


@requires(Level.REGISTERED)
@require_safe
def everywhere(request: Any) -> HttpResponse:
    """What one has with the company and with its sisters, newest first; not there for who has nothing at a sister."""
    rows = rows_everywhere(request)
    if rows is None:
        raise Http404
    try:
        page = Paginator(rows, PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    return render(request, "accounts/team/everywhere.html", {"page": page, "query": ""})
