"""Attempts to pay online: begun here, ended by what the provider says."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal_modules.billing.models import Instalment, Invoice
from portal_modules.core.access import ActorKind
from portal_modules.core.amounts import money_shown
from portal_modules.core.choices import Currency
from portal_modules.core.models import CompanyManager
from portal_modules.customers.models import Customer, CustomerOwned, RecordChild

from ..choices import AttemptState, PaymentMethod, Surplus
from ..querysets import AttemptQuerySet
from .columns import money
from .providers import PaymentProvider


@pghistory.track(exclude=["url"])
class PaymentAttempt(CustomerOwned):
    """One time that a customer set out to pay online: what, how much, and how it ended."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="payment_attempts"
    )
    provider = models.ForeignKey(
        PaymentProvider, on_delete=models.PROTECT, verbose_name=_("provider"), related_name="attempts"
    )
    state = models.CharField(_("state"), max_length=9, choices=AttemptState, default=AttemptState.OPEN)
    method = models.CharField(_("method"), max_length=16, choices=PaymentMethod, blank=True)
    amount = money(_("amount"))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    surplus = models.CharField(_("more than is owed"), max_length=8, choices=Surplus, default=Surplus.CREDIT)
    # Ours, made from the attempt: the provider makes one session of it, however often it is asked.
    idempotency_key = models.CharField(max_length=120)
    provider_session = models.CharField(max_length=255, blank=True)
    # What the provider charges, where it says so before it is paid.
    provider_payment = models.CharField(max_length=255, blank=True)
    # The provider's page. Never shown to anybody but who pays.
    url = models.TextField(max_length=4000, blank=True)
    details = models.JSONField(default=dict, blank=True)
    failure = models.CharField(_("why it failed"), max_length=300, blank=True)
    actor_kind = models.CharField(_("by"), max_length=12, choices=ActorKind, default=ActorKind.CONTACT)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_automatic = models.BooleanField(_("by agreement, without being asked"), default=False)
    language = models.CharField(max_length=8, blank=True)
    expires_at = models.DateTimeField(_("open until"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun on"), auto_now_add=True)
    changed_at = models.DateTimeField(_("at"), auto_now=True)

    objects: ClassVar[Any] = CompanyManager(AttemptQuerySet)

    class Meta:
        verbose_name = _("attempt to pay")
        verbose_name_plural = _("attempts to pay")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "customer", "id"], name="payments_attempt_of_customer"
            ),
            models.UniqueConstraint(fields=["company", "idempotency_key"], name="payments_one_key_once"),
            models.UniqueConstraint(
                fields=["provider", "provider_session"],
                condition=~Q(provider_session=""),
                name="payments_one_session_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_attempt_above_zero"),
        ]
        indexes = [
            # The customer's pending payments.
            models.Index(fields=["customer", "-created_at"], name="payments_attempts_of"),
            # What a provider names in its events.
            models.Index(
                fields=["provider", "provider_payment"],
                condition=~Q(provider_payment=""),
                name="payments_attempt_charged",
            ),
            # The sweep of what never came back.
            models.Index(
                fields=["company", "expires_at"],
                condition=Q(state__in=[AttemptState.OPEN, AttemptState.PENDING]),
                name="payments_attempts_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_shown} · {self.get_state_display()}"

    @property
    def amount_shown(self) -> str:
        """How much, with its currency."""
        return money_shown(self.amount, self.currency)


class PaymentAttemptItem(RecordChild):
    """One invoice, or one part of it, that an attempt pays."""

    attempt = models.ForeignKey(PaymentAttempt, on_delete=models.CASCADE, related_name="items")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="attempt_items")
    instalment = models.ForeignKey(
        Instalment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What of it goes to the invoice; fine and interest, and the discount for early payment, stand beside it.
    amount = money(_("amount"))
    fees = money(_("fine and interest"), default=Decimal(0))
    discount = money(_("discount"), default=Decimal(0))
    # Kept by the database as long as the attempt is on its way.
    is_open = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("part of an attempt to pay")
        verbose_name_plural = _("parts of attempts to pay")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "invoice", "instalment"],
                nulls_distinct=False,
                name="payments_item_once",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, fees__gte=0, discount__gte=0), name="payments_item_not_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id}: {self.amount}"
