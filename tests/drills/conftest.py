"""What drills share: a database and a queue of their own, and an event that can be told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from portal_modules.notifications.mails import mails
from tests.notifications.known_event import EVENT, something_happened
from tests.world.committed import committed

__all__ = ["committed"]


@pytest.fixture(autouse=True)
def _a_known_event() -> Iterator[None]:
    mails.for_event(EVENT)(something_happened)
    yield
    del mails._writers[EVENT]
