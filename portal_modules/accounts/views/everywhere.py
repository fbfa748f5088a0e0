"""One list over a company and its sisters."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import InvalidPage
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.paging import CountedPaginator
from portal_modules.core.proof import requires
from portal_modules.core.taking_along import FORMATS, FileColumn, as_file, file_name

from ..everywhere import MOST, Everywhere, Row, Wanted, rows_everywhere

PAGE_SIZE: Final = 20
_LONGEST: Final = 100


@requires(Level.REGISTERED)
@require_safe
def everywhere(request: Any) -> HttpResponse:
    """What one has with the company and with its sisters, newest first; not there for who has nothing at a sister."""
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and 0 < len(number) < 6):
        raise Http404
    wanted = _wanted(request, first=int(number) * PAGE_SIZE)
    found = _found(request, wanted)
    try:
        page = CountedPaginator(found.rows, PAGE_SIZE, found.count).page(number)
    except InvalidPage:
        raise Http404 from None
    query = urlencode(
        {name: value for name, value in (("q", wanted.words), ("company", wanted.company)) if value}
    )
    context = {
        "page": page,
        "query": f"{query}&" if query else "",
        "wanted": wanted,
        "companies": found.companies,
        "is_cut": found.is_cut,
        "most": MOST,
    }
    return render(request, "accounts/team/everywhere.html", context)


@requires(Level.REGISTERED)
@require_safe
def export(request: Any, kind: str) -> HttpResponseBase:
    """All that fits what is asked for, as a file."""
    if kind not in FORMATS:
        raise Http404
    rows = _found(request, _wanted(request)).rows
    return as_file(_columns(), rows, kind, file_name(_("All companies together"), timezone.localdate()))


def _wanted(request: Any, first: int = 100_000) -> Wanted:
    words = request.GET.get("q", "").strip()[:_LONGEST]
    return Wanted(words=words, company=request.GET.get("company", "")[:_LONGEST], first=first)


def _found(request: Any, wanted: Wanted) -> Everywhere:
    found = rows_everywhere(request, wanted)
    if found is None:
        raise Http404
    return found


def _columns() -> list[FileColumn]:
    def plain(name: str) -> Any:
        def value(row: Row) -> Any:
            return getattr(row, name)

        return value

    return [
        FileColumn(_("Company"), plain("company")),
        FileColumn(_("Customer"), plain("customer")),
        FileColumn(_("What"), plain("title")),
        FileColumn(_("Number"), plain("number")),
        FileColumn(_("State"), plain("state")),
        FileColumn(_("Date"), plain("on")),
    ]
