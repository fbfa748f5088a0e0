"""Requests that Wagtail's own views break on: answered before they get there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal_modules.core.errors import bad_request

# A POST without this field is an AttributeError or KeyError in Wagtail 8.0.
_NEEDED_FIELD = {
    "wagtailadmin_choose_page_external_link": "external-link-chooser-url",
    "wagtailadmin_choose_page_email_link": "email-link-chooser-email_address",
    "wagtailadmin_choose_page_phone_link": "phone-link-chooser-phone_number",
    "wagtailadmin_choose_page_anchor_link": "anchor-link-chooser-url",
    "wagtailredirects:process_import": "input_format",
    "wagtailadmin_pages:copy": "new_parent_page",
}
_NEEDED_FILE = {
    "wagtail_localize:upload_pofile": "file",
}


class LibraryGapsMiddleware:
    """400 for what a library would answer with 500, and 404 for a chooser's form that does not exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Look before the view does."""
        match = request.resolver_match
        if match is None or request.method != "POST" or not request.path_info.startswith("/admin/"):
            return None
        needed = _NEEDED_FIELD.get(match.view_name)
        if needed and needed not in request.POST:
            return bad_request(request)
        needed_file = _NEEDED_FILE.get(match.view_name)
        if needed_file and needed_file not in request.FILES:
            return bad_request(request)
        if match.url_name == "create" and "snippetchoosers" in match.view_name.partition(":")[0]:
            raise Http404
        return None

    def process_exception(self, request: Any, exception: Exception) -> HttpResponseBase | None:
        """What others point at is not deleted: Wagtail's views do not ask before they try."""
        if not isinstance(exception, ProtectedError) or not request.path_info.startswith("/admin/"):
            return None
        messages.error(request, _("This is in use elsewhere, and was not deleted."))
        return redirect("wagtailadmin_home")
