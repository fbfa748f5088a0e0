"""What all our pages have in common: their addresses, where they stand, and their place in the menu."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from cms.audiences import ONLY_BY_NUMBER, ForAudience, Reader, reader_of
from cms.previews import PreviewedAsReader
from cms.shown_files import note_shown_files
from portal_modules.core.companies import CompanyCard
from portal_modules.core.languages import public_language


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
        try:
            page = found.specific
        except ObjectDoesNotExist:
            return found  # the wall hides its texts from whoever is looking, and another may read them
        if isinstance(page, ForAudience):
            page.group_ids  # noqa: B018 (read now, by somebody who may, and kept with the page)
        card.remember(key, lambda: page)
    # A copy, because a page carries what one request has made of it.
    return copy(card.memory[key])


def is_there(page: Page) -> bool:
    """Can it be opened today?"""
    return not isinstance(page, AddressedPage) or page.is_there(timezone.localdate())


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


@dataclass(frozen=True, slots=True)
class MenuPage:
    """A page of the menu; the path is below the company's address."""

    title: str
    path: str
    icon: str
    help_key: str


def sections_in_menu(request: Any) -> list[MenuPage]:
    """The pages below the home that editors put into the menu and that have something for whoever is looking.

    Whoever came by a number has their business and the news; another page joins them where it has something
    that is meant for number holders.
    """
    card, language, reader = request.card, request.public_language, reader_of(request)
    asked = ONLY_BY_NUMBER if request.access.is_lookup else reader
    key = f"menu:{language}:{asked.key}:{timezone.localdate()}"
    found: list[MenuPage] = card.remember(key, lambda: _sections_in_menu(language, asked))
    return found


def pages_in_menu(request: Any) -> list[tuple[str, str, str]]:
    """The same, as the frame wants it: label, path and icon."""
    return [(page.title, page.path, page.icon) for page in sections_in_menu(request)]


def _sections_in_menu(language: str, reader: Reader) -> list[MenuPage]:
    found = Page.objects.live().filter(depth=3, show_in_menus=True, locale__language_code=language)
    pages: list[Any] = list(found.select_related("locale").order_by("path").specific())
    ours = [page for page in pages if isinstance(page, AddressedPage) and page.has_something_for(reader)]
    return [_menu_page(page) for page in ours]


def _menu_page(page: Any) -> MenuPage:
    return MenuPage(page.title, path_below_company(page), page.menu_icon, page.help_key)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way from the home page to a page."""

    label: str
    url: str


def way_to(card: CompanyCard, page: Page) -> list[Step]:
    """The pages above a page, from the home on; the page itself is not in it."""
    above: list[tuple[str, str]] = card.remember(f"way:{page.pk}", lambda: _above(page))
    steps = [(str(_("Home")), above[0][1]), *above[1:]] if above else []
    return [Step(label, f"{get_script_prefix()}{path}") for label, path in steps]


def _above(page: Page) -> list[tuple[str, str]]:
    found = page.get_ancestors().filter(depth__gt=1).select_related("locale").order_by("depth")
    return [(each.title, path_below_company(each)) for each in found]


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


class AddressedPage(PreviewedAsReader):
    """What our kinds of pages have in common beside Wagtail's.

    A page that knows itself in the other languages, where it stands, and for whom it stands in the menu.
    """

    menu_icon = "file"
    # The section whose help page stands behind the "?".
    help_key = ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the page, and which files it shows."""
        super().save(*args, **kwargs)  # type: ignore[misc]
        if not kwargs.get("update_fields"):  # else it is a draft that is being kept, beside what is shown
            note_shown_files(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page's context, with its translations told to the frame."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        card: CompanyCard | None = getattr(request, "card", None)
        if card:
            request.page_addresses = addresses_of_translations(card, self)  # type: ignore[attr-defined]
            request.help_key = self.help_key  # type: ignore[attr-defined]
            context["trail"] = way_to(card, self) if self.pk else []  # type: ignore[attr-defined]
        return context

    @property
    def published_on(self) -> datetime | None:
        """When it was last published; a page that was made without a revision knows only that."""
        page: Any = self
        found: datetime | None = page.last_published_at or page.first_published_at
        return found or page.latest_revision_created_at

    def is_there(self, on: date) -> bool:
        """Can it be opened on that day? What has not begun cannot."""
        return True

    def has_something_for(self, reader: Reader) -> bool:
        """Does it stand in the menu of this reader?"""
        if reader == ONLY_BY_NUMBER and not isinstance(self, ForAudience):
            return False
        return reader.may_read(self)
