"""The papers of an invoice for staff, who see what the customer gets."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal_modules.core.rights import may

from ..handing_out import PDF, handed_out
from ..models import Invoice
from ..printing import invoice_pdf


@require_safe
def staff_paper(request: Any, pk: UUID) -> HttpResponse:
    """The PDF of an invoice in the browser, a draft's too; an agency keeps nothing back from staff."""
    if not may(request.user, "billing.view"):
        raise PermissionDenied
    rows = Invoice.objects.select_related("customer", "company", "bank_account")
    invoice = get_object_or_404(rows, pk=pk)
    name = _("Invoice %(number)s") % {"number": invoice.number_shown}
    return handed_out(invoice_pdf(invoice, request.card), PDF, f"{name}.pdf", is_shown=True)
