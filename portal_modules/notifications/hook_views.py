"""Where mail providers tell which mails came back: an address for each provider and company."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal_modules.core.companies import find_company_by_uuid, inside
from portal_modules.core.throttle import Limit, client_address

from . import actions
from .providers import PROVIDERS, NotProved, NotReadable, Provider

LARGEST: Final = 1024 * 1024
# What is not proved: a wrong key sends all its words here, and somebody who guesses gets nowhere.
WRONG = Limit("notifications.hook", attempts=60, seconds=10 * 60)


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def told_by_provider(request: HttpRequest, provider: str, uuid: UUID) -> HttpResponse:
    """Take what a provider says, if it proves to be the one whom the company believes.

    What is told twice, or of a mail that is not ours, is answered like any other: a provider tries anything
    else than 200 again for hours.
    """
    known, found = PROVIDERS.get(provider), find_company_by_uuid(uuid)
    if known is None or found is None:
        raise Http404
    with inside(found):
        secret = actions.secret_of(provider)
        if secret is None:
            raise Http404
        return _said(request, 200) if request.method == "HEAD" else _take(request, known, secret, uuid)


def _take(request: HttpRequest, provider: Provider, secret: str, uuid: UUID) -> HttpResponse:
    who = (provider.slug, uuid, client_address(request))
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdigit() or int(length) > LARGEST:
        return _said(request, 413)
    if request.content_type != "application/json":
        return _said(request, 415)
    if WRONG.wait(*who):
        return _said(request, 429)
    try:
        bounces = provider.bounces(request, secret)
    except NotProved:
        WRONG.hit(*who)
        return _said(request, 403)
    except NotReadable:
        return _said(request, 400)
    actions.note_told(provider.slug)
    for each in bounces:
        actions.bounce(each.message_id, words=each.words, at=each.at)
    return _said(request, 200)


def _said(request: HttpRequest, status: int) -> HttpResponse:
    """An answer for a machine."""
    return HttpResponse(status=status, content_type="text/plain; charset=utf-8")
