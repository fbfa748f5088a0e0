"""The page behind the search box of the back office."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal_modules.core.finding import LONGEST, find_everywhere, the_one


@require_safe
def find(request: Any) -> HttpResponse:
    """What was found; the page itself where only one thing can be meant."""
    if request.company is None:
        raise PermissionDenied
    typed = request.GET.get("q", "")[: LONGEST * 2].strip()
    found = find_everywhere(request, typed)
    one = the_one(found)
    if one is not None:
        return HttpResponseRedirect(one.url)
    context = {"typed": typed, "found": found}
    return render(request, "core/admin/find.html", context)
