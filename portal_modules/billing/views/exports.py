"""The customer's invoices as files: the list as a table, and the papers of those chosen as one ZIP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.admin.exports import as_here
from portal_modules.core.proof import requires

from ..bundling import MOST, NEEDED, bundle
from ..days import billing_day
from ..filters import InvoiceFilter
from ..models import Invoice
from ..noticing import note_download
from ..owing import policy_in_scope
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


@requires(Level.REGISTERED)
@require_safe
def papers(request: Any) -> HttpResponseBase:
    """The papers of the invoices that were chosen, as one ZIP."""
    if not request.card.is_on(EXPORTS):
        raise Http404
    chosen = _chosen(request)
    mine = Invoice.objects.visible_to(request.access).filter(pk__in=chosen[: MOST + 1])
    found = list(mine.select_related("customer", "company", "bank_account").prefetch_related(*NEEDED))
    if len(found) != len(chosen[: MOST + 1]):
        raise Http404
    if not 1 <= len(found) <= MOST:
        words = _("Choose at least one invoice.") if not found else _("Choose at most %(most)s invoices.")
        messages.warning(request, words % {"most": MOST})
        return HttpResponseRedirect(reverse("billing:finance"))
    today = billing_day(request.company)
    note_download(request, *found)
    parts = as_here(bundle(found, request.card, policy_in_scope(), today))
    answer = StreamingHttpResponse(parts, content_type="application/zip")
    name = file_name(_("Invoices"), today)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _chosen(request: Any) -> list[UUID]:
    """What was ticked; something that is no invoice's id is not found."""
    try:
        return list(dict.fromkeys(UUID(text) for text in request.GET.getlist("invoice")))
    except ValueError:
        raise Http404 from None
