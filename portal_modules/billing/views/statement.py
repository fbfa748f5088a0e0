"""The customer's statement: what moved, what is owed after it, and how old it is; on the page and as a file."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.amounts import money_shown, rounded
from portal_modules.core.proof import requires
from portal_modules.customers.models import Customer

from ..days import billing_day
from ..handing_out import PDF, handed_out
from ..movements import MOST_MOVEMENTS, Ages, Movement, Statement, Wanted, ages_of, how_many, statement_of
from ..papers.content import Fact, Part, Party, Row, StatementPaper, draw
from ..printing import head_of
from ..statement_forms import StatementForm
from ..summing import all_sums
from ..switches import EXPORTS, STATEMENT
from ..taking_along import FORMATS, FileColumn, as_file, file_name

# Rows that a page and a PDF hold; a file holds them all.
MOST_SHOWN: Final = 300
MOST_PRINTED: Final = 2_000


@requires(Level.REGISTERED)
@require_safe
def statement(request: Any) -> HttpResponse:
    """The movements of a period, oldest first, with the ages of what is open."""
    form, wanted = _asked(request)
    trail = [{"label": _("Finance"), "url": reverse("billing:finance")}]
    context: dict[str, Any] = {"form": form, "trail": trail, "wanted": wanted}
    if not form.is_valid():
        return render(request, "billing/statement.html", context, status=422)
    if wanted is None:
        return render(request, "billing/statement.html", context)
    if how_many(wanted) > MOST_MOVEMENTS:
        return render(request, "billing/statement.html", {**context, "is_too_long": True})
    found = statement_of(wanted)
    today = billing_day(request.company)
    ages = ages_of(wanted, today, request.company.country)
    context |= {
        "statement": found,
        "rows": found.movements[-MOST_SHOWN:],
        "left_out": max(0, len(found.movements) - MOST_SHOWN),
        "before": _before(found),
        "ages": _ages(ages, wanted.currency),
        "ages_total": ages.total,
        "today": today,
        "query": request.GET.urlencode(),
        "has_packs": request.card.is_on(EXPORTS) and bool(request.access.whole(request.access.customer_ids)),
        "kinds": [("pdf", "PDF"), ("xlsx", "XLSX"), ("csv", "CSV")],
    }
    return render(request, "billing/statement.html", context)


@requires(Level.REGISTERED)
@require_safe
def statement_file(request: Any, kind: str) -> HttpResponseBase:
    """The same as CSV, XLSX or PDF."""
    if kind not in (*FORMATS, "pdf"):
        raise Http404
    form, wanted = _asked(request)
    back = HttpResponseRedirect(f"{reverse('billing:statement')}?{request.GET.urlencode()}")
    if wanted is None or not form.is_valid():
        return back
    most = MOST_PRINTED if kind == "pdf" else MOST_MOVEMENTS
    if how_many(wanted) > most:
        words = _("A statement holds at most %(most)s movements. Choose a shorter period.")
        messages.warning(request, words % {"most": number_format(most, force_grouping=True)})
        return back
    found = statement_of(wanted)
    today = billing_day(request.company)
    name = file_name(_("Statement"), today)
    if kind == "pdf":
        return handed_out(draw(_paper(request, found, today), "statement"), PDF, f"{name}.pdf")
    return as_file(_columns(wanted.currency), found.movements, kind, name)


def _asked(request: Any) -> tuple[StatementForm, Wanted | None]:
    """The form, and what it asks for; None where it was not understood, or there is nothing yet."""
    if not request.card.is_on(STATEMENT):
        raise Http404
    sums = all_sums(request.access, billing_day(request.company))
    currencies = sorted(
        {each.currency for each in sums}, key=lambda each: (each != request.company.currency, each)
    )
    tax_ids = sorted({each.tax_id for each in sums if each.tax_id})
    form = StatementForm(request.GET, currencies=currencies, tax_ids=[(each, each) for each in tax_ids])
    if not form.is_valid() or not currencies:
        return form, None
    cleaned = form.cleaned_data
    return form, Wanted(
        request.access,
        cleaned.get("currency") or currencies[0],
        cleaned.get("tax_id") or "",
        cleaned["since"],
        cleaned["until"],
    )


def _before(found: Statement) -> Any:
    """The balance before the first row that is shown."""
    hidden = found.movements[:-MOST_SHOWN]
    return hidden[-1].balance if hidden else found.before


def _ages(ages: Ages, currency: str) -> list[dict[str, Any]]:
    labels = (
        _("Not due yet"),
        _("1 to 30 days late"),
        _("31 to 60 days late"),
        _("61 to 90 days late"),
        _("More than 90 days late"),
    )
    return [
        {"label": label, "amount": rounded(amount, currency)}
        for label, amount in zip(labels, ages.amounts, strict=True)
    ]


def _columns(currency: str) -> list[FileColumn]:
    return [
        FileColumn(_("Day"), lambda row: row.day),
        FileColumn(_("What"), lambda row: row.what),
        FileColumn(_("Currency"), lambda _row: currency),
        FileColumn(pgettext("statement", "Claimed"), lambda row: rounded(row.claimed, currency)),
        FileColumn(pgettext("statement", "Settled"), lambda row: rounded(row.settled, currency)),
        FileColumn(_("Balance"), lambda row: rounded(row.balance, currency)),
    ]


def _paper(request: Any, found: Statement, today: date) -> StatementPaper:
    currency = found.wanted.currency
    ages = _ages(ages_of(found.wanted, today, request.company.country), currency)
    heads = [
        _("Day"),
        _("What"),
        pgettext("statement", "Claimed"),
        pgettext("statement", "Settled"),
        _("Balance"),
    ]
    rows = [
        Row(["", _("Balance before"), "", "", money_shown(found.before, currency)], is_strong=True),
        *(_row(each, currency) for each in found.movements),
        Row(["", _("Balance after"), "", "", money_shown(found.after, currency)], is_strong=True),
    ]
    return StatementPaper(
        **head_of(request.card, heading=_("Statement"), day=today),
        customer=_party(request, found),
        facts=[
            Fact(_("Period"), _period(found)),
            Fact(_("Currency"), currency),
            Fact(_("Balance"), money_shown(found.after, currency)),
            Fact(_("Printed on"), date_format(today, "SHORT_DATE_FORMAT")),
        ],
        claim=_("A statement of what is claimed and settled. It is not a fiscal document."),
        parts=[
            Part(
                _("How old it is"),
                [each["label"] for each in ages],
                [Row([money_shown(each["amount"], currency) for each in ages])],
                right=list(range(len(ages))),
                wide=0,
            ),
            Part(_("Movements"), heads, rows, right=[2, 3, 4]),
        ],
    )


def _row(each: Movement, currency: str) -> Row:
    claimed = money_shown(each.claimed, currency) if each.claimed else ""
    settled = money_shown(each.settled, currency) if each.settled else ""
    day = date_format(each.day, "SHORT_DATE_FORMAT")
    return Row([day, each.what, claimed, settled, money_shown(each.balance, currency)])


def _period(found: Statement) -> str:
    first = found.wanted.since or (found.movements[0].day if found.movements else None)
    last = found.wanted.until or (found.movements[-1].day if found.movements else None)
    return " – ".join(date_format(each, "SHORT_DATE_FORMAT") for each in (first, last) if each)


def _party(request: Any, found: Statement) -> Party:
    names = Customer.objects.visible_to(request.access).order_by("name").values_list("name", flat=True)
    return Party(_("To"), ", ".join(names[:3]), [found.wanted.tax_id] if found.wanted.tax_id else [])
