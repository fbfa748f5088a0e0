"""Are there rows, and how many: asked for several lists in one statement.

A menu and the cards of the home page show only what has something in it. One statement for each would
cost a page more than all that it shows.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet

from portal_modules.core.prepared import read_often

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")
Statement = tuple[str, tuple[Any, ...]]


class HasKeys(Protocol):
    """Rows that know how their keys are asked for: a question of `core.compiled`, which is written once."""

    def keys(self) -> Statement | None:
        """The statement of their keys in any order; None where there can be none."""


Rows = QuerySet[Any] | HasKeys

# How long what a page can do without may take, in milliseconds.
PATIENCE = 1500

_IMPATIENT = (
    "select set_config('balcao.patience', current_setting('statement_timeout'), true), "
    f"set_config('statement_timeout', '{PATIENCE}', true)"
)
_COUNT = "(select array[count(*)::text, null] from (%s) counted)"
_COUNT_SINCE = "(select array[count(*)::text, min(since)::text] from (%s) counted(since))"
_NO_ROWS = "select null::date where false"
# Where a savepoint was rolled back, what it had set is gone already.
_PATIENT = (
    "select set_config('statement_timeout', coalesce(nullif(current_setting('balcao.patience', true), ''), "
    "current_setting('statement_timeout')), true)"
)


def which_have_rows(rows: Sequence[Rows]) -> list[bool]:
    """Whether each has any row, in one statement."""
    return [bool(found) for found in _asked("exists(%s)", rows)]


def how_many(rows: Sequence[Rows]) -> list[int]:
    """How many rows each has, in one statement."""
    return [int(found or 0) for found in _asked("(select count(*) from (%s) counted)", rows)]


def how_many_since(asked: Sequence[tuple[QuerySet[Any], str]]) -> list[tuple[int, date | None]]:
    """How many rows each has and the earliest day or moment of a field of theirs, in one statement.

    Without the name of a field there is no day. Days and moments stand in one array, so they come as text.
    """
    parts: list[str] = []
    parameters: list[Any] = []
    for rows, since in asked:
        sql, values = _keys(rows, since or "pk") or (_NO_ROWS, ())
        parts.append((_COUNT_SINCE if since else _COUNT).replace("%s", sql))
        parameters.extend(values)
    if not parts:
        return []
    (found,) = read_often(f"select {', '.join(parts)}", parameters)
    return [(int(number), _day_or_moment(earliest)) for number, earliest in found]


def _day_or_moment(text: str | None) -> date | None:
    if text is None:
        return None
    return date.fromisoformat(text) if len(text) == len("2026-01-31") else datetime.fromisoformat(text)


def attempt(question: Callable[[], Answer], otherwise: Answer, about: str) -> Answer:
    """The answer, or something else when it failed or took too long: a page does without, and the log tells."""
    try:
        with transaction.atomic():
            return question()
    except Exception:
        logger.exception("%s was left out of a page", about)
        return otherwise


@contextmanager
def impatience() -> Iterator[None]:
    """Have the database give up on a statement that takes longer, inside the running transaction.

    The body is a savepoint, which brings the limit and takes it away again.
    """
    savepoint, failed = transaction.atomic(), (None, None, None)
    with connection.beside_savepoints(_IMPATIENT):  # type: ignore[attr-defined]  # of core.pg
        savepoint.__enter__()
    try:
        yield
    except BaseException:
        failed = sys.exc_info()  # type: ignore[assignment]
        raise
    finally:
        with connection.beside_savepoints(_PATIENT):  # type: ignore[attr-defined]
            savepoint.__exit__(*failed)


def _asked(question: str, rows: Sequence[Rows]) -> list[Any]:
    """One answer for each; None for one that cannot have a row."""
    asked: list[str] = []
    parameters: list[Any] = []
    places: list[int] = []
    for place, each in enumerate(rows):
        if statement := _keys(each):
            sql, values = statement
            asked.append(question.replace("%s", sql))
            parameters.extend(values)
            places.append(place)
    answers: list[Any] = [None] * len(rows)
    if asked:
        (found,) = read_often(f"select {', '.join(asked)}", parameters)
        for place, answer in zip(places, found, strict=True):
            answers[place] = answer
    return answers


def _keys(rows: Rows, field: str = "pk") -> Statement | None:
    if not isinstance(rows, QuerySet):
        return rows.keys()
    try:
        sql, values = rows.order_by().values(field).query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, tuple(values)
