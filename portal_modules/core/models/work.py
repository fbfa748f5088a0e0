"""What actions leave behind: gapless sequences, and the log of who did what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .owned import CompanyOwned


class Sequence(CompanyOwned):
    """The last number given out of one series, such as a company's invoices of a year."""

    name = models.CharField(max_length=80)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "name"], name="core_one_sequence_per_name")]

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class LogEntry(CompanyOwned):
    """One action: who did what to which row, when. Written by the action itself, never changed."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    actor_name = models.CharField(_("by"), max_length=160, blank=True)
    action = models.CharField(_("action"), max_length=80)
    model = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        ordering = ["-at", "-pk"]
        # The history beside a record.
        indexes = [models.Index(fields=["company", "model", "object_id", "-at"], name="core_log_of_record")]

    def __str__(self) -> str:
        return f"{self.action} {self.model} {self.object_id}"
