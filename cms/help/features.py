"""What the portal can do, from the registry and the pages: what each is, how it is used and where it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.pages import path_below_company, sections_in_menu
from portal_modules.core.access import Level
from portal_modules.core.companies import CompanyCard
from portal_modules.core.help import HelpText
from portal_modules.core.modules import menu_entries, modules
from portal_modules.core.sections import is_there

from .shipped import shipped_help


@dataclass(frozen=True, slots=True)
class Help:
    """The help of a section: a page where there is one, else what was shipped."""

    title: str
    what: str
    how: SafeString
    path: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that the portal can do."""

    title: str
    icon: str
    what: str
    how: SafeString
    url: str
    help_url: str
    needs_sign_in: bool


def steps_as_html(text: HelpText) -> SafeString:
    """The steps as a numbered list; one alone is a paragraph."""
    if len(text.steps) == 1:
        return format_html("<p>{}</p>", text.steps[0])
    return format_html("<ol>{}</ol>", format_html_join("", "<li>{}</li>", ((step,) for step in text.steps)))


def help_pages(card: CompanyCard, language: str) -> dict[str, Help]:
    """The help pages of a language, by the name of the section."""

    def read() -> dict[str, Help]:
        found = apps.get_model("help", "HelpPage").objects.live().filter(locale__language_code=language)
        return {
            page.key: Help(page.title, page.introduction, SafeString(page.how), path_below_company(page))
            for page in found.select_related("locale").order_by("path")
        }

    pages: dict[str, Help] = card.remember(f"help:{language}", read)
    return pages


def help_url(request: Any) -> str:
    """Where the "?" of a page leads; "" where its section has no help page. No query once the card is warm."""
    card, match = getattr(request, "card", None), getattr(request, "resolver_match", None)
    if card is None or not getattr(request, "public_language", ""):
        return ""
    key = getattr(request, "help_key", "") or (match.view_name if match else "")
    pages = help_pages(card, request.public_language)
    page = pages.get(key) or pages.get(_section_of().get(key, ""))
    return f"{get_script_prefix()}{page.path}" if page else ""


def help_index_url(request: Any) -> str:
    """Where all that the portal can do is listed; "" where there is no such page."""
    card = getattr(request, "card", None)
    if card is None or not getattr(request, "public_language", ""):
        return ""
    language = request.public_language

    def read() -> str:
        found = apps.get_model("help", "HelpIndexPage").objects.live().filter(locale__language_code=language)
        page = found.select_related("locale").first()
        return path_below_company(page) if page else ""

    path = card.remember(f"help index:{language}", read)
    return f"{get_script_prefix()}{path}" if path else ""


def is_about_what_is_on(key: str, card: CompanyCard) -> bool:
    """Is the section that a page helps with there in this company? Editors may write about sections of their own."""
    text = next((text for text in shipped_help() if text.key == key), None)
    if text is not None:
        return text.is_on(card)
    label = key.partition(":")[0]
    return label not in modules or label in card.modules


def _section_of() -> dict[str, str]:
    """Other addresses of a section, by name."""
    return {other: text.key for text in shipped_help() for other in text.also}


def features_of(request: Any) -> list[Feature]:
    """All that is on in this company and of use to whoever looks: modules in the order of the menu, then pages."""
    pages = help_pages(request.card, request.public_language)
    shipped = {text.key: text for text in shipped_help()}
    found: dict[str, Feature] = {}
    for section in (*_lookups(request), *_entries(request), *_pages(request), *_others(request)):
        if section.url not in found:
            found[section.url] = _feature(section, pages.get(section.key), shipped.get(section.key))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Section:
    key: str
    title: Any
    icon: str
    url: str
    summary: Any = ""
    needs_sign_in: bool = False


def _feature(section: _Section, page: Help | None, text: HelpText | None) -> Feature:
    if page is None and text is not None:
        page = Help(str(text.title), str(text.what), steps_as_html(text))
    if page is None:
        page = Help(
            str(section.title), str(section.summary), format_html("<p>{}</p>", _("Open it from the menu."))
        )
    return Feature(
        title=str(section.title),
        icon=section.icon,
        what=page.what,
        how=page.how,
        url=section.url,
        help_url=f"{get_script_prefix()}{page.path}" if page.path else "",
        needs_sign_in=section.needs_sign_in,
    )


def _lookups(request: Any) -> Iterator[_Section]:
    """Following something by its number, for those who have not signed in."""
    for module in modules:
        lookup = module.lookup
        if lookup and request.card.is_on(lookup.function) and request.access.level <= Level.LOOKUP:
            text = next((text for text in shipped_help() if text.key == lookup.url_name), None)
            title = text.title if text else module.title
            yield _Section(lookup.url_name, title, "search", reverse(lookup.url_name), module.summary)


def _entries(request: Any) -> Iterator[_Section]:
    """The menu of the modules that are on; a stranger is shown what signing in opens."""
    access = request.access
    for label, entry in menu_entries(request.card.modules):
        name = entry.lookup_url_name if access.is_lookup else entry.url_name
        if not is_there(label, access):
            continue
        needs_sign_in = access.level < entry.level and not access.is_lookup
        if name and (needs_sign_in or access.is_lookup or access.may_see(entry.roles)):
            summary = modules.get(label).summary
            yield _Section(entry.url_name, entry.label, entry.icon, reverse(name), summary, needs_sign_in)


def _pages(request: Any) -> Iterator[_Section]:
    prefix = get_script_prefix()
    for page in sections_in_menu(request):
        if not page.help_key:
            continue  # a page about the company is nothing that the portal does
        yield _Section(page.help_key, page.title, page.icon, f"{prefix}{page.path}")


def _others(request: Any) -> Iterator[_Section]:
    """What has no entry in the menu. Whoever came by a number is not told of what a number does not open."""
    if request.access.is_lookup:
        return
    for text in shipped_help():
        if not text.is_on(request.card) or not is_there(text.module, request.access):
            continue
        is_done = (
            text.level == Level.ANONYMOUS and request.access.level >= Level.REGISTERED
        )  # such as signing in
        if text.icon and not is_done:
            needs_sign_in = request.access.level < text.level
            yield _Section(text.key, text.title, text.icon, reverse(text.key), text.what, needs_sign_in)
