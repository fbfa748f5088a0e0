"""Payments that customers tell us of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal_modules.billing.models import Invoice
from portal_modules.core.access import ActorKind
from portal_modules.core.amounts import money_shown
from portal_modules.core.choices import Currency
from portal_modules.core.models import CompanyManager
from portal_modules.customers.models import Customer, CustomerRecord, RecordChild
from portal_modules.documents.models import Document

from ..choices import DECLARED_WAITING, DeclaredState, PaymentMethod
from ..querysets import DeclaredQuerySet
from .columns import money


@pghistory.track()
class DeclaredPayment(CustomerRecord):
    """A payment that was made elsewhere and that the customer told us of, until somebody has found it."""

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="declared_payments"
    )
    number = models.CharField(_("number"), max_length=40, editable=False)
    serial = models.PositiveBigIntegerField(editable=False)
    state = models.CharField(_("state"), max_length=9, choices=DeclaredState, default=DeclaredState.RECEIVED)
    amount = money(_("amount"))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    paid_on = models.DateField(_("paid on"))
    method = models.CharField(_("method"), max_length=16, choices=PaymentMethod)
    bank = models.CharField(_("bank"), max_length=80, blank=True)
    # What the bank's file will say of it, such as a txid.
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    proof = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("proof"),
        related_name="+",
    )
    reason = models.CharField(_("why it was not accepted"), max_length=300, blank=True)
    actor_kind = models.CharField(_("by"), max_length=12, choices=ActorKind, default=ActorKind.CONTACT)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    declared_by_name = models.CharField(_("told by"), max_length=160, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, editable=False)
    created_at = models.DateTimeField(_("told on"), auto_now_add=True)

    record_icon = "upload"

    objects: ClassVar[Any] = CompanyManager(DeclaredQuerySet)

    class Meta:
        verbose_name = _("declared payment")
        verbose_name_plural = _("declared payments")
        ordering = ["-created_at", "-serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "customer", "id"], name="payments_declared_of_customer"
            ),
            models.UniqueConstraint(fields=["company", "number"], name="payments_one_declared_per_number"),
            models.UniqueConstraint(fields=["company", "serial"], name="payments_one_declared_per_serial"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_declared_above_zero"),
            models.CheckConstraint(
                condition=~Q(state=DeclaredState.REJECTED) | Q(reason__gt=""),
                name="payments_rejected_has_a_reason",
            ),
        ]
        indexes = [
            # The customer's list.
            models.Index(fields=["customer", "-created_at"], name="payments_declared_by"),
            # The register, and what waits on the desk.
            models.Index(fields=["company", "state", "-created_at"], name="payments_declared_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.amount_shown}"

    @property
    def amount_shown(self) -> str:
        """How much, with its currency."""
        return money_shown(self.amount, self.currency)

    @property
    def is_waiting(self) -> bool:
        """Has nobody decided yet?"""
        return self.state in DECLARED_WAITING

    def record_title(self) -> str:
        """That it was told of."""
        return gettext("Payment that you told us of")

    def record_number(self) -> str:
        """Its number."""
        return str(self.number)

    def record_state(self) -> str:
        """How far it is."""
        return str(DeclaredState(self.state).label)

    def record_date(self) -> date:
        """When it was paid."""
        return self.paid_on

    def record_amount(self) -> tuple[Decimal, str]:
        """How much."""
        return self.amount, self.currency

    def record_sections(self) -> tuple[str, ...]:
        """Whoever sees no invoices sees nothing of what pays them."""
        return ("payments", "billing")

    def record_url(self) -> str:
        """Its page in the customer's area."""
        return reverse("payments:declared", args=[self.pk])


class DeclaredItem(RecordChild):
    """One invoice that a declared payment is for."""

    declared = models.ForeignKey(DeclaredPayment, on_delete=models.CASCADE, related_name="items")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="declared_items")

    class Meta:
        verbose_name = _("invoice of a declared payment")
        verbose_name_plural = _("invoices of declared payments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["declared", "invoice"], name="payments_declared_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.declared_id}: {self.invoice_id}"
