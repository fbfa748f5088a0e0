"""Answers that hold a paper: a download, or shown in the browser; nothing in them runs or loads anything."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

PDF: Final = "application/pdf"
PNG: Final = "image/png"
XML: Final = "application/xml"

_POLICY: Final = "default-src 'none'; script-src 'none'; frame-ancestors 'none'"
_SANDBOX: Final = f"sandbox; {_POLICY}"


def handed_out(content: bytes, content_type: str, name: str, *, is_shown: bool = False) -> HttpResponse:
    """A file for whoever asked, and for nobody's cache. `is_shown` opens it in the browser: for what we drew only."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(not is_shown, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    # The viewer of PDFs does not start in a sandbox.
    response.headers["Content-Security-Policy"] = _POLICY if is_shown else _SANDBOX
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
