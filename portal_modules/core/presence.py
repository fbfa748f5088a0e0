"""Are there rows, and how many: asked for several querysets in one statement.

A menu and the cards of the home page show only what has something in it. One statement for each would
cost a page more than all that it shows.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")

# How long what a page can do without may take, in milliseconds.
PATIENCE = 1500

_IMPATIENT = (
    "select set_config('balcao.patience', current_setting('statement_timeout'), true), "
    "set_config('statement_timeout', %s, true)"
)
_PATIENT = "select set_config('statement_timeout', current_setting('balcao.patience'), true)"


def which_have_rows(querysets: Sequence[QuerySet[Any]]) -> list[bool]:
    """Whether each has any row, in one statement."""
    return [bool(found) for found in _asked("exists(%s)", querysets)]


def how_many(querysets: Sequence[QuerySet[Any]]) -> list[int]:
    """How many rows each has, in one statement."""
    return [int(found or 0) for found in _asked("(select count(*) from (%s) counted)", querysets)]


def attempt(question: Callable[[], Answer], otherwise: Answer, about: str) -> Answer:
    """The answer, or something else when it failed or took too long: a page does without, and the log tells."""
    try:
        with transaction.atomic():
            return question()
    except Exception:
        logger.exception("%s was left out of a page", about)
        return otherwise


@contextmanager
def impatience(milliseconds: int = PATIENCE) -> Iterator[None]:
    """Have the database give up on a statement that takes longer, inside the running transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_IMPATIENT, [str(milliseconds)])
    yield
    with connection.cursor() as cursor:
        cursor.execute(_PATIENT)


def _asked(question: str, querysets: Sequence[QuerySet[Any]]) -> list[Any]:
    """One answer for each queryset; None for one that cannot have a row."""
    asked: list[str] = []
    parameters: list[Any] = []
    places: list[int] = []
    for place, queryset in enumerate(querysets):
        try:
            sql, values = queryset.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        asked.append(question.replace("%s", sql))
        parameters.extend(values)
        places.append(place)
    answers: list[Any] = [None] * len(querysets)
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(f"select {', '.join(asked)}", parameters)
            for place, answer in zip(places, cursor.fetchone(), strict=True):
                answers[place] = answer
    return answers
