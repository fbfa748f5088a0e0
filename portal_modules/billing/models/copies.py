"""Second copies that were mailed: what, to whom, who asked, and why an address that nobody has on file."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import ActorKind
from portal_modules.customers.models import Customer, CustomerOwned

from ..choices import CopyKind
from .banks import BankSlip
from .invoices import Invoice
from .notes import FiscalDocument


class SecondCopy(CustomerOwned):
    """One second copy that a customer had mailed. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="second_copies"
    )
    kind = models.CharField(_("what"), max_length=7, choices=CopyKind)
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, verbose_name=_("invoice"), related_name="+"
    )
    slip = models.ForeignKey(
        BankSlip, on_delete=models.PROTECT, null=True, verbose_name=_("boleto"), related_name="+"
    )
    note = models.ForeignKey(
        FiscalDocument, on_delete=models.PROTECT, null=True, verbose_name=_("fiscal note"), related_name="+"
    )
    # The day on which the customer means to pay: what is late is reckoned for it.
    pays_on = models.DateField(_("will be paid on"), null=True)
    address = models.EmailField(_("to"), max_length=254)
    is_on_file = models.BooleanField(_("address on file"))
    name = models.CharField(_("person responsible"), max_length=160, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    actor_kind = models.CharField(_("by"), max_length=12, choices=ActorKind)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name=_("by"), related_name="+"
    )
    asked_by_name = models.CharField(_("name"), max_length=160, blank=True)
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    # The message of the outbox, which knows when it left.
    message_id = models.UUIDField(editable=False)

    class Meta:
        verbose_name = _("second copy")
        verbose_name_plural = _("second copies")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_on_file=True) | (~Q(name="") & ~Q(reason="")),
                name="billing_copy_to_others_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind=CopyKind.INVOICE, invoice__isnull=False)
                | Q(kind=CopyKind.SLIP, slip__isnull=False)
                | Q(kind=CopyKind.NOTE, note__isnull=False),
                name="billing_copy_names_what_it_is_of",
            ),
        ]
        # The register, newest first.
        indexes = [models.Index(fields=["company", "-asked_at"], name="billing_copies_newest")]
        triggers = [pgtrigger.Protect(name="keep_copies", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.address}"
