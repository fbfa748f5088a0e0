"""Private files of customers' records, and the documents that a company asks its customers for."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import ActorKind
from portal_modules.core.models import CompanyManager
from portal_modules.customers.models import CustomerOwned, CustomerRecord, RecordChild

from .choices import WAITING_FOR_CUSTOMER, RequestState, Scan, SentState, Visibility
from .querysets import DocumentQuerySet, RequestQuerySet

KEPT_BELOW = "documents"


def private_storage() -> Storage:
    """The storage of private files, which has no address."""
    return storages["private"]


def private_path(document: Document, filename: str) -> str:
    """A name made here: nothing of what was uploaded reaches the file system."""
    return f"{KEPT_BELOW}/{document.company_id}/{document.pk.hex[:2]}/{document.pk.hex}"


def thumbnail_path(document: Document, filename: str) -> str:
    """Beside the picture that it shows."""
    return f"{private_path(document, filename)}-small"


class Document(CustomerOwned):
    """One file of a customer's record: who put it there, and who may see it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_type = models.CharField(max_length=80)
    record_id = models.UUIDField()
    file = models.FileField(storage=private_storage, upload_to=private_path, max_length=120)
    thumbnail = models.FileField(
        storage=private_storage, upload_to=thumbnail_path, max_length=120, blank=True, editable=False
    )
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

    objects: ClassVar[Any] = CompanyManager(DocumentQuerySet)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="documents_document_of_company"),
            models.UniqueConstraint(
                fields=["company", "customer", "id"], name="documents_document_of_customer"
            ),
        ]
        indexes = [
            # The files beside a record.
            models.Index(fields=["company", "record_type", "record_id"], name="documents_of_record"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def detail(self) -> str:
        """Its kind and size, as people say it: "PDF, 240 kB"."""
        return f"{self.name.rpartition('.')[2].upper()}, {filesizeformat(self.size)}"

    @property
    def url(self) -> str:
        """Where customers take it."""
        return reverse("file", args=[self.pk])

    @property
    def small_url(self) -> str:
        """Where a small picture of it is; empty where it is no picture."""
        return reverse("file_thumbnail", args=[self.pk]) if self.thumbnail else ""

    @property
    def staff_url(self) -> str:
        """Where staff take it."""
        return reverse("staff_file", args=[self.pk])

    @property
    def staff_small_url(self) -> str:
        """Where staff see a small picture of it; empty where it is no picture."""
        return reverse("staff_file_thumbnail", args=[self.pk]) if self.thumbnail else ""


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


@pghistory.track()
class DocumentRequest(CustomerRecord):
    """One document that the company asked a customer for: which, why, until when, and what came of it."""

    number = models.PositiveIntegerField(_("number"), editable=False)
    about_type = models.CharField(max_length=80, blank=True, default="", editable=False)
    about_id = models.UUIDField(null=True, blank=True, editable=False)
    title = models.CharField(_("document"), max_length=160)
    reason = models.TextField(_("why it is needed"), max_length=2_000, blank=True)
    example = models.TextField(_("what it looks like"), max_length=2_000, blank=True)
    example_file = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    due_on = models.DateField(_("needed by"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=RequestState, default=RequestState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("asked by"),
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now, editable=False)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True, editable=False)

    record_icon = "upload"

    objects: ClassVar[Any] = CompanyManager(RequestQuerySet)

    class Meta:
        verbose_name = _("document asked for")
        verbose_name_plural = _("documents asked for")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "customer", "id"], name="documents_request_of_customer"
            ),
            models.UniqueConstraint(fields=["company", "number"], name="documents_one_request_per_number"),
            models.CheckConstraint(
                condition=Q(about_type="", about_id__isnull=True)
                | (~Q(about_type="") & Q(about_id__isnull=False)),
                name="documents_request_names_its_record",
            ),
        ]
        indexes = [
            # The customer's list and the home page.
            models.Index(fields=["customer", "state", "due_on"], name="documents_asked_of_customer"),
            # What is needed for a record.
            models.Index(fields=["company", "about_type", "about_id"], name="documents_for_record"),
            # The desk: what was sent and has to be looked at.
            models.Index(fields=["company"], condition=Q(state=RequestState.SENT), name="documents_to_check"),
            # The reminders.
            models.Index(
                fields=["company", "due_on"],
                condition=Q(state__in=[state.value for state in WAITING_FOR_CUSTOMER]),
                name="documents_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.title}"

    @property
    def waits_for_customer(self) -> bool:
        """Has the customer something to send?"""
        return self.state in WAITING_FOR_CUSTOMER

    def is_overdue(self, on: date) -> bool:
        """Is the day by which it is needed over?"""
        return self.waits_for_customer and self.due_on is not None and self.due_on < on

    def record_title(self) -> str:
        """Which document."""
        return str(self.title)

    def record_number(self) -> str:
        """Its number."""
        return str(self.number)

    def record_state(self) -> str:
        """Its state in the customer's words."""
        match self.state:
            case RequestState.ASKED:
                return gettext("We need this from you")
            case RequestState.SENT:
                return gettext("We are checking it")
            case RequestState.ACCEPTED:
                return gettext("Accepted")
            case RequestState.REFUSED:
                return gettext("Please send it again")
        return gettext("Not needed any more")

    def record_date(self) -> Any:
        """When it was asked for."""
        return self.asked_at

    def next_action(self) -> str:
        """What the customer has to do."""
        match self.state:
            case RequestState.ASKED:
                return gettext("Send the document")
            case RequestState.REFUSED:
                return gettext("Send the document again")
        return ""

    def record_sections(self) -> tuple[str, ...]:
        """Also the module of what it is needed for."""
        about = self.about_type.partition(".")[0]
        return ("documents", about) if about else ("documents",)

    def record_url(self) -> str:
        """Its page in the customer's area."""
        return reverse("documents:detail", args=[self.pk])


class SentDocument(RecordChild):
    """One time that the customer sent something for a request, and what the company said to it."""

    request = models.ForeignKey(DocumentRequest, on_delete=models.PROTECT, related_name="sent")
    sent_at = models.DateTimeField(_("sent on"), default=timezone.now)
    actor_kind = models.CharField(_("by"), max_length=12, choices=ActorKind)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    author_name = models.CharField(_("name"), max_length=160)
    state = models.CharField(_("state"), max_length=8, choices=SentState, default=SentState.WAITING)
    answer = models.TextField(_("reason"), max_length=2_000, blank=True)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("document sent")
        verbose_name_plural = _("documents sent")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "customer", "id"], name="documents_sent_of_customer"),
            models.CheckConstraint(
                condition=~Q(state=SentState.REFUSED) | ~Q(answer=""), name="documents_refused_with_reason"
            ),
        ]
        # What was sent for a request, newest first.
        indexes = [models.Index(fields=["request", "-sent_at"], name="documents_sent_for_request")]

    def __str__(self) -> str:
        return f"{self.request_id} · {self.sent_at}"


class SentFile(RecordChild):
    """A file of what was sent."""

    sent = models.ForeignKey(SentDocument, on_delete=models.PROTECT, related_name="files")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sent", "document"], name="documents_file_sent_once"),
        ]
