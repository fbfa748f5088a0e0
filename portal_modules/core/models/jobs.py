"""Long work: what somebody started, how far it has come, and what of it was refused."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal_modules.core.choices import OPEN_JOBS, JobState
from portal_modules.core.languages import in_this_language

from .owned import CompanyOwned


def private_storage() -> Storage:
    """The storage of private files, which has no address."""
    return storages["private"]


def path_of_file(job: Any, name: str) -> str:
    """Where a job's file lies: below its company, under a name that nobody chose."""
    return f"jobs/{job.company_id}/{job.pk}/{uuid.uuid4().hex}"


class Job(CompanyOwned):
    """One piece of long work that somebody of the staff started.

    It is done in chunks: each is one transaction that also moves `position` on, so that whoever takes it up
    after a fault goes on where it stopped. `right` is what somebody needs to see it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=80)
    right = models.CharField(max_length=80)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    started_by_name = models.CharField(_("started by"), max_length=160, blank=True)
    language = models.CharField(max_length=8)
    parameters = models.JSONField(default=dict)
    bookmark = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    total = models.PositiveIntegerField(_("steps"))
    position = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    file = models.FileField(storage=private_storage, upload_to=path_of_file, max_length=120, blank=True)
    file_name = models.CharField(max_length=140, blank=True)
    created_at = models.DateTimeField(_("started on"), auto_now_add=True)
    worked_at = models.DateTimeField()
    ended_at = models.DateTimeField(_("ended on"), null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="core_job_of_company"),
            models.CheckConstraint(
                condition=models.Q(position__lte=models.F("total")), name="core_job_within_its_total"
            ),
        ]
        indexes = [
            # The list, newest first.
            models.Index(fields=["company", "-created_at"], name="core_newest_jobs"),
            # The sweep, and the line on top of every page.
            models.Index(
                fields=["company", "started_by"],
                condition=models.Q(state__in=OPEN_JOBS) | models.Q(seen_at=None),
                name="core_jobs_to_look_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.position}/{self.total}"

    @property
    def is_open(self) -> bool:
        """Is there something left to do?"""
        return self.state in OPEN_JOBS

    @property
    def percent(self) -> int:
        """How much of it is behind us, in whole percents; 100 only at the end."""
        if self.state == JobState.DONE:
            return 100
        return min(99, self.position * 100 // self.total) if self.total else 0


class JobItem(CompanyOwned):
    """One thing that a job works on, such as the id of a row."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    value = models.JSONField()

    class Meta:
        constraints = [
            # The items of a chunk.
            models.UniqueConstraint(fields=["job", "number"], name="core_one_item_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.value}"


class JobFault(CompanyOwned):
    """One thing that a job could not do: which, and why, as sentences by language for whoever reads it."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="faults")
    line = models.PositiveIntegerField(_("line"), null=True)
    what = models.CharField(_("what"), max_length=200, blank=True)
    reasons = models.JSONField(_("why not"), default=dict)

    class Meta:
        ordering = ["job", "line", "pk"]
        # The report of one job.
        indexes = [models.Index(fields=["job", "line", "id"], name="core_faults_of_job")]

    def __str__(self) -> str:
        return f"{self.line or ''} {self.what}: {self.reason}"

    @property
    def reason(self) -> str:
        """Why not, in the language in force."""
        return in_this_language(self.reasons)
