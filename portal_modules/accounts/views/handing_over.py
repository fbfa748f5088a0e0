"""Going over to a sister company with a host name of its own, and arriving there."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal_modules.core.access import ActorKind, Level
from portal_modules.core.addresses import whole_address
from portal_modules.core.doors import LINK, as_portal
from portal_modules.core.errors import too_many
from portal_modules.core.looking import carry_grant, choose_customer, memberships_of
from portal_modules.core.proof import requires
from portal_modules.core.redirects import SeeOther
from portal_modules.core.sisters import inside, sisters_of
from portal_modules.core.throttle import client_address

from ..adapter import keep_session, onward
from ..coming_in import make_room, write_down
from ..handing_over import Arrival, arrival_of, hand_over
from ..masks import mask
from ..switching import customers_of, language_at
from ..throttles import LINK_ADDRESS

_KEPT: Final = "accounts.arriving"
SISTER: Final = "sister"
_BACKEND: Final = "portal_modules.accounts.backends.DoorBackend"


@requires(Level.REGISTERED)
@require_safe
def go_over(request: Any, uuid: UUID) -> HttpResponse:
    """To a sister's own host, with a word that opens it once. It changes nothing here."""
    if request.access.actor != ActorKind.CONTACT or request.access.viewed_by is not None:
        raise Http404
    for sister in sisters_of(request.company):
        with inside(sister) as card:
            company = card.company
            if company.uuid != uuid or not memberships_of(request.user.pk, company):
                continue
        token = hand_over(
            request, company.pk, customer=_uuid(request.GET.get("customer")), page=request.GET.get("next", "")
        )
        return SeeOther(whole_address(company, language_at(request, company), "accounts:arrive", token))
    raise Http404


@requires(Level.ANONYMOUS)
@require_safe
def arrive(request: Any, token: str) -> HttpResponse:
    """Where the word leads: it leaves the address at once, and nothing is opened yet."""
    request.session[_KEPT] = {"company": request.company.pk, "token": token}
    return SeeOther(reverse("accounts:arrived"))


@requires(Level.ANONYMOUS)
@require_http_methods(["GET", "HEAD", "POST"])
@as_portal
def arrived(request: Any) -> HttpResponse:
    """One button under who comes from where, so that nobody is signed in as somebody else without a look."""
    where = client_address(request)
    if seconds := LINK_ADDRESS.wait(where):
        return too_many(request, seconds=seconds)
    kept = request.session.get(_KEPT, {})
    token = kept.get("token", "") if kept.get("company") == request.company.pk else ""
    arrival = arrival_of(token, request.company) if token else None
    if arrival is None:
        if token:
            LINK_ADDRESS.hit(where)
        return _dead(request)
    if request.method != "POST":
        return render(request, "accounts/arrived.html", {"email": mask(arrival.user.email)})
    del request.session[_KEPT]
    if not arrival.use_up():
        return _dead(request)
    _come_in(request, arrival)
    return SeeOther(onward(request, arrival.page, default=reverse("my_home")))


def _come_in(request: Any, arrival: Arrival) -> None:
    """A session of this host, with what was proved to the company that the person comes from."""
    session, user, company = request.session, arrival.user, request.company
    make_room(session, user)
    keep_session(request, remember=False)
    record_authentication(request, user, method=LINK, company=arrival.origin)
    login(request, user, backend=_BACKEND)
    carry_grant(session, arrival.origin, arrival.grant)
    write_down(request, user, methods=[SISTER], level=Level.REGISTERED)
    held = [grant.customer_id for grant in memberships_of(user.pk, company)]
    for customer in customers_of(company, held):
        if customer.uuid == arrival.customer:
            choose_customer(request, company, customer.pk)


def _uuid(typed: str | None) -> UUID | None:
    try:
        return UUID(typed or "")
    except ValueError:
        return None


def _dead(request: Any) -> HttpResponse:
    context = {"is_dead": True, "sign_in_url": reverse("accounts:sign_in")}
    return render(request, "accounts/arrived.html", context, status=404)
