"""Where private files lie during a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from portal_modules.documents.models import private_storage
from tests.world.companies import World


@contextmanager
def private_files_in(folder: Path) -> Iterator[None]:
    """Have private files lie somewhere else for a while."""
    storage: Any = private_storage()
    before = storage._location

    def move(place: Any) -> None:
        storage._location = place
        for kept in ("base_location", "location"):
            storage.__dict__.pop(kept, None)

    move(folder)
    try:
        yield
    finally:
        move(before)


@pytest.fixture(autouse=True)
def own_private_folder(tmp_path: Path) -> Iterator[Path]:
    """Each test begins with an empty folder."""
    with private_files_in(tmp_path / "private"):
        yield tmp_path / "private"


def files_of(world: World) -> list[Path]:
    """What lies in the company's folder."""
    folder = Path(private_storage().path(f"documents/{world.home.company.pk}"))
    return [path for path in folder.rglob("*") if path.is_file()]
