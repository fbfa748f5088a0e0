"""Connections that a fork must not share, and one that commits on its own."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from asgiref.local import Local
from django.db import connection, connections

_own = Local()


def connect() -> None:
    """Close what is open before a fork: parent and child would speak over one socket."""
    os.register_at_fork(before=_close_all)


def _close_all() -> None:
    for each in connections.all(initialized_only=True):
        if not each.in_atomic_block:
            each.close()
    aside = getattr(_own, "connection", None)
    if aside is not None:
        aside.close()


@contextmanager
def aside() -> Iterator[Any]:
    """A cursor beside the request's transaction: what it writes stays, whatever becomes of the request.

    For counters of attempts and the log of refusals: a 5xx rolls the request back, and an attacker who
    can cause one must not be able to reset what counts them.
    """
    mine = getattr(_own, "connection", None)
    if mine is None or mine.settings_dict["NAME"] != connection.settings_dict["NAME"]:
        mine = _own.connection = connection.copy(alias="default")
        mine.inc_thread_sharing()
    mine.close_if_unusable_or_obsolete()
    with mine.cursor() as cursor:
        yield cursor
    mine.worked_at = time.monotonic()  # type: ignore[union-attr]  # of core.pg
