"""Asking providers what lies there and what they sent. Each may run twice; nobody is asked inside a transaction."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from portal_modules.core.companies import companies_with
from portal_modules.core.models import Company
from portal_modules.core.scope import STAFF, Scope, company_scope, database_scope
from portal_modules.core.tasks import opens_own_scopes

from .actions.payouts import NOT_THROUGH_US, REFUSED, note_payouts, note_plan
from .models import PaymentProvider
from .opening import account_of, adapter_of, has_adapter
from .providers.base import Account, ProviderFault, ProviderRefused
from .providers.payout_plans import PLANS

logger = logging.getLogger(__name__)


@task()
@opens_own_scopes
def read_all_payouts() -> None:
    """In every company: one with a fault stops no other."""
    for company in companies_with("payments"):
        try:
            read_payouts(company)
        except Exception:
            logger.exception("the payouts of %s were not read", company.alias)


@task()
@opens_own_scopes
def read_payouts_of(company_id: int) -> None:
    """In one company, because somebody wants to know now."""
    read_payouts(_company(company_id))


@task()
@opens_own_scopes
def change_interval(company_id: int, provider_id: str, interval: str) -> None:
    """Ask a provider to send otherwise, and keep what it says then."""
    company = _company(company_id)
    with company_scope(company):
        provider = PaymentProvider.objects.select_related("company").get(pk=UUID(provider_id))
        account = account_of(provider)
    plan = PLANS.get(provider.kind)
    facts: dict[str, Any] = {"why_not": NOT_THROUGH_US}
    if plan is not None:
        try:
            facts = {"interval": plan.change(account, interval)}
        except ProviderRefused:
            facts = {"interval": _asked(provider.kind, account), "why_not": REFUSED}
        except ProviderFault as fault:
            facts = {"fault": fault.words or type(fault).__name__}
    with company_scope(company):
        note_plan(provider, at=timezone.now(), **facts)


def read_payouts(company: Company, at: datetime | None = None) -> None:
    """Ask each provider of a company that has an account there."""
    with company_scope(company):
        rows = PaymentProvider.objects.filter(is_on=True).select_related("company")
        asked = [(row, account_of(row)) for row in rows if has_adapter(row)]
    for row, account in asked:
        _read(company, row, account, at or timezone.now())


def _read(company: Company, row: PaymentProvider, account: Account, at: datetime) -> None:
    adapter = adapter_of(row)
    try:
        balances, payouts = adapter.balances(account), adapter.payouts(account)
    except ProviderFault as fault:
        with company_scope(company):
            note_plan(row, at=at, fault=fault.words or type(fault).__name__)
        return
    interval = _asked(row.kind, account)
    with company_scope(company):
        known = row.payout_plan if hasattr(row, "payout_plan") else None
        # What was refused once is not offered again.
        was_refused = known is not None and not known.can_change and row.kind in PLANS
        why_not = REFUSED if was_refused or (row.kind in PLANS and not interval) else None
        note_payouts(row, balances, payouts, at=at)
        note_plan(row, at=at, interval=interval, why_not=why_not if row.kind in PLANS else NOT_THROUGH_US)


def _asked(kind: str, account: Account) -> str:
    """How often it sends; empty where it does not tell."""
    plan = PLANS.get(kind)
    if plan is None:
        return ""
    try:
        return plan.interval(account)
    except ProviderFault:
        return ""


def _company(pk: int) -> Company:
    with database_scope(Scope(role=STAFF, companies=(pk,))):
        return Company.objects.get(pk=pk)
