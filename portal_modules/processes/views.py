"""The customer's pages: their businesses, and one of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.proof import requires

from .filters import ProcessFilter
from .models import Notice, Process
from .numbers import number_shown
from .way import way_of

PAGE_SIZE = 20
_NOTICES = 100


@requires(Level.REGISTERED)
@require_safe
def process_list(request: Any) -> HttpResponse:
    """What the customer has with the company, newest first."""
    mine = Process.objects.visible_to(request.access).select_related("kind", "phase", "customer")
    narrowed = ProcessFilter(request.GET, queryset=mine)
    if not narrowed.is_valid():
        return render(request, "processes/list.html", {"form": narrowed.form, "page": None}, status=422)
    try:
        page = Paginator(narrowed.qs, PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    query = request.GET.copy()
    query.pop("page", None)
    rows = [{"process": process, "number": number_shown(process.lookup_number)} for process in page]
    context = {
        "form": narrowed.form,
        "page": page,
        "rows": rows,
        "query": f"{query.urlencode()}&" if query else "",
        "is_narrowed": any(narrowed.form.cleaned_data.values()),
        "names_customer": len(request.access.customer_ids) > 1,
    }
    return render(request, "processes/list.html", context)


@requires(Level.REGISTERED)
@require_safe
def process_detail(request: Any, pk: UUID) -> HttpResponse:
    """One business: where it stands, what comes next, its facts and notices."""
    mine = Process.objects.visible_to(request.access).select_related("kind", "phase", "customer")
    process = get_object_or_404(mine, pk=pk)
    notices = Notice.objects.visible_to(request.access).published().filter(process=process)
    context = {
        "process": process,
        "number": number_shown(process.lookup_number),
        "way": way_of(process, timezone.localdate()),
        "trail": [{"label": _("My business"), "url": reverse("processes:list")}],
        "notices": notices.values("title", "body", "published_at")[:_NOTICES],
        "names_customer": len(request.access.customer_ids) > 1,
    }
    return render(request, "processes/detail.html", context)
