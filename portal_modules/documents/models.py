"""Private files of customers' records: outside the public media, served by their own view."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import ActorKind
from portal_modules.customers.models import CustomerOwned, RecordChild

from .choices import Scan, Visibility


def private_storage() -> Storage:
    """The storage of private files, which has no address."""
    return storages["private"]


def private_path(document: Document, filename: str) -> str:
    """A name made here: nothing of what was uploaded reaches the file system."""
    return f"{document.company_id}/{document.pk.hex[:2]}/{document.pk.hex}"


class Document(CustomerOwned):
    """One file of a customer's record: who put it there, and who may see it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_type = models.CharField(max_length=80)
    record_id = models.UUIDField()
    file = models.FileField(storage=private_storage, upload_to=private_path, max_length=120)
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    visibility = models.CharField(_("who sees it"), max_length=5, choices=Visibility, default=Visibility.BOTH)
    scan = models.CharField(_("scan"), max_length=9, choices=Scan, default=Scan.UNSCANNED)
    actor_kind = models.CharField(_("by"), max_length=12, choices=ActorKind)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    author_name = models.CharField(_("name"), max_length=160)
    created_at = models.DateTimeField(_("at"), auto_now_add=True)
    removed_at = models.DateTimeField(_("removed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "customer", "id"], name="documents_document_of_customer"
            ),
        ]
        # The files beside a record.
        indexes = [models.Index(fields=["company", "record_type", "record_id"], name="documents_of_record")]

    def __str__(self) -> str:
        return self.name


class Download(RecordChild):
    """One time that a file was taken."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="downloads")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    actor_kind = models.CharField(_("by"), max_length=12, choices=ActorKind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")
        ordering = ["-at"]
