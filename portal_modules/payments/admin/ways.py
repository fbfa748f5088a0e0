"""Ways to be paid online: the accounts at providers, their keys, and whether they answer."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.models import Company
from portal_modules.core.outside import LaterRedirect
from portal_modules.core.rights import may
from portal_modules.core.scope import company_scope
from portal_modules.users.models import User

from ..actions.accounts import keep_provider, note_trial
from ..choices import PaymentMethod, ProviderKind
from ..forms.accounts import ProviderForm, kinds_to_add
from ..models import PaymentProvider
from ..opening import account_of, adapter_of, has_adapter
from ..providers import providers
from ..providers.stripe_words import EVENTS

RIGHT = "payments.configure"


@require_safe
def ways(request: Any) -> HttpResponse:
    """All accounts of the company, and what can be added."""
    _allowed(request)
    rows = [each for each in PaymentProvider.objects.all() if has_adapter(each)]
    context = {
        "rows": [
            {
                "row": row,
                "methods": [PaymentMethod(code).label for code in row.methods],
                "trial": row.options.get("trial"),
            }
            for row in rows
        ],
        "kinds": kinds_to_add(),
    }
    return render(request, "payments/staff/ways.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def way(request: Any, pk: UUID | None = None, kind: str = "") -> HttpResponse:
    """One account: a new one of a kind, or one that is there."""
    _allowed(request)
    company = request.card.company
    if pk is None:
        if kind not in providers:
            raise Http404
        row = PaymentProvider(company=company, kind=ProviderKind(kind))
        if request.method != "POST":
            for language in PUBLIC_LANGUAGES:
                setattr(row, f"label_{language}", str(providers.get(kind).label))
    else:
        row = get_object_or_404(PaymentProvider, pk=pk)
        if not has_adapter(row):
            raise Http404
    sent = request.POST if request.method == "POST" else None
    form = ProviderForm(sent, instance=row, country=company.country, currency=company.currency)
    if sent is not None and form.is_valid():
        data = form.cleaned_data
        keep_provider(
            form.save(),
            by=request.user,
            key=data.get("key", "").strip(),
            webhook_secret=data.get("webhook_secret", "").strip(),
        )
        messages.success(request, _("It is kept. Try it out before your customers do."))
        return redirect("payments_ways")
    context = {
        "form": form,
        "row": row,
        "is_new": pk is None,
        "hook": f"{settings.PUBLIC_ORIGIN}/hooks/{row.kind}/{company.uuid}/" if row.kind == "stripe" else "",
        "events": EVENTS,
    }
    return render(request, "payments/staff/way.html", context, status=422 if form.errors else 200)


@require_POST
def try_way(request: Any, pk: UUID) -> HttpResponse:
    """Ask the provider whose key it is; the answer stands in the list afterwards."""
    _allowed(request)
    row = get_object_or_404(PaymentProvider.objects.select_related("company"), pk=pk)
    if not has_adapter(row):
        raise Http404
    return LaterRedirect(partial(_try, row, request.card.company, request.user, reverse("payments_ways")))


def _try(row: PaymentProvider, company: Company, user: User, back: str) -> str:
    trial = adapter_of(row).try_out(account_of(row))
    with company_scope(company):
        note_trial(row, trial, by=user)
    return f"{back}#way-{row.pk}"


def _allowed(request: Any) -> None:
    if not may(request.user, RIGHT):
        raise PermissionDenied
