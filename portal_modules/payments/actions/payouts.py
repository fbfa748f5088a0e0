"""Writing down what a provider says of balances and payouts. Nothing here moves money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal_modules.core.actions import log
from portal_modules.core.languages import in_each_language

from ..choices import PayoutInterval, PayoutState
from ..models import PaymentProvider, PayoutPlan, ProviderBalance, ProviderPayout
from ..providers.base import Balance, Payout

NOT_THROUGH_US = _("This provider has no way to change it from here. Do it on the provider's own page.")
REFUSED = _("The provider does not let this account change it from here. Do it on the provider's own page.")


@transaction.atomic
def note_payouts(
    provider: PaymentProvider, balances: Sequence[Balance], payouts: Sequence[Payout], *, at: datetime
) -> None:
    """Keep what it said, as it said it last; a payout keeps its row, whatever becomes of it."""
    ProviderBalance.objects.filter(provider=provider).exclude(
        currency__in=[each.currency for each in balances]
    ).delete()
    for balance in balances:
        ProviderBalance.objects.update_or_create(
            provider=provider,
            currency=balance.currency[:3],
            defaults={"available": balance.available, "pending": balance.pending, "read_at": at},
            create_defaults={
                "company_id": provider.company_id,
                "available": balance.available,
                "pending": balance.pending,
                "read_at": at,
            },
        )
    for payout in payouts:
        facts = {
            "amount": payout.amount,
            "currency": payout.currency[:3],
            "state": payout.state if payout.state in PayoutState.values else PayoutState.PENDING,
            "arrives_on": payout.arrives.date() if payout.arrives else None,
            "words": payout.words[:200],
            "read_at": at,
        }
        ProviderPayout.objects.update_or_create(
            provider=provider,
            reference=payout.reference[:120],
            defaults=facts,
            create_defaults={"company_id": provider.company_id, **facts},
        )


@transaction.atomic
def note_plan(
    provider: PaymentProvider, *, at: datetime, interval: str = "", why_not: Any = None, fault: str = ""
) -> PayoutPlan:
    """Keep how often it sends, why that cannot be changed from here, and what kept us from asking."""
    facts: dict[str, Any] = {"read_at": at, "fault": fault[:300]}
    if not fault:
        facts |= {
            "interval": interval if interval in PayoutInterval.values else "",
            "can_change": why_not is None,
            "why_not": in_each_language(why_not) if why_not is not None else {},
        }
    plan, _made = PayoutPlan.objects.update_or_create(
        provider=provider,
        defaults=facts,
        create_defaults={"company_id": provider.company_id, **facts},
    )
    return plan


@transaction.atomic
def note_wish(provider: PaymentProvider, interval: str, *, by: Any | None) -> None:
    """Write down who wants it otherwise; the provider is asked after that."""
    log("payments.change_payouts", provider, by=by, interval=interval)
