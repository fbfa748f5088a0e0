"""What the tests of the doors share."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal import auth as totp

from tests.accounts.people import Visitor


@pytest.fixture(autouse=True)
def _one_half_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Apps and server agree on the half minute for the whole of a test, however slow the machine is."""
    now = time.time()
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: now))


@pytest.fixture
def browser() -> Visitor:
    """A browser that nobody has signed in with, which sends what its forms' tokens ask for."""
    return Visitor()
