"""The outbox: what is to be told to whom, written in the transaction of what happened."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal_modules.core.languages import LANGUAGE_CHOICES
from portal_modules.core.models import CompanyManager, CompanyOwned
from portal_modules.customers.models import Contact, Customer

from .choices import DeliveryState
from .querysets import OutboxQuerySet


class OutboxMessage(CompanyOwned):
    """One message to one person, as event and ids. Its words are made when it is delivered.

    Nothing readable is stored: no text, no code, no link. The address is kept only where the person is
    not on file by then (somebody who typed it).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.CharField(_("about"), max_length=80)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    address = models.EmailField(_("address"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    payload = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"))
    created_at = models.DateTimeField(_("at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=300, blank=True)

    objects: ClassVar[Any] = CompanyManager(OutboxQuerySet)

    class Meta:
        verbose_name = _("message sent")
        verbose_name_plural = _("messages sent")
        ordering = ["-created_at"]
        # The sweep: what is due.
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(state=DeliveryState.WAITING), name="notifications_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.contact or self.address}"
