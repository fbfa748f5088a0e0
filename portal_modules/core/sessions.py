"""Sessions in PostgreSQL, as Django keeps them, read and written with fixed statements.

Every request with a session reads it, and every door writes one: putting the same queries together anew each
time would take longer than the answers, and a savepoint around a single statement protects nothing.
"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, CreateError, UpdateError
from django.db import connection
from django.utils.crypto import get_random_string

from portal_modules.core.prepared import read_often

_READ = (
    "select session_data from django_session where session_key = %s and expire_date > statement_timestamp()"
)
_ADD = """
insert into django_session (session_key, session_data, expire_date) values (%s, %s, %s)
on conflict (session_key) do nothing
"""
_CHANGE = "update django_session set session_data = %s, expire_date = %s where session_key = %s"
_REMOVE = "delete from django_session where session_key = %s"


class SessionStore(db.SessionStore):
    """Django's own, but for how it asks."""

    # Made by this request: its answer, which tells the browser, is not sent yet.
    _is_untold = False

    def load(self) -> dict[str, Any]:
        """What is kept under the key; nothing, and a new key, where there is none or it has expired."""
        if "\x00" not in (self.session_key or ""):  # no text of PostgreSQL has one
            for (data,) in read_often(_READ, [self.session_key]):
                return self.decode(data)
        self._session_key = None
        return {}

    def create(self) -> None:
        """A new row under a new key."""
        super().create()
        self._is_untold = True

    def cycle_key(self) -> None:
        """What is kept, under a new key; one that nobody has heard of yet is as good as new."""
        if self._is_untold and self.session_key:
            self.modified = True
        else:
            super().cycle_key()

    def save(self, must_create: bool = False) -> None:
        """Write it. Raises `CreateError` for a key that is taken, `UpdateError` for one that is gone."""
        if self.session_key is None:
            return self.create()
        data = self.encode(self._get_session(no_load=must_create))  # type: ignore[attr-defined]  # not in the stubs
        ends_at = self.get_expiry_date()
        with connection.cursor() as cursor:
            if must_create:
                cursor.execute(_ADD, [self.session_key, data, ends_at])
            else:
                cursor.execute(_CHANGE, [data, ends_at, self.session_key])
            if not cursor.rowcount:
                raise CreateError if must_create else UpdateError
        return None

    def delete(self, session_key: str | None = None) -> None:
        """End it, or another; one that is gone already is no error."""
        key = session_key or self.session_key
        if key and "\x00" not in key:
            with connection.cursor() as cursor:
                cursor.execute(_REMOVE, [key])

    def _get_new_session_key(self) -> str:
        """32 random letters and digits: whether they are free, `create` learns when it takes them."""
        return get_random_string(32, VALID_KEY_CHARS)
