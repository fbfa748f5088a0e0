"""The one search box of the back office: what somebody typed, looked for by every module that is on.

A module's part is a file `finding` beside its manifest (`core/rooms.py`):

    def find(request, text: str) -> list[Found]: ...  # the best first, at most `MOST`

Start from what an index answers: the box is used all day, over a hundred thousand customers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise

from portal_modules.core.presence import impatience
from portal_modules.core.rooms import said

MOST: Final = 25  # of each kind; whoever wants more narrows it down
LONGEST: Final = 100  # letters of what is looked for
_MOST_WORDS: Final = 8


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: what it is, what tells it from others, and its page.

    `is_it` marks one that was named as nothing else is, by its whole number: if it is alone, its page opens at once.
    """

    title: str
    url: str
    kind: str | Promise
    detail: str = ""
    icon: str = "user"
    is_it: bool = False


def find_everywhere(request: Any, text: str) -> list[Found]:
    """What all modules find, those that were named exactly first."""
    wanted = " ".join(text.replace("\x00", " ").split())[:LONGEST]
    if not wanted:
        return []
    with impatience():
        found: list[Found] = said(request, "finding", "find", wanted)
    return sorted(found, key=lambda hit: not hit.is_it)


def the_one(found: list[Found]) -> Found | None:
    """The hit that was meant beyond doubt."""
    exact = [hit for hit in found if hit.is_it]
    if len(exact) == 1:
        return exact[0]
    return found[0] if len(found) == 1 else None


def plain(text: str) -> str:
    """Without accents and case, as the indexes over names have it."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in decomposed if unicodedata.category(sign) != "Mn")


def patterns(text: str) -> tuple[list[str], str]:
    """The words of a text as patterns for LIKE, and the longest of them, which an index is asked for."""
    words = [f"%{_escaped(word)}%" for word in plain(text).split()[:_MOST_WORDS]]
    return words, max(words, key=len, default="")


def _escaped(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", word)
