"""Having providers give money back. Each may run twice; nobody is asked inside a transaction."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils import timezone
from django_tasks import task

from portal_modules.core.companies import companies_with
from portal_modules.core.models import Company
from portal_modules.core.scope import STAFF, Scope, company_scope, database_scope
from portal_modules.core.tasks import opens_own_scopes

from .actions import fail_refund, key_of_refund, tell_that_it_is_silent
from .actions.outcomes import apply_meaning
from .choices import GIVEN_UP, KEY_IS_GOOD
from .models import Refund
from .opening import account_of, adapter_of, has_adapter
from .providers.base import Account, Meaning, MoneyBack, Provider, ProviderFault, ProviderUnreachable

logger = logging.getLogger(__name__)

# The provider's own word comes first. What it has not told by then is asked for again, under the same key.
_PATIENCE: Final = timedelta(minutes=5)
# How long it is asked what became of a refund before only staff can have it asked.
_LOOKED_FOR: Final = timedelta(days=3)


@task()
@opens_own_scopes
def send_refund(company_id: int, refund_id: str) -> None:
    """Ask for one, right after staff wanted it. Whether it went through is told by the provider later."""
    company, pk = _company(company_id), UUID(refund_id)
    with company_scope(company):
        is_too_late = Refund.objects.silent(timezone.now()).filter(pk=pk).exists()
    if not is_too_late:
        _ask(company, pk)


@task()
@opens_own_scopes
def sweep_refunds() -> None:
    """Ask again for what was lost on the way. One company with a fault stops no other."""
    for company in companies_with("payments"):
        try:
            sweep_refunds_of(company)
        except Exception:
            logger.exception("the refunds of company %s were not looked after", company.pk)


def sweep_refunds_of(company: Company, at: datetime | None = None) -> None:
    """Of one company: what waits for its provider, and is believed as it says now."""
    now = at or timezone.now()
    with company_scope(company):
        waiting = Refund.objects.unanswered().filter(made_at__lt=now - _PATIENCE)
        again = list(waiting.filter(made_at__gte=now - KEY_IS_GOOD).values_list("pk", flat=True))
        silent = Refund.objects.silent(now).filter(made_at__gte=now - _LOOKED_FOR)
        looked_for = list(silent.values_list("pk", flat=True))
    for pk in again:
        _take(company, pk, _ask(company, pk))
    for pk in looked_for:
        if not _is_known(company, pk):
            with company_scope(company):
                tell_that_it_is_silent(Refund.objects.select_related("payment").get(pk=pk))


@task()
@opens_own_scopes
def ask_again(company_id: int, refund_id: str) -> None:
    """Have a refund carried out of which nothing was heard, unless the provider did so long ago."""
    company, pk = _company(company_id), UUID(refund_id)
    if not _is_known(company, pk):
        _take(company, pk, _ask(company, pk))


@task()
@opens_own_scopes
def give_up(company_id: int, refund_id: str, user_id: int) -> None:
    """Book a refund back of which the provider knows nothing. Where it does, its word counts."""
    company, pk = _company(company_id), UUID(refund_id)
    if _is_known(company, pk):
        return
    with company_scope(company):
        refund = Refund.objects.select_related("payment").get(pk=pk)
        by = get_user_model().objects.filter(pk=user_id).first()
        fail_refund(refund, by=by, note=GIVEN_UP)


def _is_known(company: Company, pk: UUID) -> bool:
    """Has the provider said what became of a refund, or does it say so now? True where it cannot be asked."""
    asked = _asked(company, pk)
    if asked is None:
        return True
    try:
        back = asked.adapter.find_refund(asked.account, asked.charge, asked.key)
    except ProviderFault as fault:
        logger.warning("refund %s was not looked for: %s", pk, type(fault).__name__)
        return True
    _take(company, pk, back)
    return back is not None


def _take(company: Company, pk: UUID, back: MoneyBack | None) -> None:
    """Believe what the provider says of a refund."""
    if back is None:
        return
    with company_scope(company):
        payment = Refund.objects.select_related("payment__provider__company").get(pk=pk).payment
        assert payment.provider is not None
        apply_meaning(payment.provider, Meaning(refunds=[back]), at=timezone.now())


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a provider is asked about a refund."""

    refund: Refund
    adapter: Provider
    account: Account
    charge: str
    key: str


def _asked(company: Company, pk: UUID) -> _Asked | None:
    """Read before anybody is asked; None where it is answered, or nobody can be asked."""
    with company_scope(company):
        rows = Refund.objects.unanswered().select_related("payment__provider__company")
        refund = rows.filter(pk=pk).first()
        provider = refund.payment.provider if refund is not None else None
        if refund is None or provider is None or not has_adapter(provider):
            return None
        charge = refund.payment.provider_charge
        return _Asked(refund, adapter_of(provider), account_of(provider), charge, key_of_refund(refund))


def _ask(company: Company, pk: UUID) -> MoneyBack | None:
    """What the provider answers; None where it did not, or said no, which ends the refund."""
    asked = _asked(company, pk)
    if asked is None:
        return None
    refund = asked.refund
    try:
        return asked.adapter.refund(asked.account, asked.charge, refund.whole, refund.currency, asked.key)
    except ProviderUnreachable:
        logger.warning("refund %s was not asked for: its provider does not answer", pk)
    except ProviderFault as fault:
        with company_scope(company):
            fail_refund(refund, by=None, note=fault.words or type(fault).__name__)
    return None


def _company(pk: int) -> Company:
    with database_scope(Scope(role=STAFF, companies=(pk,))):
        found: Company = Company.objects.get(pk=pk)
        return found
