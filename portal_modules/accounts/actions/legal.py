"""Terms and privacy notices: written, published, accepted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from portal_modules.core.actions import log
from portal_modules.core.events import events
from portal_modules.core.languages import public_language
from portal_modules.core.models import Company

from ..events import LEGAL_PUBLISHED
from ..exceptions import AlreadyPublished, DraftExists, NothingWritten
from ..models import LegalAcceptance, LegalText


@transaction.atomic
def write_draft(draft: LegalText) -> LegalText:
    """Keep a draft; a new one gets the number after the newest of its kind.

    Raises `AlreadyPublished`, or `DraftExists` where somebody writes on the next version already.
    """
    refuse_draft(draft)
    if draft.pk is None:
        draft.version = _next_version(draft.kind)
    draft.save()
    return draft


def refuse_draft(draft: LegalText) -> None:
    """Raise what `write_draft` would; whoever asks has the company to themselves until the transaction ends."""
    Company.objects.select_for_update().get(pk=draft.company_id)
    if draft.pk is None:
        if LegalText.objects.drafts().filter(kind=draft.kind).exists():
            raise DraftExists
    elif not LegalText.objects.drafts().filter(pk=draft.pk).exists():
        raise AlreadyPublished


def _next_version(kind: str) -> int:
    newest: int | None = LegalText.objects.filter(kind=kind).aggregate(newest=Max("version"))["newest"]
    return (newest or 0) + 1


@transaction.atomic
def publish_text(text: LegalText, *, by: Any | None) -> LegalText:
    """Make a version the one that holds; from now on nobody changes it.

    Raises `AlreadyPublished`, or `NothingWritten` while a language of the company has no text.
    """
    locked = LegalText.objects.select_for_update().get(pk=text.pk)
    if locked.is_published:
        raise AlreadyPublished
    company: Company = locked.company
    if not all(getattr(locked, f"body_{language}") for language in company.languages):
        raise NothingWritten
    locked.published_at, locked.published_by = timezone.now(), by
    locked.save(update_fields=["published_at", "published_by"])
    log("accounts.publish_text", locked, by=by, kind=locked.kind, version=locked.version)
    events.announce(LEGAL_PUBLISHED, company_id=locked.company_id, text_id=locked.pk)
    return locked


@transaction.atomic
def accept_texts(user: Any, texts: Sequence[LegalText], *, language: str) -> None:
    """Keep that somebody accepted these versions; a second time changes nothing."""
    LegalAcceptance.objects.bulk_create(
        [
            LegalAcceptance(
                company_id=text.company_id, text=text, user=user, language=public_language(language)
            )
            for text in texts
        ],
        ignore_conflicts=True,
    )
