"""What is let in of files: the content decides what it is, and pictures are made anew.

Nothing here believes the type that a browser tells. `check_upload` either returns what is to be kept,
under a name that can be shown, or raises a refusal that names the file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Final

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile

from portal_modules.core.uploads import EXTENSIONS, MEGABYTE, MOST_BYTES, safe_name

from .. import exceptions
from .office import check_document, check_workbook
from .pdf import check_pdf
from .pictures import PICTURES, remade_picture
from .texts import check_text, check_xml

MOST_BYTES_OF_XML: Final = MEGABYTE

# What each extension is served as, and how its content is looked at.
_CHECKS: dict[str, tuple[str, Callable[[IO[bytes], str], None]]] = {
    "pdf": ("application/pdf", check_pdf),
    "xml": ("application/xml", check_xml),
    "csv": ("text/csv", check_text),
    "txt": ("text/plain", check_text),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", check_workbook),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", check_document),
}


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: its content, what it is, a name to show, and a small picture of it if it is one."""

    content: File[bytes]
    name: str
    content_type: str
    thumbnail: File[bytes] | None = None


def check_upload(upload: UploadedFile | File[bytes]) -> CheckedFile:
    """What is to be kept of an upload. Raises a `FileRefused`, or `NoRoom` where pictures cannot be made anew."""
    name = safe_name(upload.name or "")
    extension = name.rpartition(".")[2].lower()
    if extension not in EXTENSIONS:
        raise exceptions.TypeNotAllowed(name)
    size = upload.size or 0
    if size == 0:
        raise exceptions.EmptyFile(name)
    if size > MOST_BYTES:
        raise exceptions.FileTooLarge(name)
    if extension == "xml" and size > MOST_BYTES_OF_XML:
        raise exceptions.XmlTooLarge(name)
    upload.seek(0)
    if extension in PICTURES:
        picture = remade_picture(upload, name)
        return CheckedFile(
            content=File(picture.content),
            name=_with_extension(name, picture.extension),
            content_type=picture.content_type,
            thumbnail=File(picture.thumbnail),
        )
    content_type, check = _CHECKS[extension]
    check(upload, name)
    upload.seek(0)
    return CheckedFile(content=File(upload), name=name, content_type=content_type)


def _with_extension(name: str, extension: str) -> str:
    """The name with the extension of what the file is."""
    stem, _dot, before = name.rpartition(".")
    same = {before.lower(), extension} <= {"jpg", "jpeg"} or before.lower() == extension
    return name if same else f"{stem}.{extension}"
