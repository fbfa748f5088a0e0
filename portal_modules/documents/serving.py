"""Handing out private files: as a download, never as a page, and to nobody's cache."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404
from django.utils.http import content_disposition_header

from portal_modules.core.access import Access
from portal_modules.core.records import records

from .models import Document

# Whatever a browser might make of a file, it runs nothing and loads nothing.
_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


def find_visible(pk: UUID, access: Access, modules: frozenset[str]) -> Document:
    """A file whose record whoever is looking may see, of a module that is on; 404 for all others alike."""
    document: Document | None = Document.objects.visible_to(access).filter(pk=pk).first()
    if document is None or records.find(document.record_type, document.record_id, access, modules) is None:
        raise Http404
    return document


def as_download(document: Document) -> FileResponse:
    """The whole file, piece by piece."""
    return _answer(document.file, document.content_type, document.name, document.size)


def as_thumbnail(document: Document) -> FileResponse:
    """The small picture of a picture."""
    if not document.thumbnail:
        raise Http404
    return _answer(document.thumbnail, "image/jpeg", "small.jpg", None)


def _answer(field: Any, content_type: str, name: str, size: int | None) -> FileResponse:
    try:
        content = field.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, content_type=content_type)
    if size is not None:
        response.headers["Content-Length"] = str(size)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
