"""Verbs of notifications: telling, sending, choosing what to be told."""

from .outbox import (
    LEASE,
    MOST_ATTEMPTS,
    PAUSES,
    claim,
    drop,
    give_up,
    mark_sent,
    put_off,
    tell,
)
from .telling import tell_customer, telling_nobody

__all__ = [
    "LEASE",
    "MOST_ATTEMPTS",
    "PAUSES",
    "claim",
    "drop",
    "give_up",
    "mark_sent",
    "put_off",
    "tell",
    "tell_customer",
    "telling_nobody",
]
