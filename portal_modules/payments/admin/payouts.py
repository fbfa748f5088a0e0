"""Payouts and balances in the back office: read at the providers, never moved from here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import display
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from portal_modules.core.admin import OnlyFilter, Register, RegisterLink
from portal_modules.core.companies import card_in_scope
from portal_modules.core.languages import in_this_language
from portal_modules.core.rights import may

from ..actions.payouts import note_wish
from ..choices import PayoutInterval
from ..models import PaymentProvider, ProviderPayout
from ..opening import has_adapter
from ..payout_tasks import change_interval, read_payouts_of
from .bank import EDIT

VIEW, CONFIGURE = "payments.view", "payments.configure"


class IntervalForm(forms.Form):
    """How often."""

    interval = forms.ChoiceField(label=gettext_lazy("How often"), choices=PayoutInterval.choices)


class PayoutRegister(Register):
    """What providers have sent to the bank. It is only read."""

    can_create = can_edit = False
    model = ProviderPayout
    menu_icon = "history"
    menu_order = 238
    view_right = VIEW
    edit_right = CONFIGURE
    list_display = ["arrives_on", "provider", "amount_shown", "state", "reference"]
    list_columns = ["words", "read_at"]
    list_export = ["arrives_on", "provider", "amount", "currency", "state", "reference", "words"]
    list_filter = ["state", "currency", "arrives_on", ("provider", OnlyFilter)]
    list_group = ["state", "currency"]
    list_tones = {
        "state": {
            "pending": "new",
            "in_transit": "busy",
            "paid": "done",
            "failed": "wrong",
            "canceled": "off",
        }
    }
    list_links = [RegisterLink(gettext_lazy("Balances and how often"), "payments_balances", "doc-full", VIEW)]
    search_fields = ["reference", "words"]
    list_select_related = ["provider"]
    empty_words = gettext_lazy("What providers send to your bank appears here once they were asked.")
    inspect_view_fields = ["provider", "amount_shown", "state", "arrives_on", "reference", "words", "read_at"]

    @display(description=gettext_lazy("amount"), ordering="amount")
    def amount_shown(self, payout: ProviderPayout) -> str:
        """With its currency."""
        return payout.amount_shown


@require_http_methods(["GET", "HEAD"])
def balances(request: Any) -> HttpResponse:
    """What lies at each provider, and how often it sends that to the bank."""
    if not may(request.user, VIEW):
        raise PermissionDenied
    rows = (
        PaymentProvider.objects.filter(is_on=True).prefetch_related("balances").select_related("payout_plan")
    )
    providers = [(row, _plan(row)) for row in rows if has_adapter(row)]
    may_change = may(request.user, CONFIGURE)
    context = {"providers": providers, "may_change": may_change, "may_ask": may(request.user, EDIT)}
    return render(request, "payments/staff/balances.html", context)


def _plan(row: PaymentProvider) -> dict[str, Any] | None:
    plan = getattr(row, "payout_plan", None)
    if plan is None:
        return None
    return {
        "plan": plan,
        "why_not": in_this_language(plan.why_not) if plan.why_not else "",
        "form": IntervalForm(initial={"interval": plan.interval}, auto_id=f"id_{row.pk}_%s"),
    }


@require_POST
def ask_now(request: Any) -> HttpResponse:
    """Have the providers asked."""
    if not may(request.user, EDIT):
        raise PermissionDenied
    read_payouts_of.enqueue(card_in_scope().company.pk)
    messages.success(request, _("The providers are asked. Look again in a moment."))
    return redirect("payments_balances")


@require_POST
def change_plan(request: Any, pk: Any) -> HttpResponse:
    """Have a provider send more or less often, where its API lets us."""
    if not may(request.user, CONFIGURE):
        raise PermissionDenied
    provider = get_object_or_404(PaymentProvider.objects.select_related("payout_plan"), pk=pk)
    plan = getattr(provider, "payout_plan", None)
    form = IntervalForm(request.POST)
    if plan is None or not plan.can_change:
        messages.error(request, _("This provider has no way to change it from here."))
    elif not form.is_valid():
        messages.error(request, _("Choose how often."))
    else:
        interval = form.cleaned_data["interval"]
        note_wish(provider, interval, by=request.user)
        change_interval.enqueue(provider.company_id, str(provider.pk), interval)
        messages.success(request, _("The provider is asked. What it says stands here in a moment."))
    return redirect("payments_balances")
