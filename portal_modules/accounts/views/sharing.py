"""What a customer's people show to others: one record by a link, and all links that are out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal_modules.core.access import Level
from portal_modules.core.errors import too_many
from portal_modules.core.exceptions import Refusal
from portal_modules.core.parts import can_be_shared, parts_of
from portal_modules.core.proof import requires
from portal_modules.core.records import records
from portal_modules.core.redirects import SeeOther
from portal_modules.core.scope import company_scope

from ..actions import MAY_SHARE, revoke_shared, share_record
from ..forms.sharing import ShareForm
from ..fresh import typed_fields, with_fresh_proof
from ..models import ShareLink
from ..origins import origin_of
from ..shared_lines import lines_of
from ..throttles import SHARES

PAGE_SIZE = 20


@requires(Level.REGISTERED)
@require_safe
def links(request: Any) -> HttpResponse:
    """All links to what is theirs, newest first."""
    mine = ShareLink.objects.visible_to(request.access)
    page = Paginator(mine, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": lines_of(page.object_list, timezone.now()),
        "may_share": bool(request.access.customers_with(MAY_SHARE)),
    }
    return render(request, "accounts/sharing/list.html", context)


@requires(Level.REGISTERED)
@require_safe
def beside(request: Any, record_type: str, pk: UUID) -> HttpResponse:
    """The links to one record, as a part of its page."""
    record = _record(request, record_type, pk)
    rows = ShareLink.objects.visible_to(request.access).of_record(record)
    context = {
        "lines": lines_of(rows[:PAGE_SIZE], timezone.now()),
        "share_url": reverse("accounts:share", args=[record_type, pk]) if _may(request, record) else "",
        "may_share": _may(request, record),
    }
    if request.htmx:
        return render(request, "accounts/sharing/beside.html", context)
    return SeeOther(record.record_url())


@requires(Level.PASSWORD)
@require_http_methods(["GET", "HEAD", "POST"])
@with_fresh_proof
def share(request: Any, record_type: str, pk: UUID) -> HttpResponse:
    """Show one record to somebody."""
    record = _record(request, record_type, pk)
    if not _may(request, record):
        raise PermissionDenied
    form = ShareForm(
        request.POST if request.method == "POST" else None,
        offered=parts_of(record_type, request.card.modules),
        languages=list(request.company.languages),
        language=request.public_language,
        initial=typed_fields(request, several=("parts",)),
    )
    if request.method == "POST" and form.is_valid():
        if SHARES.hit(record.customer_id) > SHARES.attempts:
            return too_many(request, seconds=max(1, SHARES.wait(record.customer_id)))
        try:
            with company_scope(request.company):
                fresh = type(record).objects.select_related("customer", "company").get(pk=record.pk)
                share_record(
                    fresh, **form.what(), by=request.user, access=request.access, origin=origin_of(request)
                )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("A mail with the link is on its way to %(address)s.")
            messages.success(request, said % {"address": form.cleaned_data["email"]})
            return SeeOther(record.record_url())
    context = {
        "form": form,
        "record": record,
        "trail": [{"label": record.record_title(), "url": record.record_url()}],
    }
    return render(request, "accounts/sharing/form.html", context, status=422 if form.errors else 200)


@requires(Level.REGISTERED)
@require_POST
def revoke(request: Any, pk: UUID) -> HttpResponse:
    """A link opens nothing any more."""
    mine = ShareLink.objects.visible_to(request.access)
    link = mine.filter(pk=pk, customer_id__in=request.access.customers_with(MAY_SHARE)).first()
    if link is None:
        raise Http404
    try:
        with company_scope(request.company):
            revoke_shared(link, by=request.user, actor=request.access.actor, origin=origin_of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("The link of %(name)s opens nothing any more, from this moment.")
        messages.success(request, said % {"name": link.recipient_name})
    return SeeOther(reverse("accounts:my_links"))


def _record(request: Any, record_type: str, pk: UUID) -> Any:
    record = records.find(record_type, pk, request.access, request.card.modules)
    if record is None or not can_be_shared(record_type):
        raise Http404
    return record


def _may(request: Any, record: Any) -> bool:
    return bool(request.access.has_role(record.customer_id, *MAY_SHARE))
