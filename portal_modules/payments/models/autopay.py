"""Paying by agreement: who said so, when and in which words, and what was taken since."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal_modules.billing.models import Invoice
from portal_modules.core.models import CompanyManager
from portal_modules.customers.models import Customer, CustomerOwned, RecordChild
from portal_modules.customers.querysets import WholeQuerySet

from ..choices import AutopayEnd, AutopayRunState
from .attempts import PaymentAttempt
from .providers import PaymentProvider


class PayerAccount(CustomerOwned):
    """What a provider calls a customer, for whom it keeps ways to pay."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="payer_accounts")
    provider = models.ForeignKey(PaymentProvider, on_delete=models.PROTECT, related_name="payers")
    payer = models.CharField(_("customer at the provider"), max_length=255)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("customer at a provider")
        verbose_name_plural = _("customers at providers")
        constraints = [
            models.UniqueConstraint(fields=["provider", "customer"], name="payments_one_payer_each"),
            models.UniqueConstraint(fields=["provider", "payer"], name="payments_payer_of_one"),
        ]

    def __str__(self) -> str:
        return self.payer


class Autopay(CustomerOwned):
    """A customer's agreement that invoices are paid when they are due, as it was given and until it ended."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="autopays")
    provider = models.ForeignKey(PaymentProvider, on_delete=models.PROTECT, related_name="autopays")
    # The words that were agreed to, in the language in which they were read.
    consent = models.TextField(_("what was agreed to"), max_length=2000)
    consented_at = models.DateTimeField(_("agreed on"), auto_now_add=True)
    consented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    consented_name = models.CharField(_("agreed by"), max_length=200)
    method_label = models.CharField(_("way to pay"), max_length=120, blank=True)
    method_ends = models.DateField(_("way to pay is good until"), null=True, blank=True)
    warned_of = models.DateField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)
    end = models.CharField(_("how it ended"), max_length=8, choices=AutopayEnd, blank=True)

    objects: ClassVar[Any] = CompanyManager(WholeQuerySet)

    class Meta:
        verbose_name = _("agreement to pay automatically")
        verbose_name_plural = _("agreements to pay automatically")
        ordering = ["-consented_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "customer", "id"], name="payments_autopay_of_customer"
            ),
            models.UniqueConstraint(
                fields=["customer"], condition=Q(ended_at=None), name="payments_one_autopay_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.consented_at:%Y-%m-%d}"

    @property
    def is_on(self) -> bool:
        """Does it hold?"""
        return self.ended_at is None


class AutopayRun(RecordChild):
    """One invoice that is paid by agreement: told of before, then tried, and once more."""

    autopay = models.ForeignKey(Autopay, on_delete=models.PROTECT, related_name="runs")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("due on"))
    state = models.CharField(max_length=9, choices=AutopayRunState, default=AutopayRunState.ANNOUNCED)
    told_on = models.DateField(_("told on"))
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_on = models.DateField()
    attempt = models.ForeignKey(PaymentAttempt, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("automatic payment")
        verbose_name_plural = _("automatic payments")
        ordering = ["next_try_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["autopay", "invoice", "due_on"], name="payments_one_run_per_due_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id}: {self.state}"
