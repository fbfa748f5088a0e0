"""Two companies and the people of each; see `docs/module-author.md` for who they are."""

from __future__ import annotations

from copy import deepcopy

import pytest

from tests.world import companies
from tests.world.companies import World


@pytest.fixture
def world(db: None) -> World:
    """castro-lima with its staff and customers, and altura, whose every text carries the marker.

    The rows were made once for this worker; what a test changes is rolled back, and the objects are its
    own copies.
    """
    assert companies.built is not None
    return deepcopy(companies.built)
