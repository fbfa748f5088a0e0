"""Sessions in PostgreSQL, as Django keeps them, read with one fixed statement.

Every request with a session reads it, and putting the same query together anew each time would take
longer than the answer.
"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db

from portal_modules.core.prepared import read_often

_READ = (
    "select session_data from django_session where session_key = %s and expire_date > statement_timestamp()"
)


class SessionStore(db.SessionStore):
    """Django's own, but for `load`."""

    def load(self) -> dict[str, Any]:
        """What is kept under the key; nothing, and a new key, where there is none or it has expired."""
        if "\x00" not in (self.session_key or ""):  # no text of PostgreSQL has one
            for (data,) in read_often(_READ, [self.session_key]):
                return self.decode(data)
        self._session_key = None
        return {}
