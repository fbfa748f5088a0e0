"""One invoice of a customer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.proof import requires

from ..models import Invoice


@requires(Level.REGISTERED)
@require_safe
def invoice(request: Any, pk: UUID) -> HttpResponse:
    """What it claims, line by line."""
    mine = Invoice.objects.visible_to(request.access).select_related("customer", "company")
    found = get_object_or_404(mine, pk=pk)
    context = {
        "invoice": found,
        "lines": found.lines.all(),
        "trail": [{"label": _("Finance"), "url": reverse("billing:finance")}],
        "names_customer": len(request.access.customer_ids) > 1,
    }
    return render(request, "billing/invoice.html", context)
