"""Threads: what both sides say about a record, and what staff note beside it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import ActorKind
from portal_modules.core.models import CompanyManager
from portal_modules.customers.models import CustomerOwned, RecordChild
from portal_modules.documents.models import Document

from .choices import MessageKind
from .querysets import MessageQuerySet, ThreadQuerySet


class Thread(CustomerOwned):
    """The conversation about one record of a customer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_type = models.CharField(max_length=80)
    record_id = models.UUIDField()
    last_message_at = models.DateTimeField(_("last message"), null=True, blank=True)
    waits_for_staff = models.BooleanField(_("waits for an answer"), default=False)

    objects: ClassVar[Any] = CompanyManager(ThreadQuerySet)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "customer", "id"], name="conversations_thread_of_customer"
            ),
            models.UniqueConstraint(
                fields=["company", "record_type", "record_id"], name="conversations_one_thread_per_record"
            ),
        ]
        # The staff's inbox: what waits longest first.
        indexes = [
            models.Index(fields=["company", "waits_for_staff", "last_message_at"], name="conversations_inbox")
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}"


class Message(RecordChild):
    """One thing said, noted or changed in a thread. Never edited, never deleted."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=MessageKind, default=MessageKind.MESSAGE)
    actor_kind = models.CharField(_("by"), max_length=12, choices=ActorKind)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    author_name = models.CharField(_("name"), max_length=160)
    body = models.TextField(_("text"), blank=True, max_length=20_000)
    details = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(_("at"), default=timezone.now)

    objects: ClassVar[Any] = CompanyManager(MessageQuerySet)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "customer", "id"], name="conversations_message_of_customer"
            ),
        ]
        indexes = [models.Index(fields=["thread", "created_at"], name="conversations_of_thread")]
        triggers = [
            pgtrigger.Protect(name="keep_messages", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.body[:60]}"


class MessageFile(RecordChild):
    """A file that was sent with a message."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="files")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "document"], name="conversations_file_once_per_message"
            ),
        ]


class Follower(RecordChild):
    """A person who is told when something is said in a thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="followers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_until = models.DateTimeField(_("read until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "user"], name="conversations_one_follower_per_person"),
        ]
