"""My e-mail is not registered: asked at a door, answered by the customer's owner."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal_modules.core.access import Level
from portal_modules.core.doors import as_portal
from portal_modules.core.errors import too_many
from portal_modules.core.exceptions import Refusal
from portal_modules.core.identity import throttle_identity
from portal_modules.core.proof import requires
from portal_modules.core.redirects import SeeOther
from portal_modules.core.scope import company_scope
from portal_modules.core.throttle import client_address

from ..actions import accept_request, ask_for_access, decline_request
from ..doors import AUTHENTICATING, BY_TAX_ID_ONLY, through
from ..forms.requests import MissingForm
from ..help_channels import whom_to_ask
from ..models import AccessRequest
from ..tax_ids import customer_of
from ..throttles import MISSING_ADDRESS, MISSING_COMPANY, MISSING_WHO, first_wait


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@through(*AUTHENTICATING, BY_TAX_ID_ONLY)
def missing(request: Any) -> HttpResponse:
    """Who somebody is whose address is missing. Always the same answer."""
    sent = request.POST if request.method == "POST" else None
    form = MissingForm(sent, country=request.company.country)
    if sent is None or not form.is_valid():
        context = {"form": form, "help_channels": whom_to_ask(request)}
        return render(request, "accounts/missing.html", context, status=422 if form.is_bound else 200)
    data, where = form.cleaned_data, client_address(request)
    limits = (
        (MISSING_ADDRESS, (where,)),
        (MISSING_WHO, (request.company.pk, data["tax_id"].identity)),
        (MISSING_WHO, (request.company.pk, throttle_identity(data["email"]))),
        (MISSING_COMPANY, (request.company.pk,)),
    )
    if seconds := first_wait(*limits):
        return too_many(request, seconds=seconds)
    with company_scope(request.company):
        customer = customer_of(data["tax_id"])
        country, tax_id = data["tax_id"].readings[0]
        ask_for_access(
            request.company,
            customer,
            country=country,
            tax_id=tax_id,
            language=request.public_language,
            name=data["name"],
            email=data["email"],
            phone=data["phone"],
        )
    return SeeOther(reverse("accounts:missing_sent"))


@requires(Level.ANONYMOUS)
@require_safe
@through(*AUTHENTICATING, BY_TAX_ID_ONLY)
def missing_sent(request: Any) -> HttpResponse:
    """What happens next."""
    return render(request, "accounts/missing_sent.html", {"help_channels": whom_to_ask(request)})


@requires(Level.PASSWORD)
@require_safe
def requests(request: Any) -> HttpResponse:
    """Who asks for access to the customers that somebody owns."""
    rows = AccessRequest.objects.visible_to(request.access).open().select_related("customer")
    return render(request, "accounts/requests.html", {"requests": list(rows[:100])})


@requires(Level.PASSWORD)
@require_POST
@as_portal
def answer(request: Any, uuid: UUID, verb: str) -> HttpResponse:
    """Invite the person, or decline."""
    if verb not in {"accept", "decline"}:
        raise Http404
    with company_scope(request.company):
        rows = AccessRequest.objects.visible_to(request.access)
        found = get_object_or_404(rows, pk=uuid)
        try:
            if verb == "accept":
                accept_request(found, by=request.user)
                messages.success(
                    request, _("%(name)s is invited: a mail is on its way.") % {"name": found.name}
                )
            else:
                decline_request(found, by=request.user)
                messages.success(request, _("Declined. Nobody was told."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return SeeOther(reverse("accounts:requests"))
