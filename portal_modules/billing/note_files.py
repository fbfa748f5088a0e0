"""The files of a fiscal note: its XML as it came, and its print, which is drawn once."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from .choices import NoteState
from .models import FiscalDocument
from .papers.fiscal_print import PRINTED, fiscal_print
from .printing import KEPT_BELOW


def has_print(note: FiscalDocument) -> bool:
    """Is there a print of it: one that came along, or one that is drawn from its XML?"""
    return bool(note.pdf) or bool(note.xml and note.kind in PRINTED)


def xml_of(note: FiscalDocument) -> bytes | None:
    """Its XML as it came, byte for byte; None where there is none."""
    return _content(note.xml)


def print_of(note: FiscalDocument) -> bytes | None:
    """Its print; None where there is none. Raises `FiscalFileRefused` where its XML cannot be drawn."""
    if note.pdf:
        return _content(note.pdf)
    data = xml_of(note)
    if data is None:
        return None
    is_cancelled = note.state == NoteState.CANCELLED
    name = hashlib.sha256(data + bytes([is_cancelled])).hexdigest()
    path = f"{KEPT_BELOW}/{note.company_id}/{name[:2]}/{name}.pdf"
    storage = storages["private"]
    try:
        with storage.open(path) as file:
            return bytes(file.read())
    except FileNotFoundError:
        made = fiscal_print(data, is_cancelled=is_cancelled)
    storage.save(path, ContentFile(made))
    return made


def _content(field: Any) -> bytes | None:
    if not field:
        return None
    try:
        with field.open("rb") as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None
