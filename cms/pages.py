"""What all our pages have in common: their addresses, and their place in the menu."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import get_script_prefix
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from portal_modules.core.companies import CompanyCard
from portal_modules.core.languages import public_language
from portal_modules.core.models import Company

# The icon of a page in the menu, by its type.
MENU_ICONS = {"newsindexpage": "news"}


def path_below_company(page: Page) -> str:
    """`/castro-lima-pt/news/one/` → `pt/news/one/`: the home's slug gives way to the language."""
    _root, _home, rest = page.url_path.split("/", 2)
    return f"{public_language(page.locale.language_code)}/{rest}"


def address_of(page: Page) -> str:
    """The address of a page on the company of the request, whichever way it was reached."""
    return f"{get_script_prefix()}{path_below_company(page)}"


def home_of(card: CompanyCard, language: str) -> tuple[int, str]:
    """The home of a language and where its tree begins; (0, "") when there is none."""

    def read() -> tuple[int, str]:
        found = (
            Page.objects.filter(depth=2, locale__language_code=language).values_list("pk", "url_path").first()
        )
        return found or (0, "")

    home: tuple[int, str] = card.remember(f"home:{language}", read)
    return home


def find_page(card: CompanyCard, language: str, path: str) -> Page | None:
    """The live page at a path below the language."""
    _pk, home_path = home_of(card, language)
    if not home_path:
        return None

    key = f"page:{home_path}{path}"
    if key not in card.memory:
        found = Page.objects.live().filter(url_path=f"{home_path}{path}").first()
        if found is None:
            return None  # not remembered: whoever asks for nonsense must not push the rest out
        card.remember(key, lambda: found.specific)
    # A copy, because a page carries what one request has made of it.
    return copy(card.memory[key])


def has_restrictions(card: CompanyCard) -> bool:
    """Is any page of the company not for everybody? Hardly ever, and asking for each page costs two queries."""
    restricted: bool = card.remember("restricted", PageViewRestriction.objects.exists)
    return restricted


def redirect_of_editors(request: Any) -> HttpResponse:
    """Where editors said that an old address leads to now; 404 when nobody did."""
    old_path = Redirect.normalise_path(request.path_info)
    found = (
        Redirect.get_for_site(request.card.site)
        .select_related("redirect_page__locale")
        .filter(old_path=old_path)
    )
    redirect = found.first()
    if redirect is None:
        raise Http404
    if redirect.redirect_page:
        target = address_of(redirect.redirect_page)
    elif redirect.redirect_link.startswith("/"):
        target = f"{get_script_prefix()}{redirect.redirect_link.lstrip('/')}"
    else:
        target = redirect.redirect_link
    kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
    return kind(target)


def pages_in_menu(company: Company, language: str) -> list[tuple[str, str, str]]:
    """The pages below the home that editors put into the menu."""
    found = Page.objects.live().filter(depth=3, show_in_menus=True, locale__language_code=language)
    found = found.select_related("locale", "content_type").order_by("path")
    return [
        (page.title, path_below_company(page), MENU_ICONS.get(page.content_type.model, "file"))
        for page in found
    ]


def addresses_of_translations(card: CompanyCard, page: Page) -> dict[str, str]:
    """The page in each language that it has been published in; its section where it has not."""
    paths: dict[str, str] = card.remember(f"translations:{page.pk}", lambda: _paths_of_translations(page))
    return {language: f"{get_script_prefix()}{path}" for language, path in paths.items()}


def _paths_of_translations(page: Page) -> dict[str, str]:
    family = [page.translation_key]
    if page.depth > 3:
        family.append(page.get_parent().translation_key)
    found = Page.objects.live().filter(translation_key__in=family).select_related("locale").order_by("depth")
    return {each.locale.language_code: path_below_company(each) for each in found}


class AddressedPage:
    """A page that knows itself in the other languages, for the language selector."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page's context, with its translations told to the frame."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        card: CompanyCard | None = getattr(request, "card", None)
        if card:
            request.page_addresses = addresses_of_translations(card, self)  # type: ignore[attr-defined]
        return context
