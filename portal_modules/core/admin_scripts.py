"""Scripts of the back office that Wagtail still writes into its pages, under a strict policy."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

# Wagtail 8 and wagtail-localize write these few starters without a nonce. Only a script that begins with one of them gets
# it: a nonce for every inline script would bless a stored one.
_KNOWN = re.compile(
    rb"<script(?: type=\"text/javascript\")?>(?=\s*(?:"
    rb"init(?:Date|DateTime|Time)Chooser\("
    rb"|new (?:Snippet|Image|Document|Page|Task)?Chooser\("
    rb"|new (?:InlinePanel|MultipleChooserPanel)\("
    rb"|\(function\(\) \{\s*(?:var|const) panel = new (?:Inline|Multiple)"
    rb"|new [A-Z]\w+\(\"id_"
    rb"|(?:if \(typeof )?window\.chooserUrls"
    # wagtail-localize: the box that chooses all languages.
    rb"|document\.addEventListener\('DOMContentLoaded', function\(\) \{"
    rb"\s*var selectAll = document\.querySelector\('\[name=\"select_all\"\]'\);"
    rb"))"
)
# wagtail-localize's editor writes its styles at run time: on its route only they are allowed.
_TRANSLATION_EDITOR = re.compile(
    r"\A/admin/(?:pages/\d+|snippets/\w+/\w+)/edit/[^/]*\Z|\A/admin/pages/\d+/edit/\Z"
)
_PREVIEW = re.compile(r"\A/admin/.*/preview(?:_on_\w+)?/")


class AdminNonceMiddleware:
    """Gives the known starters the page's nonce, and the editor of translations its styles."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        response: Any = self.get_response(request)
        if not request.path_info.startswith("/admin/") or response.streaming:
            return response
        if _TRANSLATION_EDITOR.match(request.path_info) and _is_translation_editor(response):
            response._csp_replace = {"style-src": ["'self'", "'unsafe-inline'"]}
        if _PREVIEW.match(request.path_info):
            # The page came through the whole chain once already, as if a visitor had asked for it.
            del response.headers["Content-Security-Policy"]
            # What the previewed thing itself asks for, such as a mail its inline styles, stays.
            asked = getattr(response, "_csp_replace", None) or {}
            response._csp_replace = {**asked, "frame-ancestors": ["'self'"]}
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        if response.get("Content-Type", "").startswith("text/html"):
            nonce = str(request.csp_nonce).encode()
            response.content = _KNOWN.sub(b'<script nonce="' + nonce + b'">', response.content)
        return response


def _is_translation_editor(response: Any) -> bool:
    return b"wagtail_localize" in response.content
