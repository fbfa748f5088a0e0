"""What the tests of the outbox share: mails of their own, and a mailbox folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal_modules.notifications.mails import mails
from tests.notifications.known_event import EVENT, something_happened
from tests.processes.conftest import count_queries
from tests.world.committed import committed

__all__ = ["committed", "count_queries"]


@pytest.fixture(autouse=True)
def _a_known_event() -> Iterator[None]:
    """An event whose mail tells in which language and time zone it was written."""
    mails.for_event(EVENT)(something_happened)
    yield
    del mails._writers[EVENT]


@pytest.fixture
def mailbox(settings: Any, tmp_path: Path) -> Path:
    """The demonstration's mailbox, in a folder of this test."""
    settings.EMAIL_BACKEND = "portal_modules.notifications.mailbox.DemoMailboxBackend"
    settings.VAR = tmp_path
    return tmp_path / "mailbox"
