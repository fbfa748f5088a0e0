"""PostgreSQL's backend, with hooks after the commit that keep the scope which registered them.

A kept connection is asked whether it still works before a request uses it, unless it has just worked.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base

from portal_modules.core.scope import carried

JUST_NOW = 1.0  # seconds


class DatabaseWrapper(base.DatabaseWrapper):
    """What Wagtail, localize and our own code do on commit runs after it, when role and scope are gone."""

    worked_at = 0.0  # by the monotonic clock

    def commit(self) -> None:
        """End the transaction; the connection has worked."""
        super().commit()
        self.worked_at = time.monotonic()

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
