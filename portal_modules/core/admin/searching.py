"""Searching a register: names without accents, numbers and tax ids however they are typed."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.admin.utils import lookup_spawns_duplicates
from django.contrib.postgres.lookups import Unaccent
from django.db.models import CharField, Q, QuerySet, TextField
from wagtail_modeladmin.helpers import DjangoORMSearchHandler

LONGEST = 200
MOST_WORDS = 8
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

    `numbers` are fields that hold a number or tax id bare: `lookup_number`, `customer__tax_id`.
    """

    def __init__(self, search_fields: Any, numbers: tuple[str, ...] = ()) -> None:
        super().__init__(search_fields)
        self.numbers = numbers

    def search_queryset(self, queryset: QuerySet[Any], search_term: str, **kwargs: Any) -> QuerySet[Any]:
        """The rows that are meant."""
        term = typed(search_term)
        if not term or not self.search_fields:
            return queryset
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
        bare = _SIGNS.sub("", term).upper()
        if len(bare) < _SHORTEST_NUMBER:
            return Q()
        wanted = Q()
        for name in self.numbers:
            wanted |= Q(**{f"{name}__startswith": bare}) | Q(
                **{f"{name}__startswith": bare.translate(_MISREAD)}
            )
        return wanted
