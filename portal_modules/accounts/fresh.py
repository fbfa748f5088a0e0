"""Proof given a moment ago: before what matters most, whoever is signed in shows once more that it is they."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal_modules.core.access import Level
from portal_modules.core.interrupted import forget_interrupted, interrupted, keep_interrupted

FRESH: Final = 5 * 60  # seconds


def with_fresh_proof(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of somebody who has proved within five minutes what their level takes.

    Else they are asked, and come back. What they had typed is kept as by `core.interrupted` and stands in the
    form again: see `typed_fields`. Not for pages where secrets or files are sent.
    """

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if _is_fresh(request):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            keep_interrupted(request, request.access.level)
        asked = reverse(_page_that_asks(request))
        return HttpResponseRedirect(f"{asked}?{urlencode({'next': request.path})}")

    return guarded


def typed_fields(request: Any, several: Collection[str] = ("roles", "sites")) -> dict[str, Any]:
    """What was typed on this page before its reader was asked for proof, as a form's `initial`; once.

    `several` names the fields that take more than one value.
    """
    kept = interrupted(request)
    if kept is None or kept.url != request.path:
        return {}
    forget_interrupted(request)
    fields: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in kept.fields:
        fields[name].append(value)
    return {name: values if name in several else values[-1] for name, values in fields.items()}


def _is_fresh(request: Any) -> bool:
    """Was the level at hand proved a moment ago? A password alone does not prove a second factor."""
    wanted = {"mfa"} if request.access.level >= Level.SECOND_FACTOR else {"mfa", "password"}
    since = time.time() - FRESH
    records = get_authentication_records(request, request.user)
    return any(record.get("method") in wanted and record.get("at", 0) > since for record in records)


def _page_that_asks(request: Any) -> str:
    if request.access.level < Level.SECOND_FACTOR:
        return "account_reauthenticate"
    has_app = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
    return "mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn"
