"""Verbs about mails that came back: whom we believe, and what becomes of the message."""

from __future__ import annotations

import logging
import re
import secrets
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from portal_modules.core.actions import log
from portal_modules.core.models import Company
from portal_modules.core.secrets import SecretUnreadable, decrypt, encrypt, encrypt_anew

from .. import exceptions
from ..choices import DeliveryState
from ..models import MailHook, OutboxMessage

logger = logging.getLogger(__name__)

LONGEST_SECRET: Final = 200
_PURPOSE: Final = "notifications.mail_hook"
_USER: Final = "balcao"
_OURS: Final = re.compile(r"\A<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")
# The provider's clock and ours may differ, and a mail can be back before the mark that it was sent.
_CLOCKS: Final = timedelta(minutes=5)
_NOTED: Final = timedelta(minutes=1)  # `told_at` is written no oftener


@transaction.atomic
def keep_hook(company: Company, provider: str, secret: str, *, by: Any) -> MailHook:
    """Believe a provider that proves to know this secret. Raises `SecretNotUsable`."""
    secret = secret.strip()
    if not secret or len(secret) > LONGEST_SECRET or not (secret.isascii() and secret.isprintable()):
        raise exceptions.SecretNotUsable
    token = encrypt(secret, purpose=_PURPOSE).encode()
    hook, _made = MailHook.objects.update_or_create(
        company=company, provider=provider, defaults={"secret": token}
    )
    log("notifications.keep_hook", hook, by=by, provider=provider)
    return hook


def make_hook(company: Company, provider: str, *, by: Any) -> str:
    """Believe a provider that shows a password; the new one, which nobody is shown again."""
    secret = f"{_USER}:{secrets.token_urlsafe(24)}"
    keep_hook(company, provider, secret, by=by)
    return secret


@transaction.atomic
def remove_hook(provider: str, *, by: Any) -> None:
    """Believe a provider no longer."""
    hook = MailHook.objects.filter(provider=provider).select_for_update().first()
    if hook is not None:
        log("notifications.remove_hook", hook, by=by, provider=provider)
        hook.delete()


def secret_of(provider: str) -> str | None:
    """What a provider has to prove to know; None where nobody believes it."""
    kept = MailHook.objects.filter(provider=provider).values_list("secret", flat=True).first()
    if kept is None:
        return None
    try:
        return decrypt(bytes(kept).decode("ascii", "replace"), purpose=_PURPOSE)
    except SecretUnreadable:
        logger.error("the secret of %s cannot be read: was SECRET_KEY changed without a fallback?", provider)
        return None


def note_told(provider: str) -> None:
    """It has told something, and has proved that it was it."""
    old = Q(told_at=None) | Q(told_at__lt=Now() - _NOTED)
    MailHook.objects.filter(old, provider=provider).update(told_at=Now())


@transaction.atomic
def bounce(message_id: str, *, words: str, at: datetime | None) -> bool:
    """A mail came back after it was sent. False when it changes nothing: told before, or of no message here.

    `message_id` is ours, or the provider's own for the mail. What happened before the last sending is of an
    earlier one. `words` hold no secret.
    """
    ours = _OURS.match(message_id)
    known = Q(pk=UUID(ours[1])) if ours else Q(provider_id=message_id)
    tried = OutboxMessage.objects.filter(
        state__in=[DeliveryState.WAITING, DeliveryState.SENT], attempts__gt=0
    )
    message = tried.filter(known).select_for_update().first()
    if message is None or (at and message.sent_at and at < message.sent_at - _CLOCKS):
        return False
    return bool(tried.filter(pk=message.pk).update(state=DeliveryState.BOUNCED, error=words[:300]))


@transaction.atomic
def renew_hooks() -> int:
    """Encrypt the secrets of the company anew after a change of the secret key; return how many."""
    hooks = list(MailHook.objects.select_for_update())
    for hook in hooks:
        hook.secret = encrypt_anew(bytes(hook.secret).decode("ascii"), purpose=_PURPOSE).encode()
    MailHook.objects.bulk_update(hooks, ["secret"])
    return len(hooks)
