"""PostgreSQL's backend: hooks after the commit keep the scope which registered them, and a rollback has hooks, too.

A kept connection is asked whether it still works before a request uses it, unless it has just worked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db.backends.postgresql import base, operations

from portal_modules.core.scope import carried

JUST_NOW = 1.0  # seconds
MOST_PREPARED: Final = 300  # statements that one connection keeps; the least used makes room
# psycopg prepares nothing by itself: Django's other statements carry their values and hardly ever come again.
_NEVER_BY_ITSELF: Final = 1_000_000_000


class _Mark:
    """A hook that does nothing, and is found again by its key."""

    def __init__(self, key: Hashable) -> None:
        self.key = key

    def __call__(self) -> None:
        """Nothing: it has been there."""


class _PreparedCursor(base.ServerBindingCursor):  # type: ignore[name-defined]  # not in the stubs
    """Sends values apart from the statement, which PostgreSQL parses and plans once for each connection."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Have the statement prepared the first time, and run it."""
        return super().execute(query, params, prepare=True, **options)


class _Operations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """The statement with its values; a prepared one keeps nothing that could be shown."""
        if isinstance(cursor, _PreparedCursor):
            return str(self.compose_sql(sql, params))
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """What Wagtail, localize and our own code do on commit runs after it, when role and scope are gone."""

    ops_class = _Operations
    beside_savepoint = ""
    worked_at = 0.0  # by the monotonic clock: what has just worked need not be asked whether it does

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._undoing: list[tuple[frozenset[str], Callable[[], Any]]] = []

    def get_connection_params(self) -> dict[str, Any]:
        """As Django's, but that a statement can be prepared where it is wished."""
        return super().get_connection_params() | {"prepare_threshold": _NEVER_BY_ITSELF}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection with room for what the pages ask."""
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = MOST_PREPARED
        return connection

    @contextmanager
    def preparing(self) -> Iterator[None]:
        """Have what the body asks parsed and planned once for each connection, not once for each request.

        For statements that come often with other values, and read alike whatever these are. They begin with
        `select`: before others pghistory puts a statement of its own, and only one at a time can be prepared. A
        plan belongs to the role that it was made for, so the text differs by role (`scope.as_role`).
        """
        self.ensure_connection()
        connection = self.connection
        before, connection.cursor_factory = connection.cursor_factory, _PreparedCursor
        try:
            yield
        finally:
            connection.cursor_factory = before

    def commit(self) -> None:
        """End the transaction; the connection has worked, and nothing is undone any more."""
        super().commit()
        self.worked_at = time.monotonic()
        self._undoing.clear()

    def close_if_health_check_failed(self) -> None:
        """Spare a busy worker the question, which costs a round trip for each request."""
        if time.monotonic() - self.worked_at > JUST_NOW:
            super().close_if_health_check_failed()

    def on_commit(self, func: Callable[[], Any], robust: bool = False) -> None:
        """Register the hook in the scope of now."""
        super().on_commit(carried(func), robust)

    def on_commit_outside(self, func: Callable[[], Any]) -> None:
        """Register a hook that touches no table, such as handing a task to the queue."""
        super().on_commit(func, robust=True)

    def is_first_of_transaction(self, key: Hashable) -> bool:
        """Whether nobody has asked for this key in the running transaction: what is needed once is done once.

        A savepoint that is rolled back takes back the answer, too.
        """
        if any(getattr(hook[1], "key", None) == key for hook in self.run_on_commit):
            return False
        self.on_commit_outside(_Mark(key))
        return True

    def on_rollback(self, func: Callable[[], Any]) -> None:
        """Have something outside of the database undone when what is written now is rolled back.

        That is this savepoint, one around it, or the whole transaction. The hook touches no table. A
        process that is killed runs none: whatever must be undone all the same has a sweep.
        """
        if self.in_atomic_block:
            self._undoing.append((frozenset(filter(None, self.savepoint_ids)), func))

    def rollback(self) -> None:
        """Undo everything."""
        super().rollback()
        self._undo(lambda _savepoints: True)

    def _savepoint(self, sid: str) -> None:
        self._say_beside(self.ops.savepoint_create_sql(sid))

    def _savepoint_commit(self, sid: str) -> None:
        self._say_beside(self.ops.savepoint_commit_sql(sid))

    @contextmanager
    def beside_savepoints(self, statement: str) -> Iterator[None]:
        """Have the savepoints that the body opens or keeps send this, too: one round trip instead of two."""
        before, self.beside_savepoint = self.beside_savepoint, f"; {statement}"
        try:
            yield
        finally:
            self.beside_savepoint = before

    def _say_beside(self, statement: str) -> None:
        with self._changing_nothing(), self.cursor() as cursor:
            cursor.execute(statement + self.beside_savepoint)

    @contextmanager
    def _changing_nothing(self) -> Iterator[None]:
        """Spare a statement that changes no row the wrappers, which would have it say who is at work."""
        before, self.execute_wrappers = self.execute_wrappers, []
        try:
            yield
        finally:
            self.execute_wrappers = before

    def savepoint_rollback(self, sid: str) -> None:
        """Undo what was done since the savepoint."""
        super().savepoint_rollback(sid)
        self._undo(lambda savepoints: sid in savepoints)

    def _undo(self, is_gone: Callable[[frozenset[str]], bool]) -> None:
        gone = [each for each in self._undoing if is_gone(each[0])]
        self._undoing = [each for each in self._undoing if each not in gone]
        for _savepoints, func in reversed(gone):
            func()
