"""Processes: matters that an office carries through phases for a customer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal_modules.core.models import CompanyManager
from portal_modules.customers.models import BuildingSite, Customer, CustomerRecord, RecordChild

from ..choices import ProcessState
from ..numbers import number_shown
from ..querysets import NoticeQuerySet, ProcessQuerySet
from .kinds import Phase, ProcessKind


@pghistory.track(exclude=["registry_key"])
class Process(CustomerRecord):
    """One matter of one customer, in one phase. Customers read "business" where the code says process."""

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="processes"
    )
    kind = models.ForeignKey(
        ProcessKind, on_delete=models.PROTECT, verbose_name=_("kind"), related_name="processes"
    )
    phase = models.ForeignKey(
        Phase, on_delete=models.PROTECT, verbose_name=_("phase"), related_name="processes"
    )
    title = models.CharField(_("about"), max_length=200, blank=True)
    lookup_number = models.CharField(_("number for the lookup"), max_length=32, editable=False)
    needs_second_datum = models.BooleanField(_("asks for a second datum"), default=False, editable=False)
    registry_number = models.CharField(_("number at the registry"), max_length=60, blank=True)
    registry_key = models.BinaryField(null=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=ProcessState, default=ProcessState.OPEN)
    person_in_charge = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("person in charge"),
        related_name="+",
    )
    site = models.ForeignKey(
        BuildingSite,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("site"),
        related_name="+",
        help_text=_("Where it is done, if the customer has several places."),
    )
    opened_on = models.DateField(_("opened on"))
    phase_since = models.DateField(_("in this phase since"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)

    record_icon = "folder"

    objects: ClassVar[Any] = CompanyManager(ProcessQuerySet)

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        ordering = ["-opened_on", "lookup_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "customer", "id"], name="processes_process_of_customer"
            ),
            # The lookup: one process by its number.
            models.UniqueConstraint(
                fields=["company", "lookup_number"],
                name="processes_one_process_per_number",
                violation_error_message=_("There is a process with this number already."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(state=ProcessState.OPEN),
                name="processes_closed_has_a_date",
            ),
        ]
        indexes = [
            # The register, newest first: exactly its order, and what it is narrowed by most. The keys of a
            # page far back then come from the index alone.
            models.Index(
                fields=["company", "-opened_on", "lookup_number", "-id"],
                include=["state", "kind", "phase"],
                name="processes_newest",
            ),
            # The customer's list.
            models.Index(fields=["customer", "-opened_on"], name="processes_of_customer"),
            # The desk's numbers and the board: the open ones by phase, and those that wait too long, newest first.
            models.Index(
                fields=["company", "phase", "phase_since", "id"],
                include=["opened_on", "lookup_number"],
                condition=Q(state=ProcessState.OPEN),
                name="processes_open_by_phase",
            ),
            # The register, what waits longest first: where the work list leads.
            models.Index(
                fields=["company", "phase_since", "-id"],
                include=["state", "kind", "phase"],
                name="processes_by_age",
            ),
            # Does the company have numbers that could be guessed?
            models.Index(
                fields=["company"], condition=Q(needs_second_datum=True), name="processes_guessable"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number_shown} · {self.title or self.kind}"

    def clean(self) -> None:
        """A phase of another kind of process is refused."""
        if self.kind_id and self.phase_id and self.phase.kind_id != self.kind_id:
            raise ValidationError({"phase": _("This phase belongs to another kind of process.")})

    @property
    def number_shown(self) -> str:
        """The lookup number as it is written: XXXX-XXXX-XX, or as it was imported."""
        return number_shown(self.lookup_number)

    def expected_between(self) -> tuple[date, date] | None:
        """The days between which the phase usually ends; None where nobody knows."""
        low, high = self.phase.usual_days_min, self.phase.usual_days_max
        if self.state != ProcessState.OPEN or high is None:
            return None
        return self.phase_since + timedelta(days=low or 0), self.phase_since + timedelta(days=high)

    def record_title(self) -> str:
        """The kind of business."""
        return str(self.title or self.kind.name)

    def record_number(self) -> str:
        """The lookup number."""
        return self.number_shown

    def record_state(self) -> str:
        """The phase, in the customer's words."""
        return str(self.phase.name)

    def record_date(self) -> date:
        """When it was opened."""
        return self.opened_on

    def next_action(self) -> str:
        """What the customer can do in this phase."""
        return str(self.phase.customer_action)

    def record_url(self) -> str:
        """Its page in the customer's area."""
        return reverse("processes:detail", args=[self.pk])


class PhaseEntry(RecordChild):
    """One time that a process entered a phase. Written by the action; never changed."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="entries")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField(_("entered on"))
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("phase entered")
        verbose_name_plural = _("phases entered")
        ordering = ["entered_on", "pk"]
        # The stepper of one process.
        indexes = [models.Index(fields=["process", "entered_on"], name="processes_entries")]
        triggers = [pgtrigger.Protect(name="keep_entries", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.phase} · {self.entered_on}"


@pghistory.track()
class Notice(RecordChild):
    """What the office tells about a process; marked ones are also shown to whoever knows the number."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="notices")
    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(_("text"), max_length=10_000)
    is_marked = models.BooleanField(
        _("also shown by number"),
        default=False,
        help_text=_("Whoever knows the number reads it without signing in: no names, no amounts."),
    )
    published_at = models.DateTimeField(_("published on"), null=True, blank=True)
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    objects: ClassVar[Any] = CompanyManager(NoticeQuerySet)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-published_at", "-pk"]
        # The notices of one process, newest first.
        indexes = [models.Index(fields=["process", "-published_at"], name="processes_notices")]

    def __str__(self) -> str:
        return self.title
