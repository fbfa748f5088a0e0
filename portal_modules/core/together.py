"""Doing once what many rows of one transaction ask for: a task that changes many would ask the same for each.

    with company_scope(company), together():
        for each in waiting:
            work_off(each)

What the verbs in the body leave for `later` is done when the body ends, in its transaction, and what they ask for
`once` is asked for the first of them only. Without a `together` around them both happen at once, as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.db import connection

from portal_modules.core.scope import Scope, current_scope

T = TypeVar("T")
Do = Callable[[list[Any]], None]


@dataclass(eq=False, slots=True)
class _Errand:
    """Something to be done with one item; compared by what it is, so that the same again is another."""

    do: Do
    item: Any


@dataclass(slots=True)
class _Waiting:
    scope: Scope
    errands: list[_Errand] = field(default_factory=list)
    answers: dict[Hashable, Any] = field(default_factory=dict)


_waiting: ContextVar[_Waiting | None] = ContextVar("together", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Gather what the body leaves for later. It stands inside of a scope, which is also that of its end."""
    waiting = _Waiting(current_scope())
    token = _waiting.set(waiting)
    try:
        yield
        while waiting.errands:
            _do(waiting)
    finally:
        _waiting.reset(token)


def later(do: Do, item: Any) -> None:
    """Call a function with the items of all that ask for it. What is rolled back takes its own errands along."""
    waiting = _here()
    if waiting is None:
        do([item])
        return
    errand = _Errand(do, item)
    waiting.errands.append(errand)
    connection.on_rollback(lambda: _forget(waiting, errand))  # type: ignore[attr-defined]  # of core.pg


def once(key: Hashable, ask: Callable[[], T]) -> T:
    """An answer that holds for all that is done together, such as how a company has chosen."""
    waiting = _here()
    if waiting is None:
        return ask()
    if key not in waiting.answers:
        waiting.answers[key] = ask()
    return cast(T, waiting.answers[key])


def know(key: Hashable, answer: object) -> None:
    """Have `once` answer so, where what many will ask for was read together. Nothing happens without a `together`."""
    waiting = _here()
    if waiting is not None:
        waiting.answers[key] = answer


def _here() -> _Waiting | None:
    """What gathers here: nothing is left for a scope other than the one that it was asked in."""
    waiting = _waiting.get()
    return waiting if waiting is not None and waiting.scope == current_scope() else None


def _do(waiting: _Waiting) -> None:
    errands, waiting.errands = waiting.errands, []
    items: dict[Do, list[Any]] = {}
    for errand in errands:
        items.setdefault(errand.do, []).append(errand.item)
    for do, gathered in items.items():
        do(gathered)


def _forget(waiting: _Waiting, errand: _Errand) -> None:
    if errand in waiting.errands:
        waiting.errands.remove(errand)
