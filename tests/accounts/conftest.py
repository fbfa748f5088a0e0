"""What the tests of the doors share."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal import auth as totp

from portal_modules.users.models import User
from tests.accounts.people import Visitor
from tests.world.companies import World


@pytest.fixture(autouse=True)
def _one_half_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Apps and server agree on the half minute for the whole of a test, however slow the machine is."""
    now = time.time()
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: now))


@pytest.fixture
def browser() -> Visitor:
    """A browser that nobody has signed in with, which sends what its forms' tokens ask for."""
    return Visitor()


@pytest.fixture
def alice(world: World) -> User:
    """The owner of a customer of castro-lima."""
    return world.alice


@pytest.fixture
def manager(world: World) -> User:
    """Staff of castro-lima."""
    return world.home.manager
