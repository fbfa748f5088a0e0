"""What the log of accesses keeps: who came, and who looked, from where and by what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models.functions import Now

from portal_modules.core.access import ActorKind, Level
from portal_modules.core.models import Company

from ..choices import AccessKind
from ..models import AccessEvent


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from: a shortened address, and what the browser says of itself."""

    place: str = ""
    user_agent: str = ""


def note_access(
    company: Company,
    kind: AccessKind,
    *,
    user_id: int | None = None,
    customer_id: int | None = None,
    actor: ActorKind = ActorKind.CONTACT,
    actor_name: str = "",
    about: str = "",
    methods: Sequence[str] = (),
    level: Level | None = None,
    origin: Origin = Origin(),  # noqa: B008 (it is immutable)
) -> AccessEvent:
    """Add a line. The company's staff scope has to be in force."""
    event: AccessEvent = AccessEvent.objects.create(
        company=company,
        kind=kind,
        user_id=user_id,
        customer_id=customer_id,
        actor_kind=actor,
        actor_name=actor_name[:160],
        about=about[:200],
        methods=list(methods),
        level=level,
        place=origin.place[:60],
        user_agent=origin.user_agent[:250],
    )
    return event


def forget_accesses(company: Company, *, days: int) -> int:
    """Delete what is older than a company keeps it; how many lines that were."""
    old: Any = AccessEvent.objects.filter(company=company, at__lt=Now() - timedelta(days=days))
    return int(old.delete()[0])
