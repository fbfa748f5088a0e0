"""The customer's list of invoices as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.proof import requires

from ..days import billing_day
from ..filters import InvoiceFilter
from ..switches import EXPORTS
from ..taking_along import AT_ONCE, FORMATS, MOST_ROWS, as_file, file_name, invoice_columns


@requires(Level.REGISTERED)
@require_safe
def export(request: Any, kind: str) -> HttpResponseBase:
    """What the filters of the page leave, all pages of it."""
    if kind not in FORMATS or not request.card.is_on(EXPORTS):
        raise Http404
    today = billing_day(request.company)
    narrowed = InvoiceFilter(request.GET, access=request.access, on=today)
    back = f"{reverse('billing:finance')}?{request.GET.urlencode()}"
    if not narrowed.is_valid():
        return HttpResponseRedirect(back)
    found = narrowed.qs.order_by(*narrowed.order)
    if found.order_by().values("pk")[: MOST_ROWS + 1].count() > MOST_ROWS:
        words = _("A file holds at most %(most)s invoices. Choose a shorter period.")
        messages.warning(request, words % {"most": number_format(MOST_ROWS, force_grouping=True)})
        return HttpResponseRedirect(back)
    names_customer = len(request.access.customer_ids) > 1
    if names_customer:
        found = found.select_related("customer")
    columns = invoice_columns(today, names_customer=names_customer)
    rows = found.iterator(chunk_size=AT_ONCE)
    return as_file(columns, rows, kind, file_name(_("Invoices"), today))
