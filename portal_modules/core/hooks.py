"""The short way of what programs of others send: from the address to its view, past everything that is for people."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

import pghistory
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import resolve
from django.utils.cache import patch_cache_control

from portal_modules.core.access import Access
from portal_modules.core.scope import PORTAL, Scope, database_scope

logger = logging.getLogger("django.request")
security = logging.getLogger("portal_modules.security")

HOOKS: Final = "/hooks/"
# An answer for a program holds nothing that a browser may run, or show in a frame.
BARE: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}


class HooksMiddleware:
    """Has what comes to `/hooks/` answered at once, in one transaction that begins without a company.

    Who sends it has no session, no language, no page and no form, and proves itself to the view: thousands come
    at once, and what the other middlewares do for people cost several times what keeping an event costs. It stands
    after what knows the host and the prefix of a company, below which no hook exists. What breaks is logged and
    answered as plainly, with nothing kept: whoever sent it sends it again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        if not request.path_info.startswith(HOOKS):
            return self.get_response(request)
        request.card = request.company = None
        request.access = Access()
        try:
            response = _answer(request)
        except Http404:
            response = _plain(404)
        except (BadRequest, SuspiciousOperation) as refusal:
            security.warning("A hook refused %s: %s", request.path, refusal)
            response = _plain(400)
        except Exception:
            got_request_exception.send(sender=type(self), request=request)
            logger.exception("A hook broke at %s", request.path)
            response = _plain(500)
        for name, value in BARE.items():
            response.headers[name] = value
        patch_cache_control(response, private=True, no_store=True)
        return response


def _plain(status: int) -> HttpResponse:
    return HttpResponse(status=status, content_type="text/plain; charset=utf-8")


def _answer(request: Any) -> HttpResponse:
    match = request.resolver_match = resolve(request.path_info)
    with database_scope(Scope(role=PORTAL)), pghistory.context(user=None, url=request.path):
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        if response.status_code >= 500:
            transaction.set_rollback(True)
    return response
