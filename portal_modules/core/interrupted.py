"""What somebody was about to send when a page asked for more proof: kept in the session until they come back.

Never a file, a password or a code; for ten minutes; and for nobody else who signs in here meanwhile.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest

from portal_modules.core.access import Level

_KEPT: Final = "access.interrupted"
_LASTS: Final = 10 * 60
_MOST_FIELDS: Final = 60
_MOST_LETTERS: Final = 20_000
_SECRET: Final = ("password", "passphrase", "secret", "code", "token", "csrf", "credential")


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A form on its way: where it goes, with which fields, and what proof it lacked."""

    url: str
    level: Level
    fields: tuple[tuple[str, str], ...]


def keep_interrupted(request: Any, level: Level) -> None:
    """Keep what a POST brought, as far as it may be kept."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not any(word in name.lower() for word in _SECRET)
        for value in values
    ]
    if len(fields) > _MOST_FIELDS or sum(len(value) for _name, value in fields) > _MOST_LETTERS:
        fields = []
    request.session[_KEPT] = {
        "company": request.company.pk,
        "user": request.access.user_id,
        "url": request.path,
        "level": int(level),
        "fields": fields,
        "until": int(time.time()) + _LASTS,
    }


def interrupted(request: Any) -> Interrupted | None:
    """What was kept here, if it is this person's and this company's, and not too old."""
    kept = request.session.get(_KEPT)
    if not kept or kept["until"] < time.time() or kept["company"] != request.company.pk:
        return None
    if kept["user"] not in (None, request.access.user_id):
        return None
    fields = tuple((name, value) for name, value in kept["fields"])
    return Interrupted(kept["url"], Level(kept["level"]), fields)


def carry_over(request: HttpRequest) -> Any:
    """What was kept, to be put back after the session was emptied for a new password."""
    return request.session.get(_KEPT)


def put_back(request: HttpRequest, carried: Any) -> None:
    """Keep again what `carry_over` returned."""
    if carried:
        request.session[_KEPT] = carried


def forget_interrupted(request: HttpRequest) -> None:
    """It is done, or given up."""
    request.session.pop(_KEPT, None)
