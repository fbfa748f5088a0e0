"""Pages that compose the modules: the front of the installation, the customer's home, the company's colours."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.wagtail_hooks import check_view_restrictions

from cms.pages import find_page, has_restrictions, redirect_of_editors
from portal_modules.core.access import Level
from portal_modules.core.proof import ask_for_more_proof, requires
from portal_modules.core.records import records

_DAY = 60 * 60 * 24


def front(request: Any) -> HttpResponse:
    """`/`: to the company's home in the best language; without a company, where to find one's own."""
    if request.company:
        return HttpResponseRedirect(f"{get_script_prefix()}{request.public_language}/")
    return render(request, "cms/front.html")


def brand_css(request: Any) -> HttpResponse:
    """The company's one colour as a style sheet; its address carries the version, so it is kept for long."""
    if request.card is None:
        raise Http404
    response = HttpResponse(request.card.brand_css, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={_DAY * 30}"
    return response


def serve_page(request: Any, path: str) -> HttpResponse:
    """A page of the company, in the language of the address.

    Wagtail would find the page of the default language first, and then its translation; here the tree
    of the address's language is asked at once. The rest is Wagtail's: its hooks, restrictions, methods.
    """
    if request.company is None:
        raise Http404
    page = find_page(request.card, request.public_language, path)
    if page is None:
        return redirect_of_editors(request)
    for hook in hooks.get_hooks("before_serve_page"):
        if hook is check_view_restrictions and not has_restrictions(request.card):
            continue
        answer = hook(page, request, [], {})
        if isinstance(answer, HttpResponse):
            return answer
    response: HttpResponse = page.serve(request)
    return response


@requires(Level.REGISTERED)
@require_safe
def my_home(request: Any) -> HttpResponse:
    """The customer's home: what is theirs, one card for each kind of record."""
    if request.company is None:
        raise Http404
    if request.access.level < Level.REGISTERED:
        return ask_for_more_proof(request, my_home)
    cards = []
    for record in records:
        if record._meta.app_label in request.card.modules:
            found = list(records.visible_to(record.record_type(), request.access)[:5])
            cards.append(
                {"title": record._meta.verbose_name_plural, "icon": record.record_icon, "records": found}
            )
    return render(request, "cms/my_home.html", {"cards": cards})
