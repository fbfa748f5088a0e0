"""Help in the back office: which text belongs to a screen, the shipped one or the company's own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal_modules.core.companies import CompanyCard
from portal_modules.core.help import HelpText, office_help_of_modules
from portal_modules.core.languages import PUBLIC_LANGUAGES

from .features import steps_as_html
from .models import OwnHelp
from .screens import SCREENS

FALLBACK = "wagtailadmin_home"
RIGHT = "help.change_ownhelp"


@cache
def office_texts() -> dict[str, HelpText]:
    """All texts for staff by their key: those of Wagtail's screens and of the kernel, then those of the modules."""
    return {text.key: text for text in (*SCREENS, *office_help_of_modules())}


@cache
def text_of(name: str) -> HelpText | None:
    """The text that fits the address of a name best."""
    best = max(office_texts().values(), key=lambda text: text.covers(name))
    return best if best.covers(name) else None


def screen_help_url(request: Any) -> str:
    """Where the "?" of a screen leads."""
    match = getattr(request, "resolver_match", None)
    if match is None or getattr(request, "company", None) is None:
        return ""
    text = text_of(match.view_name)
    return reverse("help_screen", args=[text.key if text else FALLBACK])


@dataclass(frozen=True, slots=True)
class ScreenHelp:
    """What is shown about a screen. `is_own` says that it is the company's, `has_changed` that ours is newer."""

    key: str
    title: str
    what: str
    how: SafeString
    is_own: bool = False
    has_changed: bool = False
    own_id: int | None = None


def help_of(text: HelpText, *, shipped: bool = False) -> ScreenHelp:
    """The help of a screen in the language in force: the company's own words where it has some."""
    own = None if shipped else OwnHelp.objects.filter(key=text.key).first()
    if own is None:
        return ScreenHelp(text.key, str(text.title), str(text.what), shipped_how(text))
    return ScreenHelp(
        key=text.key,
        title=own.title,
        what=own.what,
        how=SafeString(own.how),
        is_own=True,
        has_changed=own.shipped != mark_of(text),
        own_id=own.pk,
    )


def shipped_how(text: HelpText) -> SafeString:
    """The steps, and what else is good to know."""
    more = SafeString("").join(format_html("<p>{}</p>", line) for line in text.more)
    return SafeString(steps_as_html(text) + more)


def own_words(text: HelpText, card: CompanyCard) -> OwnHelp:
    """A copy of the shipped text in each language, for the company to change; the one that there is stays."""
    values: dict[str, str] = {"shipped": mark_of(text)}
    for language in PUBLIC_LANGUAGES:
        with translation.override(card.company.spoken(language)):
            values[f"title_{language}"] = str(text.title)
            values[f"what_{language}"] = str(text.what)
            values[f"how_{language}"] = str(shipped_how(text))
    made: OwnHelp = OwnHelp.objects.get_or_create(key=text.key, defaults=values)[0]
    return made


def mark_of(text: HelpText) -> str:
    """Changes whenever the shipped text does, whichever language one reads."""
    with translation.override("en"):
        words = [str(each) for each in (text.title, text.what, *text.steps, *text.more)]
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()


def screens_of(card: CompanyCard) -> list[HelpText]:
    """The texts about what is on in the company, by title."""
    return sorted(
        (text for text in office_texts().values() if text.is_on(card)), key=lambda text: str(text.title)
    )
