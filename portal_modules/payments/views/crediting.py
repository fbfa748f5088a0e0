"""The customer's credit: what it is made of, and using it for an invoice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal_modules.billing.models import Credit, Invoice
from portal_modules.core.access import Level
from portal_modules.core.exceptions import Refusal
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope

from ..actions import policy_in_scope, use_credit
from ..balances import balances
from ..choices import CreditUse
from ..models import Payment
from ..switches import CREDIT
from .declaring import ACTING
from .payments import finance_step

MOST = 100


@requires(Level.REGISTERED)
@require_safe
def credit(request: Any) -> HttpResponse:
    """The balances, the payments of which something is left, and the free credits."""
    if not request.card.is_on(CREDIT) or not (whole := request.access.whole(request.access.customer_ids)):
        raise Http404
    context = {
        "balances": balances(request.access),
        "payments": Payment.objects.visible_to(request.access)
        .as_credit()
        .with_something_left()
        .filter(customer_id__in=whole)
        .select_related("customer")[:MOST],
        "credits": Credit.objects.visible_to(request.access)
        .filter(invoice=None)
        .select_related("customer")[:MOST],
        "policy": policy_in_scope(),
        "names_customer": len(request.access.customer_ids) > 1,
        "trail": [finance_step(), {"label": _("Payments"), "url": reverse("payments:list")}],
    }
    return render(request, "payments/credit.html", context)


@requires(Level.REGISTERED)
@require_POST
def use(request: Any, pk: UUID) -> HttpResponse:
    """Pay an invoice with the credit, as far as it reaches."""
    mine = Invoice.objects.visible_to(request.access)
    invoice = get_object_or_404(mine, pk=pk)
    if not request.access.has_role(invoice.customer_id, *ACTING):
        raise PermissionDenied
    if invoice.customer_id in request.access.limited:
        raise Http404
    if not request.card.is_on(CREDIT) or policy_in_scope().credit_use == CreditUse.OFF:
        raise Http404
    try:
        with company_scope(request.company):
            use_credit(invoice, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your credit is used for this invoice."))
    return HttpResponseRedirect(invoice.record_url())
