"""People who have to wait at a door: written down, and lifted by staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from portal_modules.core.actions import log
from portal_modules.core.throttle import Limit

from ..exceptions import NobodyWaits
from ..models import DoorWait
from ..throttles import BY_CODE, SIGN_IN

_LIMITS = {limit.name: limit for limit in (SIGN_IN.narrow, BY_CODE.narrow)}


def note_wait(limit: Limit, key: Sequence[str], *, who: str, until: datetime) -> None:
    """Write down that somebody has to wait; again is the same row. The company's staff scope has to be in force."""
    values = {"who": who[:320], "until": until, "lifted_at": None, "lifted_by": None}
    DoorWait.objects.update_or_create(limit=limit.name, key=list(key), defaults=values)


@transaction.atomic
def lift_wait(wait: DoorWait, *, by: Any | None) -> None:
    """Let the person try again at once; the count begins anew. Raises `NobodyWaits` where that is over."""
    changed = DoorWait.objects.waiting().filter(pk=wait.pk).update(lifted_at=Now(), lifted_by=by)
    if not changed:
        raise NobodyWaits
    if limit := _LIMITS.get(wait.limit):
        limit.forget(*wait.key)
    log("accounts.lift_wait", wait, by=by)
