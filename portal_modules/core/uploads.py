"""Files that arrive: how large and how many, refused in words while they arrive, and the field of a form.

What the handlers refuse is written beside the request; `FilesForm` says it at its field. A full disk is no
error of the server.
"""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 20 * MEGABYTE
MOST_FILES: Final = 10
EXTENSIONS: Final = ("pdf", "png", "jpg", "jpeg", "webp", "heic", "xml", "csv", "xlsx", "docx", "txt")
# For the `accept` of a field: with pictures in it, phones offer their camera.
ACCEPTED: Final = ",".join(["image/*", *(f".{extension}" for extension in EXTENSIONS)])

# Editors add films, which Wagtail itself limits.
_MOST_BYTES_OF_EDITORS: Final = 60 * MEGABYTE

_LONGEST_NAME: Final = 120
_LONGEST_EXTENSION: Final = 10
# Controls, hidden signs (among them those that turn the direction of writing), surrogates, line ends.
_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_NOT_IN_NAMES: Final = re.compile(r'[<>:"|?*\\/]')
# Devices of Windows, whatever extension follows.
_RESERVED: Final = re.compile(r"(?i)\A(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|\Z)")


class FileRefused(Refusal):
    """A file that is not kept. Its sentence names the file, as far as a name can be shown."""

    sentence = _("“%(name)s” cannot be kept.")

    def __init__(self, name: str = "") -> None:
        super().__init__(str(type(self).sentence) % {"name": name or _("file")})


class FileTooLarge(FileRefused):
    """More bytes than a file may have."""

    sentence = _("“%(name)s” is larger than 20 MB.")


class TooManyFiles(Refusal):
    """More files at once than are taken."""

    sentence = _("Send at most 10 files at once.")


class NoRoom(Refusal):
    """The disk is full, or cannot be written."""

    sentence = _("We cannot keep files at this moment. Nothing was sent. Please try again later.")


def safe_name(typed: str) -> str:
    r"""The last part of a name without what could mislead: "../a\u202egnp.exe" → "agnp.exe"."""
    last = re.split(r"[\\/]", typed[-1000:])[-1]
    shown = "".join(sign for sign in unicodedata.normalize("NFC", last) if _is_shown(sign))
    shown = _NOT_IN_NAMES.sub("_", " ".join(shown.split())).rstrip(". ")
    stem, dot, extension = shown.rpartition(".")
    if not dot or len(extension) > _LONGEST_EXTENSION:
        stem, dot, extension = shown, "", ""
    stem = stem[:_LONGEST_NAME].strip(". ") or "file"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem}{dot}{extension}"


def _is_shown(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) not in _DROPPED


def refused_uploads(request: HttpRequest) -> list[Refusal]:
    """What was refused while the request was read."""
    return getattr(request, "_refused_uploads", [])


def _refuse(request: Any, refusal: Refusal) -> None:
    # The same sentence once: forty files too many are one mistake.
    known = refused_uploads(request)
    if str(refusal) not in map(str, known):
        request._refused_uploads = [*known, refusal]


class LimitedUploadHandler(FileUploadHandler):
    """Comes first, and lets through at most ten files of a request, each up to its size."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._files = 0
        self._bytes = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Another file begins."""
        super().new_file(*args, **kwargs)
        self._files += 1
        self._bytes = 0
        if self._files > MOST_FILES:
            _refuse(self.request, TooManyFiles())
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass it on, until it is too much."""
        self._bytes += len(raw_data)
        request: Any = self.request
        most = _MOST_BYTES_OF_EDITORS if request.path_info.startswith("/admin/") else MOST_BYTES
        if self._bytes > most:
            _refuse(request, FileTooLarge(safe_name(self.file_name or "")))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""
        return


class CarefulUploadHandler(TemporaryFileUploadHandler):
    """A temporary file for each upload; where the disk is full there is none, and the request goes on."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open it."""
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self._give_up()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write on."""
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            self._give_up()

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Whole, with what was still on its way to the disk; else nothing."""
        try:
            file = super().file_complete(file_size)
        except OSError:
            self._drop()
            _refuse(self.request, NoRoom())
            return None
        return file

    def _give_up(self) -> None:
        self._drop()
        _refuse(self.request, NoRoom())
        raise SkipFile

    def _drop(self) -> None:
        """Leave nothing of it on the disk."""
        file: Any = getattr(self, "file", None)
        if file is not None:
            with contextlib.suppress(OSError):
                os.unlink(file.temporary_file_path())
            with contextlib.suppress(OSError):
                file.close()


class FilesInput(forms.FileInput):
    """Several files at once, from a phone's camera, too."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, "accept": ACCEPTED, "data-upload": "", **(attrs or {})})


class FilesField(forms.FileField):
    """Files, as a list. What they are is looked at by the action that keeps them."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """All of them; an empty one is told by the action, by its name."""
        found = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if self.required and not found:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return found


class FilesForm(forms.Form):
    """A form with a field `attachments`; `refused` is what `refused_uploads` tells of the request."""

    def __init__(self, *args: Any, refused: Sequence[Refusal] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._refused = refused

    def clean(self) -> dict[str, Any] | None:
        """Say at the field what did not arrive."""
        for refusal in self._refused:
            self.add_error("attachments", str(refusal))
        return super().clean()
