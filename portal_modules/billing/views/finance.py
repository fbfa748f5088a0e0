"""The customer's finance page: what they were billed, what is open, and since when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Final

from django.core.paginator import InvalidPage
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal_modules.core.access import Access, Level
from portal_modules.core.beside import FinanceBeside, beside_finance
from portal_modules.core.compiled import compiled
from portal_modules.core.paging import CountedPaginator
from portal_modules.core.proof import requires

from ..days import billing_day
from ..drawing import columns_of, drawn_months, drawn_rows
from ..filters import ORDERS, InvoiceFilter
from ..listing import grouped, listed
from ..models import Invoice
from ..months import last_day_of, months_of
from ..summing import Sums, all_sums, by_currency, by_key, credit_balances, sums_of
from ..switches import EXPORTS, STATEMENT

PAGE_SIZE: Final = 20
# Long texts that no list shows.
_NOT_LISTED: Final = ("notes", "disputed", "address_as_issued", "cancel_reason")


@requires(Level.REGISTERED)
@require_safe
def finance(request: Any) -> HttpResponse:
    """The sums, the months, and the invoices, narrowed as the customer wants."""
    today = billing_day(request.company)
    everything = all_sums(request.access, today)
    # Nearly everybody comes without a choice, and finds the form drawn already.
    narrowed = InvoiceFilter(request.GET, access=request.access, on=today) if request.GET else None
    beside = beside_finance(request)
    context: dict[str, Any] = {
        "form": narrowed.form if narrowed else partial(_blank, request.access, today),
        "tiles": _tiles(request, everything, beside),
        "months": [drawn_months(each, request.path, request.card) for each in months_of(everything, today)],
        "today": today,
        "is_empty": not everything,
        "ways_on": _ways_on(request, beside) if everything else [],
        "overdue_count": sum(each.overdue_count for each in everything),
        "open_count": sum(each.open_count for each in everything),
        "pay_url": next(filter(None, (each.pay_url for each in beside)), ""),
    }
    if narrowed and not narrowed.is_valid():
        return render(request, "billing/finance.html", context, status=422)
    is_narrowed = narrowed is not None and narrowed.is_narrowed
    sums = sums_of(narrowed.qs, today) if narrowed and is_narrowed else everything
    page = _page(request, narrowed, sums)
    rows = listed(page.object_list, request.access, today)
    picks = request.card.is_on(EXPORTS) or bool(context["pay_url"])
    columns = columns_of(rows, picks=picks, names_customer=len(request.access.customer_ids) > 1)
    groups = grouped(rows, by_key(sums, lambda each: (each.tax_id, each.currency)).values())
    context |= {
        "page": page,
        "groups": [replace(each, html=drawn_rows(each.rows, columns, request.card)) for each in groups],
        "has_groups": _has_several_tax_ids(sums),
        "sums": list(by_currency(sums).values()),
        "columns": columns,
        "query": _query(request, without=("page",)),
        "periods": _periods(request, today),
        "is_narrowed": is_narrowed,
        "is_untouched": narrowed is None,
        "exports": request.card.is_on(EXPORTS),
    }
    return render(request, "billing/finance.html", context)


def _blank(access: Access, today: date) -> Any:
    """The form as it is before anything was chosen."""
    return InvoiceFilter(None, access=access, on=today).form


def _page(request: Any, narrowed: InvoiceFilter | None, sums: list[Sums]) -> Any:
    by_tax_id, count = _has_several_tax_ids(sums), sum(each.listed for each in sums)
    if narrowed is None:
        newest = _newest(request.access, by_tax_id)
        return CountedPaginator(newest, PAGE_SIZE, count).page(1)
    rows = _in_order(narrowed.qs, request.access, narrowed.order, by_tax_id=by_tax_id)
    try:
        return CountedPaginator(rows, PAGE_SIZE, count).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None


@compiled
def _newest(access: Access, by_tax_id: bool) -> QuerySet[Invoice]:  # noqa: FBT001 (a question's forms go by place)
    """The page that everybody sees first."""
    everything = Invoice.objects.visible_to(access)
    return _in_order(everything, access, ORDERS["newest"], by_tax_id=by_tax_id)[:PAGE_SIZE]


def _in_order(rows: Any, access: Access, order: tuple[str, ...], *, by_tax_id: bool) -> Any:
    rows = rows.defer(*_NOT_LISTED)
    if len(access.customer_ids) > 1:
        rows = rows.select_related("customer")
    return rows.order_by("tax_id", *order) if by_tax_id else rows.order_by(*order)


def _has_several_tax_ids(sums: list[Sums]) -> bool:
    return len({each.tax_id for each in sums}) > 1


def _tiles(request: Any, everything: list[Sums], beside: list[FinanceBeside]) -> list[dict[str, Any]]:
    """By currency: what was billed, what is open and overdue, and what waits as a credit."""
    # Who knows what of the credit was used knows better than billing alone.
    known = next((each for each in beside if each.credit is not None), FinanceBeside(links=()))
    balances = dict(credit_balances(request.access) if known.credit is None else known.credit)
    found = by_currency(everything)
    return [
        {
            "currency": currency,
            "sums": found.get(currency, Sums(currency)),
            "credit": balances.get(currency, 0),
            "credit_url": known.credit_url,
        }
        for currency in sorted(found.keys() | balances.keys())
    ]


def _ways_on(request: Any, beside: list[FinanceBeside]) -> list[dict[str, str]]:
    """What else there is of money, where the company has it."""
    pages = [
        (STATEMENT, _("Statement"), "billing:statement"),
        ("billing.notes", _("Fiscal notes"), "billing:notes"),
        ("billing.second_copy", _("Second copies"), "billing:copies"),
    ]
    if request.access.whole(request.access.customer_ids):
        pages.append((EXPORTS, _("For your accountant"), "billing:packs"))
    ways = [{"label": label, "url": url} for each in beside for label, url in each.links]
    return ways + [
        {"label": label, "url": reverse(name)} for part, label, name in pages if request.card.is_on(part)
    ]


def _query(request: Any, *, without: tuple[str, ...], **more: str) -> str:
    """What stands before "page=" in an address."""
    query = request.GET.copy()
    for name in without:
        query.pop(name, None)
    for name, value in more.items():
        query[name] = value
    return f"{query.urlencode()}&" if query else ""


def _periods(request: Any, today: date) -> list[dict[str, Any]]:
    """The periods that people ask for most, as links that keep all else that was chosen."""
    this_month = today.replace(day=1)
    last_month = date.fromordinal(this_month.toordinal() - 1).replace(day=1)
    ends = (
        (_("All"), "", ""),
        (_("This month"), this_month.isoformat(), last_day_of(today).isoformat()),
        (_("Last month"), last_month.isoformat(), last_day_of(last_month).isoformat()),
        (_("This year"), f"{today.year}-01-01", f"{today.year}-12-31"),
        (_("Last year"), f"{today.year - 1}-01-01", f"{today.year - 1}-12-31"),
    )
    chosen = (request.GET.get("since", ""), request.GET.get("until", ""))
    found = []
    for label, since, until in ends:
        period = {"since": since, "until": until} if since else {}
        query = _query(request, without=("page", "since", "until"), **period).rstrip("&")
        found.append({"label": label, "url": f"?{query}", "is_current": (since, until) == chosen})
    return found
