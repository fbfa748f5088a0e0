"""Pages of the company as a whole: the front of the installation, its colours, what its editors write."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix
from wagtail import hooks
from wagtail.wagtail_hooks import check_view_restrictions

from cms.audiences import reader_of, refuse_reader
from cms.pages import find_page, has_restrictions, is_there, redirect_of_editors

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
    if page is None or not is_there(page):
        return redirect_of_editors(request)
    if not reader_of(request).may_read(page):
        return refuse_reader(request)
    for hook in hooks.get_hooks("before_serve_page"):
        if hook is check_view_restrictions and not has_restrictions(request.card):
            continue
        answer = hook(page, request, [], {})
        if isinstance(answer, HttpResponse):
            return answer
    response: HttpResponse = page.serve(request)
    return response
