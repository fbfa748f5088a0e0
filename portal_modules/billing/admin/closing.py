"""Closed months and the rule for late payment, each on a page of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal_modules.core.actions import log
from portal_modules.core.exceptions import Refusal
from portal_modules.core.rights import may

from ..actions import close_month, open_month
from ..models import ClosedMonth, LateFeePolicy
from .work import today

RIGHT = "billing.configure"
_SHOWN = 24


@require_http_methods(["GET", "HEAD", "POST"])
def months(request: Any) -> HttpResponse:
    """The months that are closed, the next that may be, and the last that may be opened again."""
    if not may(request.user, RIGHT):
        raise PermissionDenied
    if request.method == "POST":
        return _close_or_open(request)
    return _months_page(request)


def _close_or_open(request: Any) -> HttpResponse:
    try:
        if request.POST.get("step") == "open":
            last = ClosedMonth.objects.first()
            if last is None or str(last.pk) != request.POST.get("month"):
                return _months_page(request, status=422)
            open_month(last, by=request.user)
            messages.success(request, _("The month is open again."))
        else:
            close_month(request.card.company, _month(request.POST.get("month", "")), by=request.user)
            messages.success(request, _("The month is closed: nothing gets a date in it any more."))
    except (Refusal, ValueError) as refusal:
        sentence = str(refusal) if isinstance(refusal, Refusal) else _("Choose a month.")
        return _months_page(request, sentence, status=422)
    return redirect("billing_months")


def _month(text: str) -> date:
    if not text.isascii():
        raise ValueError(text)
    return date.fromisoformat(f"{text[:7]}-01")


def _months_page(request: Any, refused: str = "", status: int = 200) -> HttpResponse:
    closed = list(ClosedMonth.objects.select_related("closed_by")[:_SHOWN])
    before = today().replace(day=1) - timedelta(days=1)
    next_one = (closed[0].month + timedelta(days=32)).replace(day=1) if closed else before.replace(day=1)
    context = {
        "closed": closed,
        "next": next_one if next_one < today().replace(day=1) else None,
        "last_over": before,
        "refused": refused,
    }
    return render(request, "billing/staff/months.html", context, status=status)


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own class takes no argument
    """What is charged when somebody pays late."""

    class Meta:
        model = LateFeePolicy
        fields = (
            "is_charged",
            "fine_percent",
            "interest_percent",
            "rounding",
            "from_original_due_date",
            "blocks_after_days",
        )
        localized_fields = ("fine_percent", "interest_percent")


@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: Any) -> HttpResponse:
    """The company's rule, made on the first look."""
    if not may(request.user, RIGHT):
        raise PermissionDenied
    company = request.card.company
    row = LateFeePolicy.objects.first() or LateFeePolicy(company=company)
    form = PolicyForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        before = {name: str(form.initial[name]) for name in form.changed_data}
        form.save()
        log("billing.change_policy", row, by=request.user, before=before)
        messages.success(request, _("The rule is kept. It holds for what is asked from now on."))
        return redirect("billing_policy")
    status = 422 if request.method == "POST" else 200
    return render(request, "billing/staff/policy.html", {"form": form}, status=status)
