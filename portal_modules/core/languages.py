"""The three public languages, and what is spoken behind each of them.

Addresses, pages and translated fields know `pt`, `es` and `en`. What a reader of `pt` hears depends
on the company: Brazilian Portuguese, or Portugal's, whose catalogue holds only what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import LocalePrefixPattern, URLPattern, URLResolver, get_script_prefix
from django.utils import translation
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

PUBLIC_LANGUAGES = {"pt": "Português", "es": "Español", "en": "English"}
LANGUAGE_CHOICES = [("pt", _("Portuguese")), ("es", _("Spanish")), ("en", _("English"))]

# The catalogues of what is spoken behind them.
SPOKEN = ("pt-br", "pt-pt", "es", "en")
# By the country of the company: ISO 3166 and the catalogue.
_PORTUGUESE_OF = {"PT": "pt-pt"}


def public_language(code: str | None) -> str:
    """`pt-br` → `pt`; what is not public → the first public language."""
    short = (code or "").split("-")[0].lower()
    return short if short in PUBLIC_LANGUAGES else "pt"


def spoken_language(public: str, country: str) -> str:
    """The catalogue behind a public language for a company of a country: `pt` → `pt-br`, `pt-pt` in Portugal."""
    return _PORTUGUESE_OF.get(country, "pt-br") if public == "pt" else public


def language_in_path(path: str) -> str | None:
    """The public language that an address begins with, as in `/pt/news/`."""
    first = path[1:].split("/", 1)[0]
    return first if first in PUBLIC_LANGUAGES else None


class PublicLanguagePattern(LocalePrefixPattern):
    """The prefix of an address: the public language of the one that is active."""

    @property
    def language_prefix(self) -> str:
        """`pt/` for pt-br and pt-pt alike."""
        return f"{public_language(get_language())}/"


def public_language_patterns(*urls: URLPattern | URLResolver) -> list[URLResolver]:
    """The addresses below `/<language>/`."""
    return [URLResolver(PublicLanguagePattern(), list(urls))]


def same_address_in(language: str, path: str) -> str:
    """The address of this page in another language: the prefix changed, the rest kept."""
    prefix = get_script_prefix()
    rest = path[len(prefix) :] if path.startswith(prefix) else path.lstrip("/")
    head, _slash, tail = rest.partition("/")
    return f"{prefix}{language}/{tail if head in PUBLIC_LANGUAGES else ''}"


def best_language(header: str, offered: Sequence[str]) -> str:
    """What the browser's Accept-Language asks for first among those offered."""
    wanted: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        code, _semicolon, quality = part.strip().partition(";")
        try:
            weight = float(quality.partition("=")[2] or 1)
        except ValueError:
            continue
        wanted.append((-weight, code.strip().lower().split("-")[0]))
    for _weight, code in sorted(wanted, key=lambda pair: pair[0]):
        if code in offered:
            return code
    return offered[0]


def _filled(words: str | Promise, values: Mapping[str, object]) -> str:
    return str(words) % values


_filled_later: Callable[..., Any] = lazy(_filled, str)


# What each public language is called in the language of whoever reads: "Title (portugués)".
LANGUAGE_WORDS: dict[str, Promise] = {
    "pt": pgettext_lazy("a language", "Portuguese"),
    "es": pgettext_lazy("a language", "Spanish"),
    "en": pgettext_lazy("a language", "English"),
}


def named_in(name: str | Promise, code: str) -> str:
    """The name of a translated field: “Title (Spanish)”, in the language of whoever reads."""
    return f"{name} ({LANGUAGE_WORDS[code]})"


def filled(words: str | Promise, **values: object) -> Promise:
    """A sentence with its gaps filled, in the language in force whenever it is read.

    `%` alone would settle on the language of now.
    """
    later: Promise = _filled_later(words, values)
    return later


def in_each_language(words: str | Promise, longest: int | None = None) -> dict[str, str]:
    """What is kept of a sentence that others read later: by catalogue, or once where it says the same in all."""
    if not isinstance(words, Promise):
        return {"": words[:longest]}
    found: dict[str, str] = {}
    for code in SPOKEN:
        with translation.override(code):
            found[code] = str(words)[:longest]
    return found if len(set(found.values())) > 1 else {"": found["en"]}


def in_this_language(kept: Mapping[str, str], language: str | None = None) -> str:
    """What was kept, in the language in force or the one that is named."""
    code = language or get_language() or "en"
    return kept.get(code) or kept.get("") or next(iter(kept.values()), "")
