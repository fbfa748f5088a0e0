"""The search over frequent questions and support materials, in PostgreSQL.

What is searched is kept beside each page, without accents and in small letters; a column that the database
makes of it has the stems of the page's language. The words of the question are looked for by their beginnings,
all of them first, then any; what is misspelt is found by likeness.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField, TrigramWordSimilarity
from django.db import models
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from cms.audiences import Reader, reader_of
from cms.pages import path_below_company
from portal_modules.core.choices import ChannelPurpose
from portal_modules.core.languages import public_language

CONFIGURATIONS = {"pt": "portuguese", "es": "spanish", "en": "english"}
LONGEST_QUESTION = 100
LONGEST_TEXT = 200_000  # a column of stems holds a megabyte
MOST_WORDS = 8
MOST_FOUND = 20
# How much of a word has to be alike; below it everything resembles everything.
ALIKE = 0.5

_WORD = re.compile(r"\w+")


def without_accents(text: str) -> str:
    """`Certidão` → `certidao`."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).lower()


def words_of(page: Any, field_name: str) -> list[str]:
    """The words of a text that editors wrote in blocks or with a rich editor."""
    words: list[str] = page._meta.get_field(field_name).get_searchable_content(getattr(page, field_name))
    return words


class Searchable(models.Model):
    """A page that the search finds: it keeps its words beside itself."""

    is_answer = False  # to a frequent question

    search_language: models.CharField[Any, Any] = models.CharField(max_length=2, default="pt", editable=False)
    search_title: models.TextField[Any, Any] = models.TextField(default="", editable=False)
    search_text: models.TextField[Any, Any] = models.TextField(default="", editable=False)

    class Meta:
        abstract = True

    def searched_texts(self) -> Iterable[str]:
        """The texts beside the title, as people read them."""
        raise NotImplementedError

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Gather the words, then keep the page."""
        if not kwargs.get("update_fields"):
            page: Any = self
            self.search_language = public_language(page.locale.language_code) if page.locale_id else "pt"
            self.search_title = without_accents(page.title)
            self.search_text = without_accents("\n".join(self.searched_texts()))[:LONGEST_TEXT]
        super().save(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class Found:
    """One page that was found."""

    title: SafeString
    excerpt: SafeString
    url: str
    is_answer: bool


def search(kinds: Sequence[type[Any]], language: str, reader: Reader, text: str) -> list[Found]:
    """What the reader may read of these kinds of pages in a language, the most fitting first."""
    words = [without_accents(word) for word in _WORD.findall(text[:LONGEST_QUESTION])][:MOST_WORDS]
    if not words:
        return []
    pages_of = [
        kind.objects.live().meant_for(reader).filter(search_language=language).select_related("locale")
        for kind in kinds
    ]
    looks: tuple[Callable[[], list[Any]], ...] = (
        lambda: _with_words(pages_of, language, " & ".join(f"{word}:*" for word in words)),
        lambda: _with_words(pages_of, language, " | ".join(f"{word}:*" for word in words)),
        lambda: _alike(pages_of, " ".join(words)),
    )
    for look in looks:
        if pages := look():
            return [_found(page, words) for page in pages]
    return []


def _with_words(kinds: list[QuerySet[Any]], language: str, expression: str) -> list[Any]:
    query = SearchQuery(expression, config=CONFIGURATIONS[language], search_type="raw")
    found: list[Any] = []
    for kind in kinds:
        column = RawSQL(f'"{kind.model._meta.db_table}"."search_vector"', [], SearchVectorField())  # noqa: S611 (a name of ours)
        ranked = kind.annotate(vector=column).filter(vector=query)
        found += ranked.annotate(rank=SearchRank(F("vector"), query)).order_by("-rank", "path")[:MOST_FOUND]
    return sorted(found, key=lambda page: -page.rank)[:MOST_FOUND]


def _alike(kinds: list[QuerySet[Any]], text: str) -> list[Any]:
    found: list[Any] = []
    for kind in kinds:
        alike = kind.annotate(likeness=TrigramWordSimilarity(text, "search_title")).filter(
            likeness__gte=ALIKE
        )
        found += alike.order_by("-likeness", "path")[:MOST_FOUND]
    return sorted(found, key=lambda page: -page.likeness)[:MOST_FOUND]


def _found(page: Any, words: list[str]) -> Found:
    return Found(
        title=marked(page.title, words),
        excerpt=marked(page.excerpt(), words),
        url=f"{get_script_prefix()}{path_below_company(page)}",
        is_answer=page.is_answer,
    )


def marked(text: str, words: list[str]) -> SafeString:
    """The text with the words that were asked for marked."""
    parts, end = [], 0
    for match in _WORD.finditer(text):
        if without_accents(match[0]).startswith(tuple(words)):
            parts += [("", text[end : match.start()], ""), ("<mark>", match[0], "</mark>")]
            end = match.end()
    parts.append(("", text[end:], ""))
    return format_html_join(
        "", "{}{}{}", ((_tag(before), words_, _tag(after)) for before, words_, after in parts)
    )


def _tag(text: str) -> SafeString:
    return SafeString(text)


def search_context(kinds: Sequence[type[Any]], page: Any, request: HttpRequest) -> dict[str, Any]:
    """What the page of a search shows: the question, what was found, and whom to ask instead."""
    question = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUESTION]
    card: Any = request.card  # type: ignore[attr-defined]
    language = public_language(page.locale.language_code)
    return {
        "question": question,
        "results": search(kinds, language, reader_of(request), question) if question else [],
        "helpers": _who_helps(card.channels),
    }


def _who_helps(channels: Iterable[Any]) -> list[Any]:
    """The channels for support; where there are none, those for anything else, then any."""
    for purpose in (ChannelPurpose.SUPPORT, ChannelPurpose.GENERAL):
        if found := [channel for channel in channels if channel.purpose == purpose]:
            return found
    return list(channels)
