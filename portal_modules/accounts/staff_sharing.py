"""Share links in the back office: what of a customer's is shown to whom, shared by staff, too, and taken back."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from portal_modules.core.admin.verbs import log_as_wagtail_does
from portal_modules.core.errors import too_many
from portal_modules.core.exceptions import Refusal
from portal_modules.core.parts import can_be_shared, parts_of
from portal_modules.core.records import records
from portal_modules.core.rights import may, record_for_staff
from portal_modules.customers.models import Customer

from .actions import revoke_shared, share_record
from .forms.sharing import ShareForm
from .models import ShareLink
from .origins import origin_of
from .throttles import SHARES

RIGHT: Final = "accounts.share"
# Of each kind of record as many are offered, the newest first.
MOST_RECORDS: Final = 25


@require_http_methods(["GET", "HEAD"])
def choose_record(request: Any, pk: int) -> HttpResponse:
    """Which of a customer's records is to be shown to somebody."""
    _refuse_others(request)
    customer = get_object_or_404(Customer, pk=pk, archived_at=None)
    kinds = []
    for record in records:
        label = record._meta.app_label
        shows = label in request.card.modules and can_be_shared(record.record_type())
        if shows and may(request.user, f"{label}.view"):
            rows = record.objects.filter(customer=customer).order_by("-pk")[:MOST_RECORDS]
            if found := [(row, _share_url(record.record_type(), row.pk)) for row in rows]:
                kinds.append((record._meta.verbose_name_plural, found))
    return render(request, "accounts/staff/share_choose.html", {"customer": customer, "kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: Any, record_type: str, pk: UUID) -> HttpResponse:
    """Show one record to somebody, in the company's name."""
    _refuse_others(request)
    found = record_for_staff(record_type, pk, request.user)
    offered = parts_of(record_type, request.card.modules) if found else []
    if found is None or not offered:
        raise Http404
    record = type(found).objects.select_related("customer", "company").get(pk=found.pk)
    form = ShareForm(
        request.POST if request.method == "POST" else None,
        offered=offered,
        languages=list(request.company.languages),
        language=record.customer.language or request.company.language,
    )
    if request.method == "POST" and form.is_valid():
        if SHARES.hit(record.customer_id) > SHARES.attempts:
            return too_many(request, seconds=max(1, SHARES.wait(record.customer_id)))
        try:
            share_record(
                record, **form.what(), by=request.user, access=request.access, origin=origin_of(request)
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            log_as_wagtail_does(record.customer, "share", gettext_lazy("A link was shared"), request.user)
            said = _("A mail with the link is on its way to %(address)s.")
            messages.success(request, said % {"address": form.cleaned_data["email"]})
            return redirect("customers_customer_modeladmin_inspect", record.customer_id)
    context = {"form": form, "record": record, "customer": record.customer}
    return render(request, "accounts/staff/share.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: Any, pk: UUID) -> HttpResponse:
    """A link opens nothing any more, whoever shared it."""
    _refuse_others(request)
    link = get_object_or_404(ShareLink.objects.select_related("customer"), pk=pk)
    try:
        revoke_shared(link, by=request.user, actor=request.access.actor, origin=origin_of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        log_as_wagtail_does(
            link.customer, "revoke-share", gettext_lazy("A shared link was taken back"), request.user
        )
        said = _("The link of %(name)s opens nothing any more, from this moment.")
        messages.success(request, said % {"name": link.recipient_name})
    return redirect("customers_customer_modeladmin_inspect", link.customer_id)


def _share_url(record_type: str, pk: UUID) -> str:
    return reverse("accounts_share", args=[record_type, pk])


def _refuse_others(request: Any) -> None:
    if not may(request.user, RIGHT):
        raise PermissionDenied
