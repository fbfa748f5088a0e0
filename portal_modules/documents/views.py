"""Private files, for whoever may see their record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from portal_modules.core.access import Level
from portal_modules.core.proof import ask_for_more_proof
from portal_modules.core.scope import company_scope

from .actions import log_download
from .serving import as_download, as_thumbnail, find_visible


@require_safe
def file(request: Any, uuid: UUID) -> HttpResponseBase:
    """One file, as a download that is written down."""
    if refusal := _without_proof(request):
        return refusal
    document = find_visible(uuid, request.access, request.card.modules)
    response = as_download(document)
    if request.method == "GET" and request.access.viewed_by is None:
        with company_scope(request.company):
            log_download(document, by=request.user, actor=request.access.actor)
    return response


@require_safe
def thumbnail(request: Any, uuid: UUID) -> HttpResponseBase:
    """The small picture of a picture."""
    if refusal := _without_proof(request):
        return refusal
    return as_thumbnail(find_visible(uuid, request.access, request.card.modules))


def _without_proof(request: Any) -> HttpResponseBase | None:
    """These addresses have no language and stand outside of the modules' own: they ask for the level themselves."""
    if request.company is None:
        raise Http404
    if request.access.level < Level.REGISTERED:
        return ask_for_more_proof(request, file)
    return None
