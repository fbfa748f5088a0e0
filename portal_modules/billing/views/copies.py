"""Second copies: which paper, what it comes to when it is late, and taking it along or having it mailed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal_modules.core.access import Level
from portal_modules.core.amounts import money_shown
from portal_modules.core.beside import paid_parts, paying_parts
from portal_modules.core.errors import too_many
from portal_modules.core.exceptions import Refusal
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope
from portal_modules.core.throttle import Limit
from portal_modules.customers.choices import CustomerRole

from ..actions import addresses_on_file, mail_second_copy, why_no_copy
from ..choices import Standing
from ..copy_forms import CopyForm, MailForm
from ..days import billing_day
from ..models import BankSlip, FiscalDocument, Invoice
from ..owing import owed_on, policy_in_scope
from ..printing import account_lines, pix_of
from ..slips import is_reckoned_by_bank
from .papers import finance_channels, own_invoice

FUNCTION: Final = "billing.second_copy"
PAGE_SIZE: Final = 20
MAILED: Final = Limit("billing.second_copy", attempts=30, seconds=60 * 60)
_MAILING: Final = (CustomerRole.OWNER, CustomerRole.FINANCE)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of which there is a second copy: its value in the form, its words, and where it is taken from."""

    value: str
    label: str
    of: Invoice | BankSlip | FiscalDocument
    url: str


@requires(Level.REGISTERED)
@require_safe
def copy_list(request: Any) -> HttpResponse:
    """The invoices to choose from: first what is open."""
    _only_where_on(request)
    mine = Invoice.objects.visible_to(request.access).select_related("customer", "company")
    number = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    if number:
        mine = mine.filter(number__icontains=number)
    try:
        page = Paginator(mine.order_by("-open_amount", "-issued_on", "pk"), PAGE_SIZE).page(
            request.GET.get("page", 1)
        )
    except InvalidPage:
        raise Http404 from None
    context = {
        "page": page,
        "rows": page.object_list,
        "number": number,
        "query": f"q={number}&" if number else "",
        "names_customer": len(request.access.customer_ids) > 1,
        "trail": [_finance()],
    }
    return render(request, "billing/copies.html", context)


@requires(Level.REGISTERED)
@require_http_methods(["GET", "HEAD", "POST"])
def second_copy(request: Any, pk: UUID) -> HttpResponse:
    """The second copy of an invoice, its boleto or its fiscal note."""
    _only_where_on(request)
    invoice = own_invoice(request, pk)
    things = {thing.value: thing for thing in _things(invoice)}
    today = billing_day(request.company)
    is_overdue = invoice.standing(today) == Standing.OVERDUE
    form = CopyForm(
        request.GET or {"what": "invoice"},
        choices=[(thing.value, thing.label) for thing in things.values()],
        today=today,
        is_overdue=is_overdue,
    )
    context: dict[str, Any] = {
        "invoice": invoice,
        "form": form,
        "is_overdue": is_overdue,
        "channels": finance_channels(request),
        "trail": [_finance(), {"label": _("Second copies"), "url": reverse("billing:copies")}],
    }
    if not form.is_valid():
        return render(request, "billing/copy.html", context, status=422)
    thing = things[form.cleaned_data["what"]]
    pays_on = form.cleaned_data.get("pays_on")
    context |= _shown(request, invoice, thing, pays_on)
    if request.method == "POST":
        return _mail(request, thing, pays_on, context)
    if not context["reason"] and context["may_mail"]:
        context["mail_form"] = MailForm(on_file=addresses_on_file(invoice.customer))
    return render(request, "billing/copy.html", context)


def _mail(request: Any, thing: Thing, pays_on: Any, context: dict[str, Any]) -> HttpResponse:
    if not context["may_mail"]:
        raise PermissionDenied
    if context["reason"]:
        return render(request, "billing/copy.html", context, status=422)
    if seconds := MAILED.wait(request.user.pk):
        return too_many(request, seconds=seconds)
    form = MailForm(request.POST, on_file=addresses_on_file(context["invoice"].customer))
    if form.is_valid() and _is_mailed(request, thing, pays_on, form):
        MAILED.hit(request.user.pk)
        said = _("It is on its way to %(address)s and arrives within three minutes.")
        messages.success(request, said % {"address": form.chosen["address"]})
        return HttpResponseRedirect(request.get_full_path())
    return render(request, "billing/copy.html", {**context, "mail_form": form}, status=422)


def _is_mailed(request: Any, thing: Thing, pays_on: Any, form: MailForm) -> bool:
    """Have it mailed, or say in the form why not."""
    try:
        with company_scope(request.company):
            mail_second_copy(
                thing.of, by=request.user, actor=request.access.actor, pays_on=pays_on, **form.chosen
            )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _shown(request: Any, invoice: Invoice, thing: Thing, pays_on: Any) -> dict[str, Any]:
    """What the page says of a paper: why it is not handed out, or what it comes to and where it is."""
    today, country = billing_day(request.company), request.company.country
    reason: str | Promise = why_no_copy(thing.of, today)
    owed = owed_on(invoice, invoice.instalments.all(), policy_in_scope(), pays_on or today, country)
    slip = thing.of if isinstance(thing.of, BankSlip) else None
    is_late = slip is not None and (pays_on or today) > slip.due_on
    is_old = slip is not None and is_late and not reason and not is_reckoned_by_bank(slip)
    if is_old:
        reason = _("The bank does not take this boleto any more, because it does not add fine and interest.")
    pays_otherwise = is_old and invoice.open_now > 0
    account = invoice.bank_account
    return {
        "thing": thing,
        "reason": reason,
        "owed": owed if owed.is_more and not isinstance(thing.of, FiscalDocument) else None,
        "is_for_information": is_late and not is_old,
        "download_url": f"{thing.url}?pays_on={pays_on:%Y-%m-%d}" if pays_on and is_late else thing.url,
        "pays_otherwise": pays_otherwise,
        "pix": pix_of(invoice, owed.total) if pays_otherwise else None,
        "account": account_lines(account) if pays_otherwise and account else [],
        # Paying online takes what is owed today, with fine and interest.
        "online": paying_parts.render(request, invoice) if pays_otherwise and not invoice.at_agency else "",
        "told": paid_parts.render(request, invoice) if pays_otherwise else "",
        "may_mail": request.access.has_role(invoice.customer_id, *_MAILING),
    }


def _things(invoice: Invoice) -> list[Thing]:
    found = [
        Thing(
            "invoice",
            _("The invoice"),
            invoice,
            reverse("billing:invoice_file", args=[invoice.pk]),
        )
    ]
    usable = BankSlip.objects.usable().filter(invoice=invoice)
    for slip in usable.select_related("bank_account").order_by("due_on", "pk"):
        slip.invoice = invoice
        label = _("The boleto of %(amount)s") % {"amount": money_shown(slip.amount, slip.currency)}
        found.append(Thing(f"slip-{slip.pk}", label, slip, reverse("billing:slip_file", args=[slip.pk])))
    for note in invoice.fiscal_documents.order_by("issued_on", "pk"):
        label = _("The fiscal note %(number)s") % {"number": str(note)}
        url = reverse("billing:note", args=[note.pk])
        found.append(Thing(f"note-{note.pk}", label, note, url))
    return found


def _only_where_on(request: Any) -> None:
    if not request.card.is_on(FUNCTION):
        raise Http404


def _finance() -> dict[str, str]:
    return {"label": _("Finance"), "url": reverse("billing:finance")}
