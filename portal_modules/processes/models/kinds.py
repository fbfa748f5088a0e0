"""Kinds of business that an office does: their phases, how long these take, and what is asked of the customer."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portal_modules.core.models import CompanyOwned


class ProcessKind(ClusterableModel, CompanyOwned):
    """A kind of business that the office does, with the phases it goes through."""

    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("kind of process")
        verbose_name_plural = _("kinds of processes")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["company", "id"], name="processes_kind_of_company")]

    def __str__(self) -> str:
        return self.name


class Phase(CompanyOwned):
    """One phase of a kind of process, with the words that customers read and its usual length."""

    kind = ParentalKey(ProcessKind, on_delete=models.CASCADE, related_name="phases", verbose_name=_("kind"))
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("what happens in it"), blank=True)
    customer_action = models.TextField(
        _("what the customer can do"), blank=True, help_text=_("Leave it empty when they only have to wait.")
    )
    usual_days_min = models.PositiveSmallIntegerField(_("usual days, from"), null=True, blank=True)
    usual_days_max = models.PositiveSmallIntegerField(_("usual days, to"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="processes_phase_of_company"),
            models.UniqueConstraint(fields=["company", "kind", "id"], name="processes_phase_of_kind"),
            models.CheckConstraint(
                condition=Q(usual_days_max__isnull=True)
                | Q(usual_days_min__isnull=True)
                | Q(usual_days_max__gte=models.F("usual_days_min")),
                name="processes_usual_days_in_order",
                violation_error_message=_("The usual days go from the lower to the higher number."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PhaseDuration(CompanyOwned):
    """How long a phase took in the closed cases of its kind, as it was measured last."""

    phase = models.OneToOneField(Phase, on_delete=models.CASCADE, related_name="duration")
    closed_count = models.PositiveIntegerField(_("closed cases"))
    median_days = models.PositiveIntegerField(_("median of days"))
    high_days = models.PositiveIntegerField(_("days that four of five cases kept to"))
    median_left = models.PositiveIntegerField(_("median of days until the end"))
    high_left = models.PositiveIntegerField(_("days until the end that four of five cases kept to"))
    measured_at = models.DateTimeField(_("measured on"), auto_now=True)

    class Meta:
        verbose_name = _("duration of a phase")
        verbose_name_plural = _("durations of phases")
        constraints = [
            models.CheckConstraint(
                condition=Q(high_days__gte=models.F("median_days")), name="processes_duration_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phase}: {self.median_days} to {self.high_days}"


class ChecklistItem(CompanyOwned):
    """A document that every customer with this kind of business is asked for."""

    kind = ParentalKey(
        ProcessKind, on_delete=models.CASCADE, related_name="checklist", verbose_name=_("kind")
    )
    phase = models.ForeignKey(
        Phase,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked for in"),
        help_text=_("Left empty, it is asked for when the process is opened."),
    )
    title = models.CharField(_("document"), max_length=160)
    why = models.TextField(_("what it is for"), max_length=600, blank=True)
    example = models.CharField(_("example"), max_length=300, blank=True)
    due_days = models.PositiveSmallIntegerField(_("days to send it"), default=14)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("asked for"), default=True)

    class Meta:
        verbose_name = _("document of the checklist")
        verbose_name_plural = _("checklist")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """A phase of another kind of process is refused."""
        if self.phase is not None and self.kind_id and self.phase.kind_id != self.kind_id:
            raise ValidationError({"phase": _("This phase belongs to another kind of process.")})
