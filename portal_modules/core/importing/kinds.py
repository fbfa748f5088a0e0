"""What can be taken in: kinds of tables with their columns, declared by modules in `imports.py`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar, TypeVar

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import RegistryError
from portal_modules.core.models import Company

Text = str | Promise
K = TypeVar("K", bound="type[ImportKind]")

# A key, and all that a line says of it.
Part = tuple[str, tuple[str, ...]]

# The catalogues of `core.languages`, and the words as they stand in the code.
LANGUAGES = ("pt-br", "pt-pt", "es", "en")

NEW, CHANGED, SAME, UNDONE = "new", "changed", "same", "undone"


@dataclass(frozen=True, slots=True)
class Column:
    """One column that a kind takes: the headings under which it is known, and examples for the template."""

    name: str
    label: Text
    headings: Sequence[str] = ()
    examples: Sequence[Text] = ()
    help: Text = ""


@dataclass(slots=True)
class Row:
    """One line of the file: the cells by the names of the columns, and what becomes of it."""

    line: int
    values: Mapping[str, str]
    outcome: str = ""
    reason: Text = ""

    def refuse(self, reason: Text) -> None:
        """Leave it out, and say why. The first reason stands."""
        self.reason = self.reason or reason

    @property
    def is_refused(self) -> bool:
        """Was it left out?"""
        return bool(self.reason)

    def get(self, name: str) -> str:
        """A cell; empty where the column is not in the file."""
        return self.values.get(name, "")


@dataclass(slots=True)
class Load:
    """A chunk of rows to be loaded, for whom, and whether to write: a dry run only looks."""

    company: Company
    rows: list[Row]
    by: Any | None
    writes: bool
    tells: bool = False
    # By line: which parts of it (see `ImportKind.parts`) an earlier line has said already.
    said_before: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def was_said(self, row: Row, parts: frozenset[int]) -> bool:
        """Has an earlier line of the file said the same of the same?"""
        return not parts.isdisjoint(self.said_before.get(row.line, frozenset()))

    def good_rows(self) -> Iterator[Row]:
        """Those that nothing was found against so far."""
        return (row for row in self.rows if not row.is_refused)


class ImportKind:
    """One kind of table. The same table twice changes nothing; an empty cell leaves what is there."""

    name: ClassVar[str]
    label: ClassVar[Text]
    summary: ClassVar[Text] = ""
    right: ClassVar[str]
    icon: ClassVar[str] = "download"
    columns: ClassVar[Sequence[Column]]
    # At least one column of each of these sets has to be in the file.
    needs: ClassVar[Sequence[frozenset[str]]] = ()
    # The same for lines about something that is not there yet: without these such a line is refused.
    needs_for_new: ClassVar[Sequence[frozenset[str]]] = ()
    chunk_size: ClassVar[int] = 2000
    # Lines that follow one another and have the same here are loaded together: those of one invoice.
    together: ClassVar[str] = ""
    # The name of the address of the register where the rows are seen.
    register: ClassVar[str]
    # Can customers be told of what is taken in?
    can_tell: ClassVar[bool] = False

    def parts(self, company: Company, values: Mapping[str, str]) -> list[Part | None]:
        """What a line is about: for each thing its key, and all that the line says of it; None where it says nothing.

        Two lines that say different things of the same key contradict each other, and the second is refused.
        """
        raise NotImplementedError

    def load(self, load: Load) -> None:
        """Give each row its outcome or the reason why it is refused, and write if `load.writes`."""
        raise NotImplementedError

    def column(self, name: str) -> Column:
        """The column of a name."""
        return next(each for each in self.columns if each.name == name)

    def labels(self, names: frozenset[str]) -> list[str]:
        """What these columns are called, in the order of all columns."""
        return [str(column.label) for column in self.columns if column.name in names]

    def wanted(self, name: str) -> str:
        """Whether a column has to be in the file, in words; empty where it may be left out."""
        for sets, alone, one_of in (
            (self.needs, _("Required."), _("Required: this, or %(names)s.")),
            (
                self.needs_for_new,
                _("Required for what is new."),
                _("Required for what is new: this, or %(names)s."),
            ),
        ):
            for needed in sets:
                if name in needed:
                    others = ", ".join(self.labels(needed - {name}))
                    return str(one_of) % {"names": others} if others else str(alone)
        return ""


class ImportRegistry:
    """The kinds of tables, by name."""

    def __init__(self) -> None:
        self._kinds: dict[str, ImportKind] = {}

    def kind(self, kind: K) -> K:
        """Register a class; refuses a second of the same name."""
        if kind.name in self._kinds:
            raise RegistryError(f"The kind of import {kind.name!r} is registered twice.")
        self._kinds[kind.name] = kind()
        return kind

    def __iter__(self) -> Iterator[ImportKind]:
        return iter(self._kinds.values())

    def find(self, name: str) -> ImportKind | None:
        """The kind of a name, if there is one."""
        return self._kinds.get(name)


imports = ImportRegistry()


@lru_cache(maxsize=10_000)
def bare(heading: str) -> str:
    """A heading without case, accents and signs: "Tax ID (NIF)" → "tax id nif"."""
    folded = unicodedata.normalize("NFKD", heading).casefold()
    plain = "".join(sign for sign in folded if unicodedata.category(sign) != "Mn")
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def _labels(column: Column) -> Iterator[str]:
    """As our templates head it, in each language."""
    for code in LANGUAGES:
        with translation.override(code):
            yield str(column.label)


def guess_mapping(kind: ImportKind, headings: Sequence[str]) -> dict[str, int]:
    """Which column of the file is which of the kind: its name among the known headings, in any language."""
    at: dict[str, int] = {}
    for position, heading in enumerate(headings):
        at.setdefault(bare(heading), position)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for column in kind.columns:
        for heading in (*_labels(column), *column.headings, column.name):
            position = at.get(bare(heading), -1)
            if position >= 0 and position not in taken:
                found[column.name] = position
                taken.add(position)
                break
    return found
