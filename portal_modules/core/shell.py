"""What the frame of every page shows: company, menu, languages, who is looking."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from portal_modules.core.access import Access, ActorKind
from portal_modules.core.languages import PUBLIC_LANGUAGES, same_address_in
from portal_modules.core.modules import menu_entries


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of the frame; nothing of it is computed before a template asks."""
    return {
        "company": getattr(request, "company", None),
        "card": getattr(request, "card", None),
        "access": getattr(request, "access", Access()),
        "menu": SimpleLazyObject(lambda: _menu(request)),
        "language_links": SimpleLazyObject(lambda: _language_links(request)),
        "is_signed_in": getattr(request, "access", Access()).actor == ActorKind.CONTACT,
    }


def _menu(request: Any) -> list[dict[str, Any]]:
    """The entries for whoever is looking: by module, level and role. News is for everybody."""
    if not getattr(request, "card", None):
        return []
    access = request.access
    entries = []
    for label, entry in menu_entries(request.card.modules):
        name = entry.url_name
        if access.is_lookup:
            name = entry.lookup_url_name
        elif access.level < entry.level or not access.may_see(entry.roles):
            continue
        if name:
            entries.append(_entry(request, entry.label, reverse(name), entry.icon, label))
    for label, url, icon in getattr(request, "page_menu", ()):
        entries.append(_entry(request, label, url, icon, ""))
    return entries


def _entry(request: Any, label: Any, url: str, icon: str, module: str) -> dict[str, Any]:
    return {"label": label, "url": url, "icon": icon, "module": module, "current": request.path.startswith(url)}


def _language_links(request: Any) -> list[dict[str, Any]]:
    """This page in each language of the company."""
    company = getattr(request, "company", None)
    languages = company.languages if company else list(PUBLIC_LANGUAGES)
    translated = getattr(request, "page_addresses", {})
    query = request.META.get("QUERY_STRING", "")
    return [
        {
            "code": code,
            "label": PUBLIC_LANGUAGES[code],
            "url": translated.get(code) or same_address_in(code, request.path) + (f"?{query}" if query else ""),
            "current": code == getattr(request, "public_language", ""),
        }
        for code in languages
    ]


