"""${Plural} of customers."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal_modules.core.models import CompanyManager
from portal_modules.customers.models import CustomerRecord

from .choices import ${Record}State
from .querysets import ${Record}QuerySet


@pghistory.track()
class ${Record}(CustomerRecord):
    """One ${words} of one customer."""

    number = models.PositiveBigIntegerField(_("number"), editable=False)
    title = models.CharField(_("about"), max_length=200)
    state = models.CharField(
        _("state"), max_length=10, choices=${Record}State, default=${Record}State.OPEN, editable=False
    )
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)

    record_icon = "file"

    objects: ClassVar[Any] = CompanyManager(${Record}QuerySet)

    class Meta:
        verbose_name = _("${words}")
        verbose_name_plural = _("${plural}")
        ordering = ["-opened_on", "-number"]
        constraints = [
            # What hangs from it points at all three, and stays with its customer (core.walls).
            models.UniqueConstraint(
                fields=["company", "customer", "id"], name="${name}_record_of_customer"
            ),
            models.UniqueConstraint(fields=["company", "number"], name="${name}_one_record_per_number"),
            models.CheckConstraint(
                condition=Q(state=${Record}State.CLOSED, closed_on__isnull=False)
                | Q(closed_on__isnull=True) & ~Q(state=${Record}State.CLOSED),
                name="${name}_closed_has_a_date",
            ),
        ]
        indexes = [
            # The register, newest first.
            models.Index(fields=["company", "-opened_on"], name="${name}_newest"),
            # The customer's list.
            models.Index(fields=["customer", "-opened_on"], name="${name}_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.number_shown} · {self.title}"

    @property
    def number_shown(self) -> str:
        """The number as it is written: five digits, or more when they are needed."""
        return f"{self.number:05d}"

    def record_title(self) -> str:
        """What it is about."""
        return self.title

    def record_number(self) -> str:
        """The number that people quote."""
        return self.number_shown

    def record_state(self) -> str:
        """Its state in the customer's words."""
        return str(${Record}State(self.state).label)

    def record_date(self) -> date:
        """When it was opened."""
        return self.opened_on

    def record_url(self) -> str:
        """Its page in the customer's area."""
        return reverse("${name}:detail", args=[self.pk])
