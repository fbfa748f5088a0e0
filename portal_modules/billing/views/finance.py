"""The customer's finance page: what they were billed, newest first."""

from __future__ import annotations

from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.proof import requires

from ..models import Invoice

PAGE_SIZE = 20


@requires(Level.REGISTERED)
@require_safe
def finance(request: Any) -> HttpResponse:
    """The invoices, newest first."""
    mine = Invoice.objects.visible_to(request.access).select_related("customer", "company")
    try:
        page = Paginator(mine, PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    context = {"page": page, "rows": page.object_list, "names_customer": len(request.access.customer_ids) > 1}
    return render(request, "billing/finance.html", context)
