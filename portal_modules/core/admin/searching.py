"""Searching a register: names without accents, numbers and tax ids however they are typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.admin.utils import lookup_spawns_duplicates
from django.contrib.postgres.lookups import Unaccent
from django.db.models import CharField, Q, QuerySet, TextField
from django.db.models.expressions import RawSQL
from wagtail_modeladmin.helpers import DjangoORMSearchHandler

LONGEST = 200
MOST_WORDS = 8
MOST_FOUND = 20_000  # that a finder returns: a list counts no further than half of it
_SIGNS = re.compile(r"[^0-9A-Za-z]")
_SHORTEST_NUMBER = 3
# Letters that are read for a digit in our own numbers.
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})

for kind in (CharField, TextField):
    kind.register_lookup(Unaccent)


def typed(text: str) -> str:
    """What somebody typed into a search box, in a form that the database takes."""
    return text.replace("\x00", "")[:LONGEST].strip()


class RegisterSearch(DjangoORMSearchHandler):
    """Every word has to be found in one of the fields; or all of it, without its signs, begins a number.

    `numbers` are fields that hold a number or tax id bare: `lookup_number`, `customer__tax_id`. A `finder` takes
    the place of all this where a register may have so many rows that only an index finds them: see `found_by`.
    """

    def __init__(
        self,
        search_fields: Any,
        numbers: tuple[str, ...] = (),
        finder: Callable[[str], Q | None] | None = None,
    ) -> None:
        super().__init__(search_fields)
        self.numbers = numbers
        self.finder = finder

    def search_queryset(self, queryset: QuerySet[Any], search_term: str, **kwargs: Any) -> QuerySet[Any]:
        """The rows that are meant."""
        term = typed(search_term)
        if not term or not self.search_fields:
            return queryset
        if self.finder is not None and (found := self.finder(term)) is not None:
            return queryset.filter(found)
        wanted = self._by_words(term) | self._by_number(term)
        meta = queryset.model._meta
        if any(lookup_spawns_duplicates(meta, name) for name in self.search_fields):
            found = queryset.model._default_manager.filter(wanted)
            return queryset.filter(pk__in=found.order_by().values("pk"))
        return queryset.filter(wanted)

    def _by_words(self, term: str) -> Q:
        wanted = Q()
        for word in term.split()[:MOST_WORDS]:
            wanted &= reduce(
                or_, (Q(**{f"{name}__unaccent__icontains": word}) for name in self.search_fields)
            )
        return wanted

    def _by_number(self, term: str) -> Q:
        wanted = Q()
        for beginning in beginnings(term):
            for name in self.numbers:
                wanted |= Q(**{f"{name}__startswith": beginning})
        return wanted


def beginnings(term: str) -> list[str]:
    """What a number or tax id may begin with that was typed like this; nothing where it is too short."""
    bare = _SIGNS.sub("", term).upper()
    return sorted({bare, bare.translate(_MISREAD)}) if len(bare) >= _SHORTEST_NUMBER else []


def found_by(function: str, *values: Any) -> Q:
    """The rows whose ids a finder returns; a subquery, so that nothing travels. `function` is a name of ours."""
    marks = ", ".join(["%s"] * (len(values) + 1))
    ids = RawSQL(f"select id from {function}({marks})", [*values, MOST_FOUND])  # noqa: S608, S611 (a name of ours)
    return Q(pk__in=ids)
