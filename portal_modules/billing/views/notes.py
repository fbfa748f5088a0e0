"""The customer's fiscal notes: all of them, one of them, its file as it came, and its print."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.proof import requires

from ..handing_out import PDF, XML, handed_out
from ..models import FiscalDocument
from ..note_files import has_print, print_of, xml_of
from ..note_filters import NoteFilter
from ..papers.exceptions import FiscalFileRefused
from ..printing import xml_name

FUNCTION: Final = "billing.notes"
PAGE_SIZE: Final = 20


@requires(Level.REGISTERED)
@require_safe
def note_list(request: Any) -> HttpResponse:
    """The notes of a period, newest first, each with its key and its files."""
    _only_where_on(request)
    mine = FiscalDocument.objects.visible_to(request.access).select_related("invoice", "customer")
    narrowed = NoteFilter(request.GET, queryset=mine)
    context: dict[str, Any] = {"form": narrowed.form, "trail": [_finance()]}
    if not narrowed.is_valid():
        return render(request, "billing/notes.html", {**context, "page": None}, status=422)
    try:
        page = Paginator(narrowed.qs, PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    query = request.GET.copy()
    query.pop("page", None)
    context |= {
        "page": page,
        "rows": [{"note": note, "has_print": has_print(note)} for note in page],
        "query": f"{query.urlencode()}&" if query else "",
        "is_narrowed": any(narrowed.form.cleaned_data.values()),
        "names_customer": len(request.access.customer_ids) > 1,
    }
    return render(request, "billing/notes.html", context)


@requires(Level.REGISTERED)
@require_safe
def note(request: Any, pk: UUID) -> HttpResponse:
    """One of them."""
    found = _own(request, pk)
    context = {
        "note": found,
        "has_print": has_print(found),
        "names_customer": len(request.access.customer_ids) > 1,
        "trail": [_finance(), {"label": _("Fiscal notes"), "url": reverse("billing:notes")}],
    }
    return render(request, "billing/note.html", context)


@requires(Level.REGISTERED)
@require_safe
def note_xml(request: Any, pk: UUID) -> HttpResponse:
    """Its file as it came: the XML is the document, everything else is a print."""
    found = _own(request, pk)
    data = xml_of(found)
    if data is None:
        raise Http404
    return handed_out(data, XML, xml_name(found))


@requires(Level.REGISTERED)
@require_safe
def note_print(request: Any, pk: UUID) -> HttpResponse:
    """Its DANFE or DANFSe, or the PDF that came with it."""
    found = _own(request, pk)
    try:
        pdf = print_of(found)
    except FiscalFileRefused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(found.record_url())
    if pdf is None:
        raise Http404
    return handed_out(pdf, PDF, f"{xml_name(found).removesuffix('.xml')}.pdf", is_shown="show" in request.GET)


def _own(request: Any, pk: UUID) -> FiscalDocument:
    _only_where_on(request)
    mine = FiscalDocument.objects.visible_to(request.access).select_related("invoice", "customer")
    found: FiscalDocument = get_object_or_404(mine, pk=pk)
    return found


def _only_where_on(request: Any) -> None:
    if not request.card.is_on(FUNCTION):
        raise Http404


def _finance() -> dict[str, str]:
    return {"label": _("Finance"), "url": reverse("billing:finance")}
