"""The words that a company has chosen for its mails."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from portal_modules.core.actions import log

from ..models import MessageWords


@transaction.atomic
def forget_words(words: MessageWords, *, by: Any | None) -> None:
    """Have a mail say again what comes with the portal, in all languages."""
    log("notifications.forget_words", words, by=by, event=words.event)
    words.delete()
