"""Having providers give money back. Each may run twice; nobody is asked inside a transaction."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from portal_modules.core.companies import companies_with
from portal_modules.core.models import Company
from portal_modules.core.scope import STAFF, Scope, company_scope, database_scope
from portal_modules.core.tasks import opens_own_scopes

from .actions import fail_refund, key_of_refund
from .actions.outcomes import apply_meaning
from .models import Refund
from .opening import account_of, adapter_of, has_adapter
from .providers.base import Meaning, MoneyBack, ProviderFault, ProviderUnreachable

logger = logging.getLogger(__name__)

# The provider's own word comes first. What it has not told by then is asked for again, under the same key.
_PATIENCE: Final = timedelta(minutes=5)
# Stripe forgets a key after a day: asked again later, it would pay a second time.
# https://docs.stripe.com/api/idempotent_requests
_KEY_IS_GOOD: Final = timedelta(hours=20)


@task()
@opens_own_scopes
def send_refund(company_id: int, refund_id: str) -> None:
    """Ask for one, right after staff wanted it. Whether it went through is told by the provider later."""
    with database_scope(Scope(role=STAFF, companies=(company_id,))):
        company = Company.objects.get(pk=company_id)
    _ask(company, UUID(refund_id))


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
        waiting = Refund.objects.filter(
            steps=None,
            provider_refund="",
            payment__provider__isnull=False,
            made_at__gte=now - _KEY_IS_GOOD,
            made_at__lt=now - _PATIENCE,
        )
        keys = list(waiting.values_list("pk", flat=True))
    for pk in keys:
        back = _ask(company, pk)
        if back is not None:
            with company_scope(company):
                payment = Refund.objects.select_related("payment__provider__company").get(pk=pk).payment
                assert payment.provider is not None
                apply_meaning(payment.provider, Meaning(refunds=[back]), at=now)


def _ask(company: Company, pk: UUID) -> MoneyBack | None:
    """What the provider answers; None where it did not, or said no, which ends the refund."""
    with company_scope(company):
        refund = (
            Refund.objects.select_related("payment__provider__company")
            .filter(pk=pk, steps=None, provider_refund="")
            .first()
        )
        provider = refund.payment.provider if refund is not None else None
        if refund is None or provider is None or not has_adapter(provider):
            return None
        account, adapter, charge = account_of(provider), adapter_of(provider), refund.payment.provider_charge
    try:
        return adapter.refund(account, charge, refund.whole, refund.currency, key_of_refund(refund))
    except ProviderUnreachable:
        logger.warning("refund %s was not asked for: its provider does not answer", pk)
    except ProviderFault as fault:
        with company_scope(company):
            fail_refund(refund, by=None, note=fault.words or type(fault).__name__)
    return None
