"""How often a provider sends what lies there to the bank: asked and changed where its API can, beside the interface.

An adapter without a plan here is read-only, with the reason in words.
"""

from __future__ import annotations

from typing import Any, Final, Protocol

from .base import Account
from .stripe import asking_stripe, stripe_client

# On which day a weekly or monthly payout leaves, which Stripe wants to know.
_WEEKDAY: Final = "monday"
_DAY: Final = 1


class PlansPayouts(Protocol):
    """What a provider has to be able to do. Each raises `ProviderFault`, and `ProviderRefused` where it may not."""

    def interval(self, account: Account) -> str:
        """How often: "daily", "weekly", "monthly", "manual"; empty where it does not say."""
        ...

    def change(self, account: Account, interval: str) -> str:
        """Have it so from now on, and say how it is then."""
        ...


class StripePlan:
    """Stripe's balance settings. Stripe lets an account change its own only where no platform stands above it."""

    def interval(self, account: Account) -> str:
        """As Stripe has it."""
        with asking_stripe():
            return _interval(stripe_client(account).v1.balance_settings.retrieve().to_dict())

    def change(self, account: Account, interval: str) -> str:
        """A week's payout leaves on Monday, a month's on the first."""
        schedule: dict[str, Any] = {"interval": interval}
        if interval == "weekly":
            schedule["weekly_payout_days"] = [_WEEKDAY]
        elif interval == "monthly":
            schedule["monthly_payout_days"] = [_DAY]
        wanted: Any = {"payments": {"payouts": {"schedule": schedule}}}
        with asking_stripe():
            return _interval(stripe_client(account).v1.balance_settings.update(wanted).to_dict())


def _interval(found: dict[str, Any]) -> str:
    payments = found.get("payments") or {}
    schedule = (payments.get("payouts") or {}).get("schedule") or {}
    return str(schedule.get("interval") or "")


PLANS: Final[dict[str, PlansPayouts]] = {"stripe": StripePlan()}
