"""Credits: what makes a customer owe less."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal_modules.core.choices import Currency
from portal_modules.core.models import CompanyManager
from portal_modules.customers.models import Customer, CustomerRecord

from ..querysets import OfInvoiceQuerySet
from .invoices import Invoice, money


class Credit(CustomerRecord):
    """Money that a customer owes less: on an invoice, or free, for whatever comes. Never changed."""

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="credits"
    )
    number = models.CharField(_("number"), max_length=40)
    serial = models.PositiveBigIntegerField(editable=False)
    invoice = models.ForeignKey(
        Invoice,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("invoice"),
        related_name="credits",
    )
    credited_on = models.DateField(_("credited on"))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    amount = money(_("amount"))
    reason = models.CharField(_("reason"), max_length=300)
    created_at = models.DateTimeField(_("made on"), auto_now_add=True)

    record_icon = "invoice"

    objects: ClassVar[Any] = CompanyManager(OfInvoiceQuerySet)

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["-credited_on", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="billing_one_credit_per_number"),
            models.UniqueConstraint(fields=["company", "serial"], name="billing_one_credit_per_serial"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="billing_credit_above_zero"),
        ]
        indexes = [
            # The statement of a customer.
            models.Index(fields=["customer", "-credited_on"], name="billing_credits_of"),
        ]
        triggers = [pgtrigger.Protect(name="keep_credits", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.number} · {self.reason}"

    def record_title(self) -> str:
        """Why it was given."""
        return self.reason

    def record_number(self) -> str:
        """Its number."""
        return self.number

    def record_state(self) -> str:
        """That it is a credit: it has no other state."""
        return gettext("Credited")

    def record_date(self) -> date:
        """When it was given."""
        return self.credited_on

    def record_amount(self) -> tuple[Decimal, str]:
        """How much."""
        return self.amount, self.currency

    def record_url(self) -> str:
        """The invoice that it made less, else the customer's invoices."""
        if self.invoice_id:
            return reverse("billing:invoice", args=[self.invoice_id])
        return reverse("billing:finance")
