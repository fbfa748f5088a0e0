"""Tables that were brought to be taken in, and how their columns were understood."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .jobs import Job, private_storage
from .owned import CompanyOwned


def path_of_table(table: Any, name: str) -> str:
    """Where a table lies: below its company, under a name that nobody chose."""
    return f"imports/{table.company_id}/{uuid.uuid4().hex}"


class ImportFile(CompanyOwned):
    """One table that somebody brought: its rows as they were read, and what became of it.

    `rows_file` has a line for each row: a JSON array of its line in the file and its cells.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)
    name = models.CharField(_("file"), max_length=140)
    headings = models.JSONField()
    sample = models.JSONField(default=list)
    row_count = models.PositiveIntegerField(_("rows"))
    rows_file = models.FileField(storage=private_storage, upload_to=path_of_table, max_length=120)
    mapping = models.JSONField(default=dict)
    tells = models.BooleanField(default=False)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("brought on"), auto_now_add=True)
    check_job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    load_job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        # The last imports.
        indexes = [models.Index(fields=["company", "-created_at"], name="core_newest_imports")]

    def __str__(self) -> str:
        return self.name


class ImportMapping(CompanyOwned):
    """How a company understood a set of headings last: column of the kind → heading."""

    kind = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "fingerprint"], name="core_one_mapping_per_headings"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.mapping}"
