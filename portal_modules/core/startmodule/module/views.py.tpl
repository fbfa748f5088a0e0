"""The customer's pages: their ${plural}, and one of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.proof import requires

from .models import ${Record}

PAGE_SIZE = 20


@requires(Level.REGISTERED)
@require_safe
def ${record}_list(request: Any) -> HttpResponse:
    """What the customer has with the company, newest first."""
    mine = ${Record}.objects.visible_to(request.access).select_related("customer")
    try:
        page = Paginator(mine, PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    context = {"page": page, "rows": page.object_list, "names_customer": len(request.access.customer_ids) > 1}
    return render(request, "${name}/list.html", context)


@requires(Level.REGISTERED)
@require_safe
def ${record}_detail(request: Any, pk: UUID) -> HttpResponse:
    """One of them: where it stands, and its facts."""
    mine = ${Record}.objects.visible_to(request.access).select_related("customer")
    context = {
        "${record}": get_object_or_404(mine, pk=pk),
        "trail": [{"label": _("${Plural}"), "url": reverse("${name}:list")}],
        "names_customer": len(request.access.customer_ids) > 1,
    }
    return render(request, "${name}/detail.html", context)
