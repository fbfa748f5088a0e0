"""Which legal texts hold in a company now, and which somebody still has to accept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.urls import reverse

from portal_modules.core.companies import CompanyCard, card_in_scope
from portal_modules.core.scope import company_scope

from .choices import LegalKind
from .models import LegalAcceptance, LegalText


@dataclass(frozen=True, slots=True)
class Version:
    """A version that is out, without its text."""

    pk: int
    kind: LegalKind
    number: int
    published_at: datetime
    must_accept: bool

    @property
    def name(self) -> str:
        """What it is called, in the reader's language."""
        return str(self.kind.label)

    @property
    def url(self) -> str:
        """Its page."""
        return reverse(f"accounts:{self.kind}_version", args=[self.number])


def versions(card: CompanyCard) -> list[Version]:
    """All that are out, newest first of each kind; kept until the company changes anything."""
    found: list[Version] = card.remember("accounts.legal", _read)
    return found


def _read() -> list[Version]:
    columns = ("pk", "kind", "version", "published_at", "must_accept")
    rows = LegalText.objects.published().order_by("kind", "-version").values_list(*columns)
    return [Version(pk, LegalKind(kind), *rest) for pk, kind, *rest in rows]


def current_versions(card: CompanyCard) -> list[Version]:
    """The one of each kind that holds now: terms first."""
    newest: dict[LegalKind, Version] = {}
    for version in versions(card):
        newest.setdefault(version.kind, version)
    return [newest[kind] for kind in LegalKind if kind in newest]


def owed_versions(card: CompanyCard, user: Any) -> list[Version]:
    """Those that hold now and that a person has to accept before going on.

    A correction that need not be accepted is not asked for by itself; but whoever missed one before it that
    had to be accepted is shown the newest.
    """
    if not any(version.must_accept for version in versions(card)):
        return []
    with company_scope(card.company):
        accepted = dict(
            LegalAcceptance.objects.filter(user=user)
            .values_list("text__kind")
            .annotate(newest=Max("text__version"))
            .order_by()
        )
    return [
        current
        for current in current_versions(card)
        if any(
            version.must_accept and version.number > accepted.get(current.kind, 0)
            for version in versions(card)
            if version.kind == current.kind
        )
    ]


def has_agreed(user_id: int) -> bool:
    """Has a person accepted all that they have to in the company in scope?"""
    return not owed_versions(card_in_scope(), user_id)


def texts_of(found: Sequence[Version]) -> list[LegalText]:
    """The rows of versions."""
    return list(LegalText.objects.published().filter(pk__in=[version.pk for version in found]))


def legal_links(card: CompanyCard) -> list[dict[str, str]]:
    """What stands at the foot of every page."""
    return [
        {"label": version.name, "url": reverse(f"accounts:{version.kind}")}
        for version in current_versions(card)
    ]
