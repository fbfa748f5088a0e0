"""Beginning and ending to look as a customer, and the two logs that tell of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from portal_modules.core.access import ActorKind, Level
from portal_modules.core.actions import log
from portal_modules.core.admin.verbs import log_as_wagtail_does
from portal_modules.core.models import Company
from portal_modules.core.proof import requires
from portal_modules.core.redirects import SeeOther
from portal_modules.core.rights import may
from portal_modules.core.scope import company_scope
from portal_modules.core.viewing import MINUTES, RIGHT, begin_viewing, end_viewing, viewing_in
from portal_modules.customers.models import Customer

from .actions import note_access
from .choices import AccessKind
from .origins import origin_of


@require_http_methods(["GET", "HEAD", "POST"])
def view_as(request: Any, pk: int) -> HttpResponse:
    """Say what it means, and then open the customer's portal."""
    if not may(request.user, RIGHT):
        raise PermissionDenied
    customer = get_object_or_404(Customer, pk=pk, archived_at=None)
    if request.method != "POST":
        return render(request, "accounts/staff/view_as.html", {"customer": customer, "minutes": MINUTES})
    company = request.company
    log("accounts.view_as", customer, by=request.user, minutes=MINUTES)
    log_as_wagtail_does(
        customer, "view-as", gettext_lazy("Looked at the portal as the customer"), request.user
    )
    note_access(
        company,
        AccessKind.VIEWED_AS,
        customer_id=customer.pk,
        actor=ActorKind.STAFF,
        actor_name=request.user.get_full_name(),
        origin=origin_of(request),
    )
    begin_viewing(request, company, customer.pk)
    return HttpResponseRedirect(_portal(request, company))


@requires(Level.ANONYMOUS)
@require_POST
def end(request: Any) -> HttpResponse:
    """Stop looking, and go back to the customer's page in the back office."""
    viewing = viewing_in(request.session)
    if viewing is None or viewing.company_id != request.company.pk:
        return SeeOther(reverse("my_home"))
    end_viewing(request.session)
    with company_scope(request.company):
        customer = Customer.objects.filter(pk=viewing.customer_id).first()
        if customer is not None and not viewing.is_over:
            note_access(
                request.company,
                AccessKind.VIEW_ENDED,
                customer_id=customer.pk,
                actor=ActorKind.STAFF,
                origin=origin_of(request),
            )
    messages.success(request, _("You are back: what you see is your own again."))
    # The back office stands beside the companies' pages, never below one.
    return SeeOther(f"/admin/customers/customer/inspect/{viewing.customer_id}/")


def _portal(request: Any, company: Company) -> str:
    """The customer's home, on the host that the back office is open on: the session is there."""
    language = request.user.language or company.language
    if language not in company.languages:
        language = company.language
    prefix = "" if request.host_company else company.path_prefix
    return f"{prefix}/{language}/my/"
