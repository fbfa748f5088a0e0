"""What the tests of the doors share."""

from __future__ import annotations

from typing import Any

import pytest

from portal_modules.users.models import User
from tests.accounts.people import Visitor
from tests.world.companies import World


@pytest.fixture(autouse=True)
def _our_second_factors(settings: Any) -> None:
    """As the product has it; that the settings do say so is a test of its own."""
    settings.MFA_ADAPTER = "portal_modules.accounts.adapter.PortalMFAAdapter"


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
