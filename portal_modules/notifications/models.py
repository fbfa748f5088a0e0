"""What is told to whom: the outbox of mails, the bell in the portal, and what people chose to get."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.admin import display
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from portal_modules.core.languages import LANGUAGE_CHOICES
from portal_modules.core.models import CompanyManager, CompanyOwned
from portal_modules.core.modules import modules
from portal_modules.customers.models import Contact, Customer, CustomerOwned, Membership

from .choices import NOT_ARRIVED, DeliveryState, MailChoice
from .mails import mails
from .querysets import BellQuerySet, MailPreferenceQuerySet, OutboxQuerySet


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
    # The name that the mail provider gave it; what came back is told by that one, or by our Message-ID.
    provider_id = models.CharField(max_length=200, blank=True, editable=False)

    objects: ClassVar[Any] = CompanyManager(OutboxQuerySet)

    class Meta:
        verbose_name = _("message sent")
        verbose_name_plural = _("messages sent")
        ordering = ["-created_at"]
        indexes = [
            # The sweep: what is due.
            models.Index(
                fields=["next_try_at"], condition=Q(state=DeliveryState.WAITING), name="notifications_due"
            ),
            # The desk: what did not arrive.
            models.Index(
                fields=["company", "state"],
                condition=Q(state__in=[state.value for state in NOT_ARRIVED]),
                name="notifications_not_arrived",
            ),
            # A provider tells what came back, by its own name for it.
            models.Index(
                fields=["company", "provider_id"],
                condition=~Q(provider_id=""),
                name="notifications_by_provider_id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.contact or self.address}"

    @property
    @display(description=_("about"))
    def about(self) -> str:
        """What it tells, as staff read it."""
        return label_of(self.event)

    @property
    @display(description=_("to"))
    def recipient(self) -> str:
        """The person and the address."""
        return f"{self.contact.name} <{self.contact.email}>" if self.contact else self.address

    def reader_signs_in(self) -> bool:
        """Has the contact a login that opens the customer's pages today?"""
        if self.contact is None:
            return False
        logins = Membership.objects.filter(contact=self.contact)
        return bool(logins.filter(Q(until=None) | Q(until__gt=Now())).exists())


class BellEntry(CustomerOwned):
    """One thing that the bell rang for to one person, as event and ids. Its words are made when it is shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(_("about"), max_length=80)
    payload = models.JSONField(default=dict)
    record_type = models.CharField(max_length=80, blank=True)
    record_id = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(_("at"), auto_now_add=True)
    read_at = models.DateTimeField(_("read on"), null=True, blank=True)

    objects: ClassVar[Any] = CompanyManager(BellQuerySet)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "pk"]
        indexes = [
            # The number at the bell, on every page of somebody who is signed in.
            models.Index(
                fields=["user", "company"], condition=Q(read_at__isnull=True), name="notifications_unread"
            ),
            # The list, newest first.
            models.Index(fields=["user", "company", "-created_at"], name="notifications_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.user}"


class MailPreference(CompanyOwned):
    """Whether one person is mailed of one event: somebody with a login, or a contact who has none."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    event = models.CharField(_("about"), max_length=80)
    choice = models.CharField(_("mailed"), max_length=5, choices=MailChoice)
    changed_at = models.DateTimeField(_("changed on"), auto_now=True)

    objects: ClassVar[Any] = CompanyManager(MailPreferenceQuerySet)

    class Meta:
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")
        ordering = ["event", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(contact__isnull=True), name="notifications_one_person"
            ),
            models.UniqueConstraint(
                fields=["company", "user", "event"],
                condition=Q(user__isnull=False),
                name="notifications_one_choice_per_person",
            ),
            models.UniqueConstraint(
                fields=["company", "contact", "event"],
                condition=Q(contact__isnull=False),
                name="notifications_one_choice_per_contact",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user or self.contact}: {self.event} {self.choice}"


class MailHook(CompanyOwned):
    """A mail provider that may tell this company which mails came back, and what it has to know for that.

    The secret is kept encrypted, and is shown to nobody.
    """

    provider = models.CharField(_("provider"), max_length=20)
    secret = models.BinaryField(editable=False)
    changed_at = models.DateTimeField(_("changed on"), auto_now=True)
    told_at = models.DateTimeField(_("told last on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("word of mails that came back")
        verbose_name_plural = _("word of mails that came back")
        ordering = ["provider"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "provider"], name="notifications_one_hook_per_provider"
            )
        ]

    def __str__(self) -> str:
        return self.provider


class MessageWords(CompanyOwned):
    """A company's own words for the mails of one event. What is left empty stays as it comes."""

    event = models.CharField(_("mail"), max_length=80)
    subject = models.CharField(_("subject"), max_length=160, blank=True)
    title = models.CharField(_("first line"), max_length=200, blank=True)
    body = models.TextField(
        _("text"), max_length=5000, blank=True, help_text=_("An empty line begins a new paragraph.")
    )

    class Meta:
        verbose_name = _("words of a mail")
        verbose_name_plural = _("words of the mails")
        ordering = ["event"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "event"],
                name="notifications_one_wording_per_event",
                violation_error_message=_("There are words for this mail already."),
            )
        ]

    def __str__(self) -> str:
        return label_of(self.event)


def label_of(event: str) -> str:
    """What a mail is about, as staff read it."""
    return str(modules.notice(event).label) if modules.names(event) else mails.about(event) or event
