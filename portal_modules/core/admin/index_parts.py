"""What the page of a list is put together from; see `core.admin.index`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal_modules.core.admin.columns import Column

MOST_CHOICES = 12


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that narrows the list, with the address of the list without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True)
class SideFilter:
    """A filter beside the list. `days` are the two fields of a period."""

    title: str
    is_active: bool
    choices: Sequence[dict[str, Any]] = ()
    days: Sequence[tuple[str, str]] = ()
    hidden: Sequence[tuple[str, str]] = ()

    @property
    def is_long(self) -> bool:
        """Too many to read at one glance?"""
        return len(self.choices) > MOST_CHOICES


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column; `url` sorts by it, and `sorted` says how it is sorted now."""

    label: str
    css: str
    url: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row: its address, its values with their columns, and what can be done from the list."""

    row: Any
    url: str
    cells: list[tuple[Column, Any]]
    buttons: list[Any]

    @property
    def name(self) -> Any:
        """What its first column says, which tells it from the others."""
        return self.cells[0][1]


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows that have something in common: how many, and the list of them alone."""

    label: str
    count: int
    url: str
