"""Where a share link leads: who shows what, one button, and the record. It signs nobody in.

Opening the page changes nothing: scanners of mail open links and press no button.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal_modules.core import looking
from portal_modules.core.access import Access, ActorKind, Level
from portal_modules.core.errors import too_many
from portal_modules.core.parts import Shared, SharedPart, parts_of
from portal_modules.core.proof import requires
from portal_modules.core.redirects import SeeOther
from portal_modules.core.scope import VISITOR, company_scope
from portal_modules.core.throttle import client_address

from ..actions import find_shared, open_shared, plain_facts, view_shared
from ..help_channels import whom_to_ask
from ..models import ShareLink
from ..origins import origin_of
from ..throttles import LINK_ADDRESS

_SEEN: Final = "accounts.shared"
MINUTES: Final = 30


@requires(Level.ANONYMOUS)
@require_safe
def shared_link(request: Any, token: str) -> HttpResponse:
    """The token leaves the address at once, and no page that follows shows it."""
    where = client_address(request)
    if seconds := LINK_ADDRESS.wait(where):
        return too_many(request, seconds=seconds)
    with company_scope(request.company):
        link = find_shared(token)
    kept = request.session.get(_SEEN, {})
    kept.pop(str(request.company.pk), None)
    if link is None:
        LINK_ADDRESS.hit(where)
    else:
        kept[str(request.company.pk)] = str(link.pk)
    request.session[_SEEN] = kept
    return SeeOther(reverse("accounts:shared"))


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: Any) -> HttpResponse:
    """Who shows what, and the button that counts."""
    link = _link_seen(request)
    if link is None:
        return _dead(request)
    if request.method != "POST":
        return _private(render(request, "accounts/shared.html", {"link": link, "minutes": MINUTES}))
    with company_scope(request.company):
        opened = view_shared(link, origin=origin_of(request))
    if opened is None:
        return _dead(request)
    looking.grant_link(request, request.company, opened.pk, minutes=MINUTES)
    return SeeOther(reverse("accounts:shared_record"))


@requires(Level.ANONYMOUS)
@require_safe
def shared_record(request: Any) -> HttpResponse:
    """The record, with the parts that its sender ticked."""
    link = _link_open(request)
    if link is None:
        return _dead(request)
    looked_at = _looked_at(request, link)
    with company_scope(request.company, VISITOR, records=looked_at.access.records, parts=link.parts):
        shown = [part.show(request, looked_at) for part in _parts(request, link)]
    context = {"link": link, "shown": [html for html in shown if html]}
    return _private(render(request, "accounts/shared_record.html", context))


@requires(Level.ANONYMOUS)
@require_safe
def shared_file(request: Any, uuid: UUID) -> HttpResponseBase:
    """A file of a part that was ticked, as a download that is written down."""
    link = _link_open(request)
    if link is None:
        return _dead(request)
    looked_at = _looked_at(request, link)
    with company_scope(request.company, VISITOR, records=looked_at.access.records, parts=link.parts):
        for part in _parts(request, link):
            if part.hand_out and (response := part.hand_out(looked_at, uuid)):
                return response
    raise Http404


@requires(Level.ANONYMOUS)
@require_POST
def close_shared(request: Any) -> HttpResponse:
    """Close what the link had opened in this browser."""
    looking.forget_link(request, request.company)
    return SeeOther(reverse("accounts:shared"))


def _link_seen(request: Any) -> ShareLink | None:
    kept = request.session.get(_SEEN, {}).get(str(request.company.pk))
    if not kept:
        return None
    with company_scope(request.company):
        link = open_shared(UUID(kept))
    return link if link is not None and link.views < link.most_views else None


def _link_open(request: Any) -> ShareLink | None:
    pk = looking.link_in(request.session, request.company)
    if pk is None:
        return None
    with company_scope(request.company):
        return open_shared(pk)


def _looked_at(request: Any, link: ShareLink) -> Shared:
    access = Access(
        company=request.company,
        actor=ActorKind.LINK,
        level=Level.SHARE_LINK,
        records=(link.record_id,),
        parts=frozenset(link.parts),
    )
    with company_scope(request.company):
        facts = plain_facts(link)
    return Shared(link.record_type, link.record_id, access, facts)


def _parts(request: Any, link: ShareLink) -> list[SharedPart]:
    return [part for part in parts_of(link.record_type, request.card.modules) if part.name in link.parts]


def _dead(request: Any) -> HttpResponse:
    """Used up, taken back, too old or never there: the same for all."""
    context = {"is_dead": True, "help_channels": whom_to_ask(request)}
    return _private(render(request, "accounts/shared.html", context, status=404))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
