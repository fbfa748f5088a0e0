"""Who came with one's login, and who looked at what is one's own."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.doors import as_portal
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope

from ..access_lines import keeps_days, lines_of, mine

PAGE_SIZE = 25


@requires(Level.REGISTERED)
@require_safe
@as_portal
def access_log(request: Any) -> HttpResponse:
    """The lines, newest first."""
    with company_scope(request.company):
        page = Paginator(mine(request.access), PAGE_SIZE).get_page(request.GET.get("page"))
        context = {"page": page, "lines": lines_of(page.object_list), "days": keeps_days()}
    return render(request, "accounts/access_log.html", context)
