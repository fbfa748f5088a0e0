"""The accountant's pack: everything of a customer's period as one ZIP, and who has it made every month."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal_modules.core.models import CompanyManager, Job
from portal_modules.customers.models import Customer, CustomerOwned
from portal_modules.customers.querysets import WholeQuerySet

from .notes import private_storage

KEPT_FOR: Final = timedelta(days=7)


def pack_path(pack: AccountantPack, filename: str) -> str:
    """A name made here, below the company's own folder."""
    return f"billing/packs/{pack.company_id}/{pack.pk.hex}-{uuid.uuid4().hex[:8]}.zip"


class AccountantPack(CustomerOwned):
    """One ZIP of a customer's invoices and fiscal notes of a period. It is kept for a week, and then gone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="packs"
    )
    since = models.DateField(_("from the day"))
    until = models.DateField(_("until the day"))
    # Made for those who have it every month; else for the one who asked.
    is_monthly = models.BooleanField(default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name=_("by"), related_name="+"
    )
    asked_by_name = models.CharField(_("name"), max_length=160, blank=True)
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    documents = models.PositiveIntegerField(_("documents"), default=0)
    made_at = models.DateTimeField(_("made on"), null=True)
    file = models.FileField(storage=private_storage, upload_to=pack_path, max_length=120, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)

    objects: ClassVar[Any] = CompanyManager(WholeQuerySet)

    class Meta:
        verbose_name = _("accountant's pack")
        verbose_name_plural = _("accountant's packs")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="billing_pack_period_in_order"),
            models.CheckConstraint(
                condition=Q(made_at=None, file="") | Q(made_at__isnull=False) & ~Q(file=""),
                name="billing_made_pack_has_a_file",
            ),
        ]
        # The customer's list, and what is to be cleaned up.
        indexes = [models.Index(fields=["customer", "-asked_at"], name="billing_packs_newest")]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"

    @property
    def kept_until(self) -> datetime:
        """Until when it can be taken along."""
        return (self.made_at or self.asked_at) + KEPT_FOR

    def is_ready(self, at: datetime | None = None) -> bool:
        """Can it be taken along now?"""
        return self.made_at is not None and (at or timezone.now()) < self.kept_until


class PackSubscription(CustomerOwned):
    """Somebody who has the pack of each month made, and is mailed when it is there."""

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("person"), related_name="+"
    )
    # The first day of the last month that was seen to.
    done_for = models.DateField(_("last month"))
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    objects: ClassVar[Any] = CompanyManager(WholeQuerySet)

    class Meta:
        verbose_name = _("monthly pack")
        verbose_name_plural = _("monthly packs")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "user"], name="billing_one_monthly_pack_each")
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.customer}"
