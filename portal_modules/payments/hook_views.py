"""Where payment providers tell what happened: proved, kept as it came, and worked off by a task."""

from __future__ import annotations

import logging
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal_modules.core.companies import card_in_scope, find_company_by_uuid, inside
from portal_modules.core.compiled import compiled
from portal_modules.core.models import Company
from portal_modules.core.secrets import SecretUnreadable
from portal_modules.core.throttle import client_address

from .actions.events import keep_event
from .event_tasks import ask_to_work_off
from .models import PaymentProvider
from .opening import account_of, adapter_of
from .providers.base import Account, NotProved, NotReadable, Told

logger = logging.getLogger("portal_modules.security")

LARGEST: Final = 1024 * 1024


@csrf_exempt
@require_POST
def told_by_provider(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """Take an event whose proof fits one of the company's accounts there; 400 for everything else alike.

    Whether an account is switched on does not matter: what was begun before comes to its end. 200 is said after
    the commit, so a provider whose event is lost with us sends it again.
    """
    found = find_company_by_uuid(uuid)
    if found is None:
        raise Http404
    with inside(found) as company:
        if "payments" not in card_in_scope().modules:
            raise Http404
        told = _proved(request, slug, company)
        if told is None:
            return _said(400)
        if keep_event(*told):
            ask_to_work_off(company.pk)
    return _said(200)


def _proved(
    request: HttpRequest, slug: str, company: Company
) -> tuple[PaymentProvider, Account, Told] | None:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdigit() or int(length) > LARGEST:
        _refused(request, slug, "too long")
        return None
    reason = "no account"
    for row in _accounts():
        if row.kind != slug:
            continue
        row.company = company
        try:
            account = account_of(row)
            told = adapter_of(row).verify(account, request.body, request.headers, timezone.now())
            return row, account, told
        except (NotProved, NotReadable, SecretUnreadable) as refusal:
            reason = str(refusal)
    _refused(request, slug, reason)
    return None


@compiled
def _accounts() -> QuerySet[PaymentProvider]:
    return PaymentProvider.objects.all()


def _refused(request: HttpRequest, slug: str, reason: str) -> None:
    """Written down with where it came from; of what it said, nothing."""
    logger.warning("payment webhook refused: %s, %s, from %s", slug, reason, client_address(request))


def _said(status: int) -> HttpResponse:
    """An answer for a machine."""
    return HttpResponse(status=status, content_type="text/plain; charset=utf-8")
