"""A company's accounts at those who take money for it: kept with their keys, tried out."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal_modules.core.actions import log

from ..choices import ProviderKind
from ..models import PaymentProvider
from ..providers.base import Trial


@transaction.atomic
def keep_provider(
    row: PaymentProvider, *, by: Any | None, key: str = "", webhook_secret: str = ""
) -> PaymentProvider:
    """Keep an account. Keys are only ever written: an empty one leaves the one that there is.

    A key of another account or mode has to be tried out anew, so what the last trial found is forgotten.
    """
    is_new = row._state.adding
    if key:
        row.keep_secret(key)
        row.provider_account, row.checked_at = "", None
        row.options = {name: value for name, value in row.options.items() if name != "trial"}
    if webhook_secret:
        row.keep_webhook_secret(webhook_secret)
    elif row.kind == ProviderKind.SANDBOX and not row.has_webhook_secret:
        row.keep_webhook_secret(secrets.token_urlsafe(32))
    row.save()
    log(
        "payments.add_provider" if is_new else "payments.change_provider",
        row,
        by=by,
        kind=row.kind,
        is_on=row.is_on,
        is_live=row.is_live,
        methods=sorted(row.methods),
        new_key=bool(key),
        new_webhook_secret=bool(webhook_secret),
    )
    return row


@transaction.atomic
def note_trial(row: PaymentProvider, trial: Trial, *, by: Any | None) -> PaymentProvider:
    """Write down what a provider said of the key, and whose account it is."""
    found: PaymentProvider = PaymentProvider.objects.select_for_update().get(pk=row.pk)
    found.checked_at = timezone.now()
    found.options = {**found.options, "trial": {"is_good": trial.is_good, "words": str(trial.sentence)}}
    if trial.account_id:
        found.provider_account = trial.account_id[:120]
    found.save(update_fields=["checked_at", "options", "provider_account"])
    log("payments.try_provider", found, by=by, is_good=trial.is_good)
    return found
