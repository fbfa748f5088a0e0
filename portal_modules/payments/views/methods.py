"""Ways to pay that a customer keeps at the provider, and paying automatically."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal_modules.accounts.fresh import with_fresh_proof
from portal_modules.core.access import Level
from portal_modules.core.addresses import whole_address
from portal_modules.core.exceptions import Refusal
from portal_modules.core.languages import public_language
from portal_modules.core.models import Company
from portal_modules.core.outside import LaterRedirect
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer
from portal_modules.users.models import User

from ..actions.autopay import agree_to_autopay, end_autopay
from ..autopay import payer_of, preferred_method
from ..choices import AutopayEnd
from ..models import Autopay, PaymentProvider
from ..opening import account_of, adapter_of, has_adapter
from ..providers.base import ProviderFault
from ..switches import ONLINE
from .paying import PAYING

_REFUSED: Final = {
    "silent": gettext_lazy("The payment provider does not answer just now. Try again in a minute."),
    "none": gettext_lazy("No card is kept yet. Press “Manage payment methods” and add one first."),
    "consent": gettext_lazy("Please tick that you agree."),
}


@requires(Level.PASSWORD)
@require_http_methods(["GET", "HEAD", "POST"])
@with_fresh_proof
def methods(request: Any) -> HttpResponse:
    """One block for each customer whose money somebody looks after."""
    payers = request.access.whole(request.access.customers_with(PAYING))
    if not payers:
        raise PermissionDenied
    if not request.card.is_on(ONLINE):
        raise Http404
    provider = _provider()
    if request.method == "POST":
        return _do(request, provider, payers)
    customers = list(Customer.objects.filter(pk__in=payers).order_by("name", "pk"))
    agreed = {
        each.customer_id: each for each in Autopay.objects.visible_to(request.access).filter(ended_at=None)
    }
    context = {
        "blocks": [{"customer": each, "autopay": agreed.get(each.pk)} for each in customers],
        "names_customer": len(customers) > 1,
        "provider": provider,
        "consent": _consent(request.company),
        "refused": _REFUSED.get(request.GET.get("refused", ""), ""),
        "trail": [{"label": _("Finance"), "url": reverse("billing:finance")}],
    }
    return render(request, "payments/methods.html", context)


def _do(request: Any, provider: PaymentProvider | None, payers: list[int]) -> HttpResponse:
    chosen = request.POST.get("customer", "")
    customer = next((pk for pk in payers if str(pk) == chosen), None)
    if customer is None:
        raise Http404
    here, step = reverse("payments:methods"), request.POST.get("do", "")
    if step == "stop":
        return _stop(request, customer, here)
    if provider is None:
        raise Http404
    if step == "manage":
        language = public_language(request.LANGUAGE_CODE)
        back = whole_address(request.company, language, "payments:methods")
        return LaterRedirect(partial(_manage, request.company, provider.pk, customer, back, here))
    if step == "agree":
        if request.POST.get("consent") != "on":
            return redirect(f"{here}?refused=consent")
        words = _consent(request.company)
        return LaterRedirect(
            partial(_agree, request.company, provider.pk, customer, words, request.user, here)
        )
    raise Http404


def _stop(request: Any, customer: int, here: str) -> HttpResponse:
    with company_scope(request.company):
        row = Autopay.objects.filter(customer=customer, ended_at=None).first()
        if row is not None:
            end_autopay(row, how=AutopayEnd.CUSTOMER, by=request.user)
    return redirect(here)


def _manage(company: Company, provider: Any, customer: int, back: str, here: str) -> str:
    try:
        row = _with_keys(company, provider)
        payer = payer_of(company, row, customer)
        return adapter_of(row).manage_methods(account_of(row), payer, back)
    except ProviderFault:
        return f"{here}?refused=silent"


def _agree(company: Company, provider: Any, customer: int, words: str, user: User, here: str) -> str:
    try:
        row = _with_keys(company, provider)
        method = preferred_method(company, row, customer)
        if method is None:
            return f"{here}?refused=none"
        with company_scope(company):
            agree_to_autopay(
                Customer.objects.select_related("company").get(pk=customer),
                provider=row,
                consent=words,
                method=method,
                by=user,
            )
    except (ProviderFault, Refusal):
        return f"{here}?refused=silent"
    return here


def _provider() -> PaymentProvider | None:
    """The first one in use that keeps cards. Its keys are not for this role."""
    shown = ("company_id", "kind", "is_on", "methods", "position")
    rows = PaymentProvider.objects.filter(is_on=True, methods__contains=["card"]).only(*shown)
    return next((each for each in rows.order_by("position", "pk") if has_adapter(each)), None)


def _with_keys(company: Company, pk: Any) -> PaymentProvider:
    with company_scope(company):
        found: PaymentProvider = PaymentProvider.objects.select_related("company").get(pk=pk)
        return found


def _consent(company: Company) -> str:
    """What is agreed to; kept as it was read."""
    return _(
        "I agree that %(company)s collects each new invoice on its due day from the card that I keep at the payment "
        "provider. I am told three days before each payment, and can switch this off at any time."
    ) % {"company": company.name}
