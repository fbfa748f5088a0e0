"""Drawn papers are kept so that nobody draws them twice; those that got old are let go, and drawn anew when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone

from .printing import KEPT_BELOW

KEPT_FOR: Final = timedelta(days=30)


def forget_papers(company_id: int, *, at: datetime | None = None) -> int:
    """Let go of the drawn papers of a company that are older than a month; how many files."""
    storage: Any = storages["private"]
    before, top, count = (at or timezone.now()) - KEPT_FOR, f"{KEPT_BELOW}/{company_id}", 0
    for folder in _listed(storage, top)[0]:
        for name in _old(storage, f"{top}/{folder}", before):
            storage.delete(name)
            count += 1
    return count


def fold_tallies() -> None:
    """Put together what the sums of the invoices of the company in scope were added up from."""
    with connection.cursor() as cursor:
        cursor.execute("select billing_fold_tallies()")


def _old(storage: Any, folder: str, before: datetime) -> Iterator[str]:
    """The old files of a folder. All pages of a paper go when its first one does, and that one goes first."""
    names = _listed(storage, folder)[1]
    for first in sorted(name for name in names if not _is_later_page(name)):
        if not _is_older(storage, f"{folder}/{first}", before):
            continue
        yield f"{folder}/{first}"
        if first.endswith("-1.png"):
            yield from (f"{folder}/{name}" for name in _later_pages(first, names))


def _is_later_page(name: str) -> bool:
    return name.endswith(".png") and not name.endswith("-1.png")


def _later_pages(first: str, names: Iterable[str]) -> list[str]:
    stem = first.removesuffix("1.png")
    return [name for name in names if name != first and name.startswith(stem)]


def _is_older(storage: Any, name: str, before: datetime) -> bool:
    with suppress(FileNotFoundError):
        return bool(storage.get_modified_time(name) < before)
    return False


def _listed(storage: Any, folder: str) -> tuple[list[str], list[str]]:
    """The folders and the files in it; none where it is not there yet."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    return list(folders), list(files)
