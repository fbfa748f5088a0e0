"""A company's account at a provider with its secrets opened, for whoever is about to ask the provider."""

from __future__ import annotations

from .models import PaymentProvider
from .providers import providers
from .providers.base import Account, Provider


def adapter_of(row: PaymentProvider) -> Provider:
    """The adapter behind an account. Transfers and own Pix keys have none, and are never asked."""
    return providers.get(row.kind)


def has_adapter(row: PaymentProvider) -> bool:
    """Is there somebody to ask?"""
    return row.kind in providers


def account_of(row: PaymentProvider) -> Account:
    """The account, for the length of a call."""
    return Account(
        company=str(row.company.uuid),
        company_id=row.company_id,
        kind=row.kind,
        is_live=row.is_live,
        key=row.read_secret(),
        webhook_secret=row.read_webhook_secret(),
        account_id=row.provider_account,
        country=row.company.country,
        settings=row.options,
    )
