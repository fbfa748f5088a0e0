"""The customer's finance page: what they were billed, what is open, and since when."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.beside import FinanceBeside, beside_finance
from portal_modules.core.proof import requires

from ..days import billing_day
from ..filters import InvoiceFilter
from ..listing import grouped, listed
from ..months import last_day_of, months_of
from ..summing import Sums, all_sums, by_currency, by_key, credit_balances, sums_of
from ..switches import EXPORTS, STATEMENT

PAGE_SIZE: Final = 20
# Long texts that no list shows.
_NOT_LISTED: Final = ("notes", "disputed", "address_as_issued", "cancel_reason")


class CountedPaginator(Paginator[Any]):
    """Pages of rows whose number is known already."""

    def __init__(self, rows: Any, size: int, count: int) -> None:
        super().__init__(rows, size)
        self._count = count

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return self._count


@requires(Level.REGISTERED)
@require_safe
def finance(request: Any) -> HttpResponse:
    """The sums, the months, and the invoices, narrowed as the customer wants."""
    today = billing_day(request.company)
    everything = all_sums(request.access, today)
    narrowed = InvoiceFilter(request.GET, access=request.access, on=today)
    beside = beside_finance(request)
    context: dict[str, Any] = {
        "form": narrowed.form,
        "tiles": _tiles(request, everything, beside),
        "months": months_of(everything, today),
        "is_empty": not everything,
        "ways_on": _ways_on(request, beside) if everything else [],
        "overdue_count": sum(each.overdue_count for each in everything),
        "open_count": sum(each.open_count for each in everything),
        "pay_url": next(filter(None, (each.pay_url for each in beside)), ""),
    }
    if not narrowed.is_valid():
        return render(request, "billing/finance.html", context, status=422)
    sums = sums_of(narrowed.qs, today) if narrowed.is_narrowed else everything
    page = _page(request, narrowed, sums)
    rows = listed(page.object_list, request.access, today)
    context |= {
        "page": page,
        "groups": grouped(rows, by_key(sums, lambda each: (each.tax_id, each.currency)).values()),
        "has_groups": _has_several_tax_ids(sums),
        "sums": list(by_currency(sums).values()),
        "shows": {
            "customer": len(request.access.customer_ids) > 1,
            "period": any(row.invoice.period_from or row.invoice.period_to for row in rows),
            "notes": any(row.notes for row in rows),
            "slips": any(row.slip for row in rows),
        },
        "query": _query(request, without=("page",)),
        "periods": _periods(request, today),
        "is_narrowed": narrowed.is_narrowed,
        "exports": request.card.is_on(EXPORTS),
    }
    return render(request, "billing/finance.html", context)


def _page(request: Any, narrowed: InvoiceFilter, sums: list[Sums]) -> Any:
    order = narrowed.order
    rows = narrowed.qs.defer(*_NOT_LISTED)
    if len(request.access.customer_ids) > 1:
        rows = rows.select_related("customer")
    rows = rows.order_by("tax_id", *order) if _has_several_tax_ids(sums) else rows.order_by(*order)
    count = sum(each.listed for each in sums)
    try:
        return CountedPaginator(rows, PAGE_SIZE, count).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None


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
    pages = (
        (STATEMENT, _("Statement"), "billing:statement"),
        ("billing.notes", _("Fiscal notes"), "billing:notes"),
        ("billing.second_copy", _("Second copies"), "billing:copies"),
        (EXPORTS, _("For your accountant"), "billing:packs"),
    )
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
