"""What the sandbox remembers, as a real provider would at its own place. It holds no money and no card."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal_modules.core.models import CompanyOwned

from .columns import money


class SandboxSession(CompanyOwned):
    """One payment on the sandbox's own page."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200)
    attempt = models.CharField(max_length=64)
    state = models.CharField(max_length=8, default="open")
    method = models.CharField(max_length=16)
    amount = money(_("amount"))
    refunded = money(_("refunded"), default=Decimal(0))
    # Under which keys it was asked back: the same key gives nothing back a second time.
    refund_keys = models.JSONField(default=list, db_default=models.Value([], output_field=models.JSONField()))
    currency = models.CharField(max_length=3)
    parts = models.JSONField(default=list)
    payer = models.CharField(max_length=64, blank=True)
    done_url = models.CharField(max_length=2000, blank=True)
    back_url = models.CharField(max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("payment in the sandbox")
        verbose_name_plural = _("payments in the sandbox")
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="payments_sandbox_of_company"),
            models.UniqueConstraint(fields=["company", "key"], name="payments_sandbox_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.state}"


class SandboxPayer(CompanyOwned):
    """Somebody who keeps ways to pay at the sandbox."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    # reference, label, method, and the year and month of its end; the first is the preferred one.
    methods = models.JSONField(default=list)
    back_url = models.CharField(max_length=2000, blank=True)

    class Meta:
        verbose_name = _("payer in the sandbox")
        verbose_name_plural = _("payers in the sandbox")
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="payments_sandbox_payer_of_company"),
            models.UniqueConstraint(fields=["company", "key"], name="payments_sandbox_payer_once"),
        ]

    def __str__(self) -> str:
        return self.name
