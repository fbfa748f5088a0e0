"""Editors' files: who may open them, and their delivery in parts, as players of films ask for them.

A file is open to whoever may read a page that shows it, unless its own setting says otherwise; a file that no
page shows yet is for the company's staff. Nothing of it is below the address of public media.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.models import document_served
from wagtail.models import Page

from cms.audiences import STRANGER, Reader, reader_of, refuse_reader
from cms.models import AS_THE_PAGES, CompanyDocument, ShownFile
from cms.pages import has_restrictions, is_there
from portal_modules.core.companies import workplaces_of
from portal_modules.core.doors import owes_second_factor
from portal_modules.core.scope import PORTAL, current_scope, narrow

# What a browser shows itself; anything else is kept as a file.
SHOWN_INLINE = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt; charset=utf-8",
    "pdf": "application/pdf",
}
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_KEPT_FOR = 60 * 10


def may_open(request: Any, document: CompanyDocument) -> bool:
    """May whoever is looking open the file?"""
    reader = reader_of(request)
    if document.audience == AS_THE_PAGES:
        return any(_is_open(request, page, reader) for page in _pages_showing(document))
    return document.audience in reader.audiences


def _pages_showing(document: CompanyDocument) -> Iterator[Page]:
    shown = ShownFile.objects.filter(document=document).values("page_id")
    yield from Page.objects.live().filter(pk__in=shown).specific()


def _is_open(request: Any, page: Page, reader: Reader) -> bool:
    if not reader.may_read(page) or not is_there(page):
        return False
    if not has_restrictions(request.card):
        return True
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())


def is_staff_here(request: Any) -> bool:
    """Does whoever is signed in work for the company? They open what is not published yet, too."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or "_auth_user_id" not in request.session:
        return False
    before = current_scope()
    narrow(role=PORTAL, customers=(), records=())  # the visitor's role cannot read users
    stranger = request.user
    try:
        request.user = user = get_user(request)
        if not user.is_authenticated or not user.is_active or owes_second_factor(request):
            return False
        return any(place.company.id == request.company.pk for place in workplaces_of(user.pk))
    finally:
        request.user = stranger
        narrow(role=before.role, customers=before.customers, records=before.records)


@require_safe
def serve_document(request: Any, document_id: str, document_filename: str) -> HttpResponseBase:
    """An editors' file, to whoever may open it: whole, or the part that was asked for."""
    if request.company is None or len(document_id) > 18:
        raise Http404
    document = get_object_or_404(CompanyDocument, pk=document_id)
    if document.filename != document_filename:
        raise Http404
    if not may_open(request, document) and not is_staff_here(request):
        return refuse_reader(request)
    for hook in hooks.get_hooks("before_serve_document"):
        answer = hook(document, request)
        if isinstance(answer, HttpResponse):
            return answer
    document_served.send(sender=CompanyDocument, instance=document, request=request)
    response = _whole_or_part(request, document)
    if reader_of(request) == STRANGER and not request.user.is_authenticated:
        patch_cache_control(response, private=True, max_age=_KEPT_FOR)  # everybody may have it
    return response


def _whole_or_part(request: HttpRequest, document: CompanyDocument) -> HttpResponseBase:
    extension = document.file_extension.lower()
    try:
        content = document.file.storage.open(document.file.name)
    except FileNotFoundError:
        raise Http404 from None
    size = document.file.size
    wanted = asked_part(request.headers.get("Range", ""), size)
    if wanted is None:
        content.close()
        response: Any = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        first, last = wanted
        response = FileResponse(
            Part(content, first, last - first + 1),
            as_attachment=extension not in SHOWN_INLINE,
            filename=document.filename,
            content_type=SHOWN_INLINE.get(extension, "application/octet-stream"),
        )
        response.headers["Content-Length"] = str(last - first + 1)
        if request.headers.get("Range"):
            response.status_code = 206
            response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response


def asked_part(header: str, size: int) -> tuple[int, int] | None:
    """The first and last byte of a part (RFC 9110, 14.2); the whole without one, None for one that is not there.

    Several parts at once may be answered with the whole, and so is what is written wrongly.
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or match.group(0) == "bytes=-" or size == 0:
        return 0, size - 1
    first, last = match.groups()
    if len(first) > 18 or len(last) > 18:
        return None
    if not first:  # the last so many bytes
        return (max(0, size - int(last)), size - 1) if int(last) else None
    begin, end = int(first), min(int(last), size - 1) if last else size - 1
    return (begin, end) if begin <= end and begin < size else None


class Part:
    """A part of a file that can be read once, from its first byte to its last."""

    def __init__(self, file: Any, first: int, length: int) -> None:
        self.file = file
        self.left = length
        file.seek(first)

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        wanted = self.left if size < 0 else min(size, self.left)
        data: bytes = self.file.read(wanted)
        self.left -= len(data)
        return data

    def close(self) -> None:
        """Give the file back."""
        self.file.close()
