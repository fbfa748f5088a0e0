"""Editors' files are told by what is in them, not by their names."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_LOOKED_AT = 4096
_BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "webm": (b"\x1a\x45\xdf\xa3",),
    "vtt": (b"WEBVTT", b"\xef\xbb\xbfWEBVTT"),
}
_TEXTS = frozenset({"txt", "csv", "vtt"})


def check_kind_of_file(file: Any, extension: str) -> None:
    """Raise `ValidationError` unless the content is of the kind that the name says."""
    file.open("rb")
    beginning: bytes = file.read(_LOOKED_AT)
    file.seek(0)
    if not _is(beginning, extension):
        raise ValidationError(
            {"file": _("This file is not what its name says. Save it again as what it is.")}
        )


def _is(beginning: bytes, extension: str) -> bool:
    if extension == "mp4":
        return beginning[4:8] == b"ftyp"
    if extension in _TEXTS and b"\x00" in beginning:
        return False
    expected = _BEGINNINGS.get(extension)
    return expected is None or beginning.startswith(expected)
