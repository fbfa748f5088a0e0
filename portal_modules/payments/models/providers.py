"""Who takes money for a company, on which terms, and what they told us."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal_modules.core.models import CompanyOwned
from portal_modules.core.secrets import decrypt, encrypt

from ..choices import CreditUse, PaymentMethod, ProviderKind, RunState, Surplus

_KEYS: Final = "payments.provider.keys"
_HOOK: Final = "payments.provider.webhook"


@pghistory.track(exclude=["secret", "webhook_secret"])
class PaymentProvider(CompanyOwned):
    """An account of a company at somebody who takes money for it, with the keys to it."""

    # Its webhooks come to an address that names it.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("provider"), max_length=10, choices=ProviderKind)
    label = models.CharField(
        _("name"), max_length=80, help_text=_("What customers read where they choose how to pay.")
    )
    is_on = models.BooleanField(_("in use"), default=False)
    is_live = models.BooleanField(
        _("takes real money"), default=False, help_text=_("Otherwise it is a test, and says so.")
    )
    methods = ArrayField(
        models.CharField(max_length=16, choices=PaymentMethod), verbose_name=_("methods"), default=list
    )
    provider_account = models.CharField(_("account at the provider"), max_length=120, blank=True)
    options = models.JSONField(_("settings"), default=dict, blank=True)
    # Authenticated and encrypted (`core.secrets`); nobody reads them back, not even staff.
    secret = models.TextField(blank=True, editable=False)
    webhook_secret = models.TextField(blank=True, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    checked_at = models.DateTimeField(_("tried on"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("made on"), auto_now_add=True)

    class Meta:
        verbose_name = _("way to be paid")
        verbose_name_plural = _("ways to be paid")
        ordering = ["position", "label", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="payments_provider_of_company"),
            # What answers an address without a name of its own: see the hooks.
            models.UniqueConstraint(
                fields=["company", "kind", "provider_account"],
                condition=Q(is_on=True) & ~Q(provider_account=""),
                name="payments_one_live_account",
                violation_error_message=_("This account is in use already."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def has_secret(self) -> bool:
        """Does it have keys?"""
        return bool(self.secret)

    @property
    def has_webhook_secret(self) -> bool:
        """Can it tell a true webhook from a forged one?"""
        return bool(self.webhook_secret)

    def read_secret(self) -> str:
        """Its key in plain; "" where it has none. For whoever calls the provider, and nobody else."""
        return decrypt(self.secret, purpose=_KEYS) if self.secret else ""

    def read_webhook_secret(self) -> str:
        """What its webhooks are signed with; "" where it has none, and then nothing is believed."""
        return decrypt(self.webhook_secret, purpose=_HOOK) if self.webhook_secret else ""

    def keep_secret(self, plain: str) -> None:
        """Take a new key. The row has still to be saved."""
        self.secret = encrypt(plain, purpose=_KEYS) if plain else ""

    def keep_webhook_secret(self, plain: str) -> None:
        """Take a new secret of its webhooks. The row has still to be saved."""
        self.webhook_secret = encrypt(plain, purpose=_HOOK) if plain else ""


@pghistory.track()
class PaymentPolicy(CompanyOwned):
    """On which terms a company is paid. One for each company."""

    least_percent = models.DecimalField(
        _("least part, percent of what is open"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        help_text=_("0 lets customers pay any part; 100 only all of it."),
    )
    least_amount = models.DecimalField(
        _("least amount"), max_digits=18, decimal_places=4, default=Decimal(0), help_text=_("0 is none.")
    )
    surplus = models.CharField(_("more than is owed"), max_length=8, choices=Surplus, default=Surplus.CREDIT)
    credit_use = models.CharField(
        _("credit pays invoices"), max_length=8, choices=CreditUse, default=CreditUse.ASKED
    )
    sends_receipts = models.BooleanField(_("send receipts by mail"), default=True)
    wants_proof = models.BooleanField(
        _("ask for a proof of payment"),
        default=False,
        help_text=_("Who says “I have paid” has to send a file with it."),
    )
    # How to pay by transfer, in the words of the company.
    instructions = models.TextField(
        _("how to pay by transfer"),
        max_length=2000,
        blank=True,
        help_text=_("Shown beside your bank accounts."),
    )

    class Meta:
        verbose_name = _("rule for payments")
        verbose_name_plural = _("rules for payments")
        constraints = [
            models.UniqueConstraint(fields=["company"], name="payments_one_policy_per_company"),
            models.CheckConstraint(
                condition=Q(least_percent__gte=0, least_percent__lte=100, least_amount__gte=0),
                name="payments_least_in_bounds",
                violation_error_message=_("A percentage is from 0 to 100."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def least_of(self, open_amount: Decimal) -> Decimal:
        """The least that may be paid of what is open; all of it where less is open."""
        return min(open_amount, max(open_amount * self.least_percent / 100, self.least_amount))


class ProviderEvent(CompanyOwned):
    """Something that a provider told us, as it was said. Never changed; `ProviderEventRun` says what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(PaymentProvider, on_delete=models.PROTECT, related_name="told")
    event_id = models.CharField(_("number at the provider"), max_length=255)
    kind = models.CharField(_("kind"), max_length=120)
    # When the provider says that it was, and when it came.
    created = models.DateTimeField(_("made on"), null=True)
    received_at = models.DateTimeField(_("received on"), auto_now_add=True)
    payload = models.JSONField(_("content"))

    class Meta:
        verbose_name = _("event of a provider")
        verbose_name_plural = _("events of providers")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="payments_event_of_company"),
            models.UniqueConstraint(fields=["provider", "event_id"], name="payments_one_event_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"

    @property
    def about(self) -> Mapping[str, Any]:
        """The object that it is about, where its provider writes one as Stripe does."""
        found = self.payload.get("data", {}).get("object", {}) if isinstance(self.payload, dict) else {}
        return found if isinstance(found, dict) else {}


class ProviderEventRun(CompanyOwned):
    """How far an event of a provider has been worked off."""

    event = models.OneToOneField(
        ProviderEvent, on_delete=models.PROTECT, primary_key=True, related_name="run"
    )
    state = models.CharField(_("state"), max_length=8, choices=RunState, default=RunState.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    note = models.CharField(_("what came of it"), max_length=500, blank=True)
    changed_at = models.DateTimeField(_("at"), auto_now=True)

    class Meta:
        verbose_name = _("run of an event")
        verbose_name_plural = _("runs of events")
        # What is still to be worked off.
        indexes = [
            models.Index(
                fields=["company", "changed_at"],
                condition=Q(state__in=[RunState.WAITING, RunState.FAILED]),
                name="payments_runs_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.state}"
