"""PostgreSQL's backend, with hooks after the commit that keep the scope which registered them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base

from portal_modules.core.scope import carried


class DatabaseWrapper(base.DatabaseWrapper):
    """What Wagtail, localize and our own code do on commit runs after it, when role and scope are gone."""

    def on_commit(self, func: Callable[[], Any], robust: bool = False) -> None:
        """Register the hook in the scope of now."""
        super().on_commit(carried(func), robust)

    def on_commit_outside(self, func: Callable[[], Any]) -> None:
        """Register a hook that touches no table, such as handing a task to the queue."""
        super().on_commit(func, robust=True)
