"""My e-mail is not registered: asked at a door, answered by the customer's owner."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal_modules.core.access import Level
from portal_modules.core.errors import too_many
from portal_modules.core.exceptions import Refusal
from portal_modules.core.identity import throttle_identity
from portal_modules.core.proof import requires
from portal_modules.core.redirects import SeeOther
from portal_modules.core.scope import company_scope
from portal_modules.core.throttle import client_address

from ..actions import ask_for_access, decline_request, let_request_in
from ..colleagues import sites_of
from ..doors import AUTHENTICATING, BY_TAX_ID_ONLY, through
from ..forms.colleagues import GrantForm
from ..forms.requests import MissingForm
from ..fresh import typed_fields, with_fresh_proof
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
        MISSING_ADDRESS.counting(where),
        MISSING_WHO.counting(request.company.pk, data["tax_id"].identity),
        MISSING_WHO.counting(request.company.pk, throttle_identity(data["email"])),
        MISSING_COMPANY.counting(request.company.pk),
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
@require_http_methods(["GET", "HEAD", "POST"])
@with_fresh_proof
def let_in(request: Any, uuid: UUID) -> HttpResponse:
    """Say what the person may do, and invite them, as any colleague."""
    found = _asked(request, uuid)
    form = GrantForm(
        request.POST if request.method == "POST" else None,
        sites=sites_of(found.customer),
        initial=typed_fields(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            with company_scope(request.company):
                let_request_in(found, grant=form.grant(), by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("%(name)s is invited: a mail is on its way.") % {"name": found.name}
            messages.success(request, said)
            return SeeOther(reverse("accounts:requests"))
    context = {
        "form": form,
        "asked": found,
        "customer": found.customer,
        "trail": [{"label": _("Requests for access"), "url": reverse("accounts:requests")}],
    }
    return render(request, "accounts/team/request.html", context, status=422 if form.errors else 200)


@requires(Level.PASSWORD)
@require_POST
def decline(request: Any, uuid: UUID) -> HttpResponse:
    """Nobody is let in by it, and nobody told."""
    found = _asked(request, uuid)
    try:
        with company_scope(request.company):
            decline_request(found, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Declined. Nobody was told."))
    return SeeOther(reverse("accounts:requests"))


def _asked(request: Any, pk: UUID) -> Any:
    """A request that waits for whoever is looking, as an owner of its customer."""
    rows = AccessRequest.objects.visible_to(request.access).open().select_related("customer")
    return get_object_or_404(rows, pk=pk)
