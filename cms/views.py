"""Pages that compose the modules: the front of the installation, the customer's home, the company's colours."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.wagtail_hooks import check_view_restrictions

from cms.audiences import reader_of, refuse_reader
from cms.pages import find_page, has_restrictions, is_there, redirect_of_editors
from portal_modules.core.access import Level
from portal_modules.core.home import CountedCard, counted_cards, home_of
from portal_modules.core.proof import ask_for_more_proof, requires

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


@requires(Level.REGISTERED)
@require_safe
def my_home(request: Any) -> HttpResponse:
    """The customer's home: first what waits for somebody, then the ways into what is theirs."""
    if request.company is None:
        raise Http404
    if request.access.level < Level.REGISTERED:
        return ask_for_more_proof(request, my_home)
    home = home_of(request)
    context = {
        "steps": home.steps,
        "cards": [CountedCard(card, None) for card in home.cards],
        "cards_url": reverse("my_cards"),
    }
    return render(request, "cms/my_home.html", context)


@requires(Level.REGISTERED)
@require_safe
def my_cards(request: Any) -> HttpResponse:
    """The cards of the home page with their numbers, which it asks for when it stands."""
    if request.company is None:
        raise Http404
    if request.access.level < Level.REGISTERED:
        return ask_for_more_proof(request, my_cards)
    if not request.htmx:
        return HttpResponseRedirect(reverse("my_home"))
    return render(request, "cms/my_cards.html", {"cards": counted_cards(request)})
