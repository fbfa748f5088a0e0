"""What customers take along: the list of their payments, and the receipt of one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal_modules.billing.actions import billing_day
from portal_modules.core.access import Level
from portal_modules.core.amounts import rounded
from portal_modules.core.proof import requires
from portal_modules.core.taking_along import AT_ONCE, FORMATS, MOST_ROWS, FileColumn, as_file, file_name

from ..filters import PaymentFilter
from ..models import Payment
from ..receipts import receipt_name, receipt_pdf
from ..switches import RECEIPTS


@requires(Level.REGISTERED)
@require_safe
def export(request: Any, kind: str) -> HttpResponseBase:
    """What the filters of the page leave, all pages of it."""
    if kind not in FORMATS:
        raise Http404
    mine = Payment.objects.visible_to(request.access)
    narrowed = PaymentFilter(request.GET, queryset=mine)
    back = f"{reverse('payments:list')}?{request.GET.urlencode()}"
    if not narrowed.is_valid():
        return HttpResponseRedirect(back)
    found = narrowed.qs.with_left().select_related("customer").order_by("-received_on", "-serial")
    if narrowed.qs.order_by().values("pk")[: MOST_ROWS + 1].count() > MOST_ROWS:
        words = _("A file holds at most %(most)s payments. Choose a shorter period.")
        messages.warning(request, words % {"most": number_format(MOST_ROWS, force_grouping=True)})
        return HttpResponseRedirect(back)
    name = file_name(_("Payments"), billing_day(request.company))
    return as_file(payment_columns(), found.iterator(chunk_size=AT_ONCE), kind, name)


def payment_columns() -> list[FileColumn]:
    """What a list of payments says of each."""
    return [
        FileColumn(_("Number"), lambda row: row.number),
        FileColumn(_("Customer"), lambda row: row.customer.name),
        FileColumn(_("Received on"), lambda row: row.received_on),
        FileColumn(_("Method"), lambda row: str(row.get_method_display())),
        FileColumn(_("Paid by"), lambda row: row.payer_name),
        FileColumn(_("Currency"), lambda row: row.currency),
        FileColumn(_("Amount"), lambda row: rounded(row.amount, row.currency)),
        FileColumn(_("Used for invoices"), lambda row: rounded(row.used, row.currency)),
        FileColumn(_("Refunded"), lambda row: rounded(row.given_back, row.currency)),
        FileColumn(_("Credit"), lambda row: rounded(row.left, row.currency)),
    ]


@requires(Level.REGISTERED)
@require_safe
def receipt(request: Any, pk: UUID) -> HttpResponse:
    """Its PDF."""
    if not request.card.is_on(RECEIPTS):
        raise Http404
    mine = Payment.objects.visible_to(request.access).select_related("customer")
    found = get_object_or_404(mine, pk=pk)
    answer = HttpResponse(receipt_pdf(found, request.card), content_type="application/pdf")
    answer.headers["Content-Disposition"] = (
        content_disposition_header(True, receipt_name(found)) or "attachment"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
