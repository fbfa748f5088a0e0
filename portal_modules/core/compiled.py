"""Querysets that are put together and compiled once, and asked often.

Putting a queryset together and writing it as SQL costs Django several times what PostgreSQL needs to answer
it. A page that everybody opens asks the same few questions with other values: so the question is written
once with stand-ins, and each time only the values are put in their place.

    @compiled
    def _files(access: Access, record: UUID) -> QuerySet[Document]:
        return Document.objects.visible_to(access).filter(record_id=record)

    files = _files(request.access, process.pk)  # a list

The walls and the scope are part of the question as ever: the company in force, and whoever is looking, are
values like the others.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial, update_wrapper
from typing import Any, Final, Generic, ParamSpec
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.utils.translation import get_language
from django_scopes import get_scope, scope

from portal_modules.core.access import Access, MembershipGrant
from portal_modules.core.companies import card_in_scope
from portal_modules.core.exceptions import RegistryError
from portal_modules.core.models import Company
from portal_modules.core.scope import as_role

P = ParamSpec("P")
Statement = tuple[str, tuple[Any, ...]]

# How many forms of one question are remembered: languages x levels x roles x numbers of customers.
MOST_FORMS: Final = 500
_FIRST_NUMBER: Final = 2_000_000_000  # fits every column of numbers, and no constant of ours is so high
_FIRST_MOMENT: Final = datetime(1900, 1, 1)  # noqa: DTZ001 (takes the zone of the value)


def compiled(build: Callable[P, QuerySet[Any]]) -> Question[P]:
    """Have a question written once for each of its forms; asking it gives the list of its rows.

    The company in scope, the ids of an `Access`, UUIDs, moments, days, and ids in a tuple are put in anew each
    time. All else (a word, a limit, a role, the reader's language, the modules that are on) makes another form.
    `build` may only hand on what is put in: it is called with stand-ins, once. Raises `RegistryError` for a
    value that is not found again among the parameters.
    """
    return Question(build)


class Question(Generic[P]):
    """A queryset that is written once. Called, it answers with the list of its rows."""

    def __init__(self, build: Callable[P, QuerySet[Any]]) -> None:
        self.build = build
        self._forms: dict[Any, _Form | None] = {}
        update_wrapper(self, build)

    def __call__(self, *given: P.args, **named: P.kwargs) -> list[Any]:
        """Its rows, asked with these values."""
        form, values = self._form(given, named, only_keys=False)
        return form.rows(values) if form else []

    def about(self, *given: P.args, **named: P.kwargs) -> Asked:
        """The question with its values, not asked yet: for whoever wants to know only whether there are rows."""
        return Asked(self, given, named)

    def keys(self, given: tuple[Any, ...], named: dict[str, Any]) -> Statement | None:
        """The statement of its rows' keys in any order; None where no row can answer."""
        form, values = self._form(given, named, only_keys=True)
        return (form.sql, form.parameters_of(values)) if form else None

    def _form(
        self, given: tuple[Any, ...], named: dict[str, Any], *, only_keys: bool
    ) -> tuple[_Form | None, list[Any]]:
        company: Company | None = get_scope().get("company")
        asked = [_padded(each) for each in (*given, *named.values())]
        modules = card_in_scope().modules if company else None
        key = (only_keys, get_language(), modules, tuple(named), *map(_shape, asked))
        if key not in self._forms:
            if len(self._forms) >= MOST_FORMS:
                self._forms.clear()
            build = update_wrapper(partial(_keys_of, self.build), self.build) if only_keys else self.build
            self._forms[key] = _write(build, asked, tuple(named), has_company=company is not None)
        return self._forms[key], [company and company.pk, *_values(asked)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the values that it is to be asked with."""

    question: Question[Any]
    given: tuple[Any, ...]
    named: dict[str, Any]

    def queryset(self) -> QuerySet[Any]:
        """As Django writes it, each time anew."""
        return self.question.build(*self.given, **self.named)

    def keys(self) -> Statement | None:
        """The statement of its rows' keys in any order; None where no row can answer."""
        return self.question.keys(self.given, self.named)


def _keys_of(build: Callable[..., QuerySet[Any]], *given: Any, **named: Any) -> QuerySet[Any]:
    found = build(*given, **named)
    return (found if found.query.is_sliced else found.order_by()).values("pk")


@dataclass(frozen=True, slots=True)
class _Form:
    """One question as SQL. `places` tells which value each parameter is; what stays is written in the SQL."""

    queryset: QuerySet[Any]
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[int, ...]
    converters: dict[int, Any]

    def rows(self, values: list[Any]) -> list[Any]:
        """Ask it with these values."""
        parameters = self.parameters_of(values)
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_arguments, **_named: (as_role(self.sql), parameters)
        compiler.get_converters = lambda _columns: self.converters
        queryset = self.queryset.all()
        queryset.query.get_compiler = lambda *_arguments, **_named: compiler  # type: ignore[method-assign]
        with compiler.connection.preparing():
            return list(queryset)

    def parameters_of(self, values: list[Any]) -> tuple[Any, ...]:
        """The parameters of the statement, with these values in their places."""
        return tuple(
            _like(each, values[place]) for each, place in zip(self.parameters, self.places, strict=True)
        )


def _write(
    build: Callable[..., QuerySet[Any]], asked: list[Any], names: tuple[str, ...], *, has_company: bool
) -> _Form | None:
    """The form of a question that is asked with such values; None for one that no row can answer."""
    numbers = itertools.count(_FIRST_NUMBER)
    company = Company(pk=next(numbers))
    stand_ins = [_stand_in(each, numbers) for each in asked]
    given, named = stand_ins[: len(asked) - len(names)], stand_ins[len(asked) - len(names) :]
    with scope(**get_scope() | ({"company": company} if has_company else {})):
        queryset = build(*given, **dict(zip(names, named, strict=True)))
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    found = {value: place for place, value in enumerate([company.pk, *_values(stand_ins)])}
    places = tuple(found.get(each) if _is_put_in(each) else None for each in parameters)
    needed = set(_values([each for each in stand_ins if not isinstance(each, Access)]))
    if missing := needed - {each for each in parameters if _is_put_in(each)}:
        raise RegistryError(
            f"{getattr(build, '__qualname__', build)} does not hand on {len(missing)} of its values."
        )
    converters = compiler.get_converters([column for column, *_rest in compiler.select[: compiler.col_count]])
    open_places = [(each, place) for each, place in zip(parameters, places, strict=True) if place is not None]
    return _Form(
        queryset,
        compiler,
        _beginning_with_select(_with_constants(sql, parameters, places)),
        tuple(each for each, _place in open_places),
        tuple(place for _each, place in open_places),
        converters,
    )


def _beginning_with_select(sql: str) -> str:
    """A union without the bracket that it begins with.

    pghistory takes what does not begin with "select" for something that writes, and would put its context before it;
    nothing else may stand in a prepared statement.
    """
    return f"select * from ({sql}) as asked" if sql.startswith("(") else sql  # noqa: S608 (Django has written it)


def _with_constants(sql: str, parameters: Any, places: tuple[int | None, ...]) -> str:
    """The statement with what stays written into it: an index for part of a table is used for constants only."""
    write = connections[DEFAULT_DB_ALIAS].ops.compose_sql  # type: ignore[attr-defined]  # of PostgreSQL
    first, *rest = sql.split("%s")
    written = [
        "%s" if place is not None else str(write("%s", [each])).replace("%", "%%")
        for each, place in zip(parameters, places, strict=True)
    ]
    return first + "".join(word + part for word, part in zip(written, rest, strict=True))


def _is_put_in(each: Any) -> bool:
    return isinstance(each, int | UUID | date) and not isinstance(each, bool)


def _is_ids(each: Any) -> bool:
    return isinstance(each, tuple) and bool(each) and all(map(_is_put_in, each))


def _like(parameter: Any, value: Any) -> Any:
    """The value as the parameter was written: Django wraps a number by the size of its column."""
    return type(parameter)(value) if isinstance(parameter, int) else value


def _padded(each: Any) -> Any:
    """Ids, filled up with the last of them to a power of two, so that a few forms do for all lengths."""
    if not _is_ids(each):
        return each
    return each + each[-1:] * ((1 << (len(each) - 1).bit_length()) - len(each))


def _shape(each: Any) -> Any:
    """What of an argument makes the form."""
    if isinstance(each, Access):
        memberships = tuple((grant.roles, len(grant.sites)) for grant in each.memberships)
        who = (each.actor, each.level, each.rights, each.shut, each.user_id is None)
        return (*who, len(each.records), memberships)
    if isinstance(each, UUID | date):
        return type(each)
    return tuple(map(type, each)) if _is_ids(each) else each


def _values(asked: list[Any]) -> Iterator[Any]:
    """What is put in, always in the same order."""
    for each in asked:
        if isinstance(each, Access):
            yield each.user_id
            yield from each.records
            for grant in each.memberships:
                yield grant.customer_id
                yield from sorted(grant.sites)
        elif isinstance(each, UUID | date):
            yield each
        elif _is_ids(each):
            yield from each


def _stand_in(each: Any, numbers: Iterator[int]) -> Any:
    """A value like it that no other parameter has."""
    if isinstance(each, Access):
        return replace(
            each,
            user_id=None if each.user_id is None else next(numbers),
            records=tuple(uuid4() for _record in each.records),
            memberships=tuple(
                MembershipGrant(
                    next(numbers), grant.roles, frozenset(next(numbers) for _site in grant.sites), grant.until
                )
                for grant in each.memberships
            ),
        )
    if isinstance(each, UUID):
        return uuid4()
    if isinstance(each, datetime):
        return _FIRST_MOMENT.replace(tzinfo=each.tzinfo) + timedelta(microseconds=next(numbers))
    if isinstance(each, date):
        return date.fromordinal(next(numbers) - _FIRST_NUMBER + 1)
    if _is_ids(each):
        return tuple(next(numbers) if isinstance(one, int) else _stand_in(one, numbers) for one in each)
    return each
