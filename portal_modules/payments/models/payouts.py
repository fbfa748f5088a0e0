"""What lies at a provider and what it sends to the company's bank: read there, and never moved by us."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal_modules.core.amounts import money_shown
from portal_modules.core.choices import Currency
from portal_modules.core.models import CompanyOwned

from ..choices import PayoutInterval, PayoutState
from .columns import money
from .providers import PaymentProvider


class ProviderBalance(CompanyOwned):
    """What lies at a provider in one currency, as it said when it was asked last."""

    provider = models.ForeignKey(PaymentProvider, on_delete=models.CASCADE, related_name="balances")
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    available = money(_("available"), default=Decimal(0))
    pending = money(_("on its way"), default=Decimal(0))
    read_at = models.DateTimeField(_("asked on"))

    class Meta:
        verbose_name = _("balance at a provider")
        verbose_name_plural = _("balances at providers")
        ordering = ["provider", "currency"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "currency"], name="payments_one_balance_per_currency")
        ]

    def __str__(self) -> str:
        return self.available_shown

    @property
    def available_shown(self) -> str:
        """What can be sent, with its currency."""
        return money_shown(self.available, self.currency)

    @property
    def pending_shown(self) -> str:
        """What is still to come, with its currency."""
        return money_shown(self.pending, self.currency)


class ProviderPayout(CompanyOwned):
    """What a provider has sent, or will send, to the company's bank account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(
        PaymentProvider, on_delete=models.PROTECT, verbose_name=_("provider"), related_name="payouts"
    )
    reference = models.CharField(_("number at the provider"), max_length=120)
    amount = money(_("amount"))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    state = models.CharField(_("state"), max_length=10, choices=PayoutState, default=PayoutState.PENDING)
    arrives_on = models.DateField(_("arrives on"), null=True)
    words = models.CharField(_("what the provider says"), max_length=200, blank=True)
    read_at = models.DateTimeField(_("asked on"))

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        ordering = ["-arrives_on", "-reference"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="payments_payout_of_company"),
            models.UniqueConstraint(fields=["provider", "reference"], name="payments_one_payout_once"),
        ]
        # The register, newest first.
        indexes = [
            models.Index(fields=["company", "-arrives_on", "-reference"], name="payments_newest_payouts")
        ]

    def __str__(self) -> str:
        return f"{self.reference} · {self.amount_shown}"

    @property
    def amount_shown(self) -> str:
        """How much, with its currency."""
        return money_shown(self.amount, self.currency)


class PayoutPlan(CompanyOwned):
    """How often a provider sends what lies there, and why that cannot be changed from here, if it cannot."""

    provider = models.OneToOneField(PaymentProvider, on_delete=models.CASCADE, related_name="payout_plan")
    interval = models.CharField(_("how often"), max_length=8, choices=PayoutInterval, blank=True)
    can_change = models.BooleanField(default=False)
    # In each language.
    why_not = models.JSONField(default=dict)
    # What kept us from asking the last time.
    fault = models.CharField(_("fault"), max_length=300, blank=True)
    read_at = models.DateTimeField(_("asked on"))

    class Meta:
        verbose_name = _("payout plan")
        verbose_name_plural = _("payout plans")

    def __str__(self) -> str:
        return str(self.get_interval_display())
