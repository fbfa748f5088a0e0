"""Parts of a page that come many times with other words: rendered once, and filled.

A row of a list costs Django a hundred nodes of a template, and all that differs between two rows are a few words. So
the template is rendered with marks in their places, once for each form (which cells there are, which state), and the
words are put in afterwards, escaped as the template would have done.

    ROW = Pattern("visits/row.html", texts=("number", "day"), ids=("pk",))
    html = ROW.fill(request.card, {"is_done": True}, {"pk": visit.pk, "number": visit.number, "day": shown})

The template reads the form to decide, and only writes the words: a filter or an `if` would see the mark.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from html import escape
from typing import Any
from uuid import uuid4

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal_modules.core.companies import CompanyCard
from portal_modules.core.exceptions import RegistryError

# No letter of any script: what people write has it in no place where a mark begins.
_BEGIN, _END = "\ue000", "\ue001"


class Pattern:
    """A template with places for words. `ids` are keys that stand in addresses, written as UUIDs."""

    def __init__(self, template: str, *, texts: Iterable[str], ids: Iterable[str] = ()) -> None:
        self.template = template
        self._marks = {name: f"{_BEGIN}{name}{_END}" for name in texts} | {name: str(uuid4()) for name in ids}
        self._names = {mark: name for name, mark in self._marks.items()}
        self._cut = re.compile(f"({'|'.join(map(re.escape, self._names))})")

    def fill(
        self, card: CompanyCard | None, form: Mapping[str, Hashable], values: Mapping[str, object]
    ) -> SafeString:
        """The part in this form with these words; words that are HTML already stay as they are.

        It is kept with the company's card; a page of no company has it rendered each time.
        Raises `KeyError` where a word that the template writes is not among the values.
        """
        written = list(self._kept(card, form) if card else self._pieces(form))
        for place in range(1, len(written), 2):
            value = values[written[place]]
            written[place] = value if type(value) is SafeString else escape(str(value))
        return SafeString("".join(written))

    def _kept(self, card: CompanyCard, form: Mapping[str, Hashable]) -> Sequence[str]:
        key = f"pattern:{self.template}:{get_language()}:{get_script_prefix()}:{tuple(form.items())!r}"
        pieces: Sequence[str] = card.remember(key, lambda: self._pieces(form))
        return pieces

    def _pieces(self, form: Mapping[str, Any]) -> list[str]:
        """Text, the name of a word, text, the name of a word … text."""
        if clash := form.keys() & self._marks.keys():
            raise RegistryError(f"{self.template}: {', '.join(sorted(clash))} cannot be form and word.")
        icons = static("balcao/icons.svg")
        text = render_to_string(self.template, {**form, **self._marks, "icons": icons})
        pieces = [self._names.get(piece, piece) for piece in self._cut.split(text)]
        if any(_BEGIN in piece or _END in piece for piece in pieces[::2]):
            raise RegistryError(f"{self.template} does more with a word than to write it.")
        return pieces
