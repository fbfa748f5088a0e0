"""On which terms the company is paid, on a page of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal_modules.core.actions import log
from portal_modules.core.amounts import AmountField
from portal_modules.core.rights import may

from ..models import PaymentPolicy

RIGHT = "payments.configure"


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own class takes no argument
    """Parts, surplus, credit, receipts, and the words for transfers in each language."""

    least_amount = AmountField(
        label=gettext_lazy("Least amount"), may_be_zero=True, help_text=gettext_lazy("0 is none.")
    )

    class Meta:
        model = PaymentPolicy
        fields = (
            "least_percent",
            "least_amount",
            "surplus",
            "credit_use",
            "sends_receipts",
            "wants_proof",
            "instructions_pt",
            "instructions_es",
            "instructions_en",
        )
        localized_fields = ("least_percent",)
        widgets = {f"instructions_{code}": forms.Textarea(attrs={"rows": 4}) for code in ("pt", "es", "en")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        least: Any = self.fields["least_amount"]
        least.currency = self.instance.company.currency


@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: Any) -> HttpResponse:
    """The company's terms, made on the first look."""
    if not may(request.user, RIGHT):
        raise PermissionDenied
    row = PaymentPolicy.objects.first() or PaymentPolicy(company=request.card.company)
    form = PolicyForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        before = {name: str(form.initial.get(name, "")) for name in form.changed_data}
        form.save()
        log("payments.change_policy", row, by=request.user, before=before)
        messages.success(request, _("The terms are kept. They hold for what is paid from now on."))
        return redirect("payments_policy")
    status = 422 if request.method == "POST" else 200
    return render(request, "payments/staff/policy.html", {"form": form}, status=status)
