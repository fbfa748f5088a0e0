"""The accountant's pack: asked for, made while one waits or does something else, and taken along for a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal_modules.core.access import Level
from portal_modules.core.actions import log
from portal_modules.core.errors import too_many
from portal_modules.core.exceptions import Refusal
from portal_modules.core.models import Job
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope
from portal_modules.core.sections import customers_seen
from portal_modules.core.throttle import Limit
from portal_modules.customers.models import Customer

from ..actions import ask_for_pack, end_packs, subscribe_to_packs
from ..actions.packs import month_before
from ..days import billing_day
from ..models import AccountantPack, PackSubscription
from ..pack_forms import CustomerForm, PackForm
from ..switches import EXPORTS
from ..taking_along import file_name

MOST_SHOWN: Final = 30
ASKED: Final = Limit("billing.pack", attempts=20, seconds=60 * 60)


@dataclass(frozen=True, slots=True)
class ShownPack:
    """One of the list: ready, being made with so many percent behind it, or come to nothing."""

    pack: AccountantPack
    is_ready: bool
    percent: int | None = None


# All that was billed leaves in one file: that needs a password.
@requires(Level.PASSWORD)
@require_http_methods(["GET", "HEAD", "POST"])
def pack_list(request: Any) -> HttpResponse:
    """Ask for one, and take along those that are there."""
    customers = _customers(request)
    today = billing_day(request.company)
    last = month_before(today)
    initial = {"since": last, "until": today.replace(day=1) - timedelta(days=1)}
    data = request.POST if request.method == "POST" else None
    form = PackForm(data, customers=customers, initial=initial)
    if request.method == "POST":
        if seconds := ASKED.wait(request.user.pk):
            return too_many(request, seconds=seconds)
        if customers and form.is_valid() and _is_asked_for(request, form):
            messages.success(request, _("We are putting it together. You get a mail when it is ready."))
            return HttpResponseRedirect(reverse("billing:packs"))
    return _page(request, customers, form, status=422 if request.method == "POST" else 200)


@requires(Level.PASSWORD)
@require_POST
def monthly(request: Any) -> HttpResponse:
    """Have it made every month, or not any more."""
    customers = _customers(request)
    form = CustomerForm(request.POST, customers=customers)
    if not customers or not form.is_valid():
        return _page(request, customers, PackForm(None, customers=customers), status=422)
    customer = form.chosen
    with company_scope(request.company):
        if "end" in request.POST:
            end_packs(customer, by=request.user)
            said = _("No more packs come by themselves.")
        else:
            subscribe_to_packs(customer, by=request.user)
            said = _("At the beginning of each month you get a mail with the pack of the month before.")
    messages.success(request, said)
    return HttpResponseRedirect(reverse("billing:packs"))


@requires(Level.PASSWORD)
@require_safe
def pack_row(request: Any, pk: UUID) -> HttpResponse:
    """How far one of them is; the page asks again as long as it is being made."""
    shown = _shown(request, [_own(request, pk)])[0]
    names_customer = len(request.access.customer_ids) > 1
    return render(request, "billing/pack_row.html", {"row": shown, "names_customer": names_customer})


@requires(Level.PASSWORD)
@require_safe
def pack_file(request: Any, pk: UUID) -> HttpResponseBase:
    """The ZIP."""
    pack = _own(request, pk)
    if not pack.is_ready():
        raise Http404
    try:
        file = pack.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    with company_scope(request.company):
        log("billing.take_pack", pack, by=request.user)
    answer = FileResponse(
        file,
        as_attachment=True,
        filename=f"{file_name(_('Invoices and fiscal notes'), pack.since)}.zip",
        content_type="application/zip",
    )
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _is_asked_for(request: Any, form: PackForm) -> bool:
    """Have it made, or say in the form why not."""
    days = {name: form.cleaned_data[name] for name in ("since", "until")}
    try:
        with company_scope(request.company):
            ask_for_pack(form.chosen, by=request.user, **days)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    ASKED.hit(request.user.pk)
    return True


def _page(request: Any, customers: list[Customer], form: PackForm, *, status: int) -> HttpResponse:
    mine = AccountantPack.objects.visible_to(request.access).select_related("customer")
    subscribed = PackSubscription.objects.visible_to(request.access).filter(user=request.user.pk)
    have_it = set(subscribed.values_list("customer", flat=True))
    context = {
        "form": form,
        "rows": _shown(request, list(mine[:MOST_SHOWN])),
        "monthly": [{"customer": each, "is_on": each.pk in have_it} for each in customers],
        "names_customer": len(request.access.customer_ids) > 1,
        "trail": [{"label": _("Finance"), "url": reverse("billing:finance")}],
    }
    return render(request, "billing/packs.html", context, status=status)


def _shown(request: Any, packs: list[AccountantPack]) -> list[ShownPack]:
    """Each with how far its job is, which customers themselves do not read."""
    waiting = [pack.job_id for pack in packs if pack.made_at is None and pack.job_id]
    jobs: dict[Any, Job] = {}
    if waiting:
        with company_scope(request.company):
            jobs = Job.objects.in_bulk(waiting)
    return [_one_shown(pack, jobs.get(pack.job_id)) for pack in packs if pack.is_ready() or not pack.made_at]


def _one_shown(pack: AccountantPack, job: Job | None) -> ShownPack:
    return ShownPack(pack, pack.is_ready(), job.percent if job is not None and job.is_open else None)


def _customers(request: Any) -> list[Customer]:
    """Those whose invoices whoever is looking sees, all of them."""
    seen = request.access.whole(customers_seen("billing", request.access))
    if not request.card.is_on(EXPORTS) or not seen:
        raise Http404
    return list(Customer.objects.visible_to(request.access).filter(pk__in=seen).order_by("name", "pk"))


def _own(request: Any, pk: UUID) -> AccountantPack:
    if not request.card.is_on(EXPORTS):
        raise Http404
    mine = AccountantPack.objects.visible_to(request.access).select_related("customer")
    found: AccountantPack = get_object_or_404(mine, pk=pk)
    return found
