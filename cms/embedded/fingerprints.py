"""Telling whether anything changed since a slow step was done last."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from cms.embedded.paths import project_folder

SOURCE_FOLDERS = ("cms", "portal_modules")
LOCK_FILE = Path("requirements") / "base.txt"  # libraries bring migrations and pictures, too


def code_fingerprint() -> str:
    """Sum up all code: migrations, but also models, from which permissions follow."""
    return _sum_up(_files("*.py"))


def static_fingerprint() -> str:
    """Sum up the files that `collectstatic` collects, and the settings that tell it how."""
    settings = (project_folder() / "cms" / "settings").glob("*.py")
    pictures = (path for path in _files("*") if "static" in path.parts)
    return _sum_up([*pictures, *settings])


def _files(pattern: str) -> Iterator[Path]:
    for name in SOURCE_FOLDERS:
        yield from (path for path in (project_folder() / name).rglob(pattern) if path.is_file())


def _sum_up(files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted({*files, project_folder() / LOCK_FILE}):
        total.update(f"{path.relative_to(project_folder())}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]
