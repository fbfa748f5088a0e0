"""What the frame of every page shows: company, menu, languages, who is looking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from portal_modules.core import sections
from portal_modules.core.access import Access, ActorKind
from portal_modules.core.compiled import compiled
from portal_modules.core.languages import PUBLIC_LANGUAGES, same_address_in
from portal_modules.core.modules import MenuEntry, account_entries, menu_entries
from portal_modules.core.presence import attempt, which_have_rows
from portal_modules.core.records import records


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of the frame; what costs something is computed when a template asks for it."""
    if request.path_info.startswith("/admin/"):
        return {}
    company = getattr(request, "company", None)
    access = getattr(request, "access", Access())
    language = getattr(request, "public_language", "")
    context: dict[str, Any] = {
        "company": company,
        "card": getattr(request, "card", None),
        "access": access,
        "home_url": f"{get_script_prefix()}{language}/" if company and language else None,
        "menu": SimpleLazyObject(lambda: _menu(request)),
        "language_links": SimpleLazyObject(lambda: _language_links(request)),
        "help_url": SimpleLazyObject(lambda: _help(request, 0)),
        "help_index_url": SimpleLazyObject(lambda: _help(request, 1)),
        "legal_links": SimpleLazyObject(lambda: _legal_links(request)),
    }
    card = context["card"]
    for label, part in frame_parts.items():
        if card and label in card.modules:
            context |= part(request)
    user: Any = getattr(request, "user", None)
    if access.customer_ids and user.is_authenticated:
        context["account"] = {"name": user.get_full_name(), "detail": "" if user.is_technical else user.email}
        if access.actor == ActorKind.CONTACT:
            context["account_links"] = SimpleLazyObject(lambda: _account_links(request))
        context["sign_out_url"] = SimpleLazyObject(lambda: reverse("accounts:sign_out"))
    elif company:
        context["sign_in_url"] = SimpleLazyObject(lambda: reverse("accounts:sign_in"))
    return context


def frame_part(label: str) -> Callable[[FramePart], FramePart]:
    """Have a module add to the frame of every page where it is on: names for the template.

    It stands in the module's `frame.py`, and runs for each page: what costs something is a lazy object.
    """

    def add(part: FramePart) -> FramePart:
        frame_parts[label] = part
        return part

    return add


FramePart = Callable[[Any], dict[str, Any]]
frame_parts: dict[str, FramePart] = {}


def _account_links(request: Any) -> list[dict[str, Any]]:
    own = [
        {"label": _("My account"), "url": reverse("accounts:account"), "icon": "user"},
        {"label": _("Second factor"), "url": reverse("mfa_index"), "icon": "lock"},
        {"label": _("Where you are signed in"), "url": reverse("usersessions_list"), "icon": "globe"},
    ]
    card = getattr(request, "card", None)
    return own + [
        {"label": entry.label, "url": reverse(entry.url_name), "icon": entry.icon}
        for entry in account_entries(card.modules if card else ())
        if request.access.level >= entry.level and request.access.may_see(entry.roles)
    ]


def _legal_links(request: Any) -> list[dict[str, str]]:
    """The company's terms and privacy notice, at the foot of every page."""
    card = getattr(request, "card", None)
    source = legal_source[0] if legal_source else None
    return source(card) if card and source and request.public_language else []


class Menu(list[dict[str, Any]]):
    """The entries of a menu. Equal menus are drawn once: `key` tells them apart."""

    @property
    def key(self) -> str:
        """All that is seen of it."""
        return "|".join(f"{each['label']} {each['url']} {each['icon']} {each['current']}" for each in self)


def _menu(request: Any) -> Menu:
    """The entries for whoever is looking, by module, level and role; then the pages."""
    card = getattr(request, "card", None)
    if not card:
        return Menu()
    access = request.access
    there = [entry for label, entry in menu_entries(card.modules) if sections.is_there(label, access)]
    entries = Menu()
    for entry in _with_something_in_them(request, there):
        name = entry.url_name
        if access.is_lookup:
            name = entry.lookup_url_name
        elif access.level < entry.level or not access.may_see(entry.roles):
            continue
        if name:
            entries.append(_entry(request, entry.label, reverse(name), entry.icon))
    for label, path, icon in _page_entries(request):
        entries.append(_entry(request, label, f"{get_script_prefix()}{path}", icon))
    return entries


def _with_something_in_them(request: Any, entries: list[MenuEntry]) -> list[MenuEntry]:
    """Without those that need a record which whoever is looking has none of; one statement for all."""
    unsure = sorted({entry.only_with for entry in entries if entry.only_with})
    if not unsure:
        return entries
    asked = [_visible.about(name, request.access) for name in unsure]
    filled = attempt(lambda: which_have_rows(asked), [True] * len(unsure), "what the menu shows")
    empty = {name for name, has_rows in zip(unsure, filled, strict=True) if not has_rows}
    return [entry for entry in entries if entry.only_with not in empty]


@compiled
def _visible(record_type: str, access: Access) -> QuerySet[Any]:
    return records.visible_to(record_type, access)


def _entry(request: Any, label: Any, url: str, icon: str) -> dict[str, Any]:
    return {"label": label, "url": url, "icon": icon, "current": request.path.startswith(url)}


def _page_entries(request: Any) -> list[tuple[str, str, str]]:
    """The pages of the menu that are for whoever is looking, in this language."""
    found: list[tuple[str, str, str]] = page_menu_source[0](request) if page_menu_source else []
    return found


# Tells which pages stand in the menu of a request: (label, path below the company's address, icon). `cms`
# registers it.
page_menu_source: list[Any] = []
# Tells which legal texts a company has out: (label, url) of each. The accounts register it.
legal_source: list[Any] = []
# Tells where the "?" of a request leads, and where all that the portal can do is listed. `cms` registers both.
help_source: list[Any] = []


def _help(request: Any, which: int) -> str:
    return str(help_source[which](request)) if help_source else ""


def _language_links(request: Any) -> list[dict[str, Any]]:
    """This page in each language of the company."""
    company = getattr(request, "company", None)
    current = getattr(request, "public_language", "")
    if not current:
        return []
    translated = getattr(request, "page_addresses", None) or {}
    query = request.META.get("QUERY_STRING", "")
    return [
        {
            "code": code,
            "label": PUBLIC_LANGUAGES[code],
            "url": translated.get(code)
            or same_address_in(code, request.path) + (f"?{query}" if query else ""),
            "current": code == current,
        }
        for code in (company.languages if company else PUBLIC_LANGUAGES)
    ]
