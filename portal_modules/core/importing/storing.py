"""Keeping a table that was brought, and reading it again from where a job has come to."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from django.core.files.base import File
from django.db import connection, transaction

from portal_modules.core.models import ImportFile, ImportMapping
from portal_modules.core.scope import current_scope
from portal_modules.core.uploads import safe_name

from .kinds import ImportKind, bare, guess_mapping
from .reading import read_table

_SAMPLE = 5
_IN_MEMORY = 2 * 1024 * 1024
_written = json.JSONEncoder(ensure_ascii=False).encode
_read = json.JSONDecoder().raw_decode


@transaction.atomic
def keep_table(kind: ImportKind, upload: Any, *, by: Any | None) -> ImportFile:
    """Read a file and keep its rows, with the best guess of what its columns are. Raises `TableRefused`."""
    table = read_table(upload)
    company: Any = current_scope().company
    found = ImportFile(
        company_id=company,
        kind=kind.name,
        name=safe_name(getattr(upload, "name", "") or ""),
        headings=[_clean(each) for each in table.headings],
        brought_by=by,
    )
    count = 0
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as rows:
        for line, cells in table.rows:
            cells = [_clean(cell) for cell in cells]
            if count < _SAMPLE:
                found.sample.append(cells)
            rows.write(f"{_written([line, *cells])}\n".encode())
            count += 1
        rows.seek(0)
        found.row_count = count
        found.mapping = known_mapping(kind, found.headings)
        found.rows_file.save("rows", File(rows), save=False)
    stored = found.rows_file
    connection.on_rollback(lambda: stored.storage.delete(stored.name))  # type: ignore[attr-defined]  # of core.pg
    found.save(force_insert=True)
    return found


def _clean(cell: str) -> str:
    """What the database takes: neither halves of signs nor zero bytes."""
    if cell.isascii() and "\x00" not in cell:
        return cell
    return cell.replace("\x00", "").encode("utf-8", "replace").decode()


def known_mapping(kind: ImportKind, headings: Sequence[str]) -> dict[str, int]:
    """As this company understood the same headings last, else by their names."""
    last = ImportMapping.objects.filter(kind=kind.name, fingerprint=fingerprint(headings)).first()
    if last is None:
        return guess_mapping(kind, headings)
    names = {column.name for column in kind.columns}
    return {name: at for name, at in last.mapping.items() if name in names and at < len(headings)}


def remember_mapping(table: ImportFile) -> None:
    """For the next file with these headings."""
    ImportMapping.objects.update_or_create(
        kind=table.kind,
        fingerprint=fingerprint(table.headings),
        defaults={"mapping": table.mapping},
        create_defaults={"mapping": table.mapping, "company_id": table.company_id},
    )


def fingerprint(headings: Sequence[str]) -> str:
    """The same for headings that only differ in case, accents and signs."""
    return hashlib.sha256("\n".join(map(bare, headings)).encode()).hexdigest()


def mapped(cells: Sequence[str], mapping: Mapping[str, int]) -> dict[str, str]:
    """The cells of a row by the names of the columns."""
    return {name: cells[at] for name, at in mapping.items()}


def read_rows(
    file: IO[bytes], mapping: Mapping[str, int], *, most: int | None = None
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows from where the file is at, each with its line."""
    number, next_line = 0, file.readline
    while (most is None or number < most) and (row := next_line()):
        (line, *cells), _end = _read(row.decode())
        yield line, mapped(cells, mapping)
        number += 1
