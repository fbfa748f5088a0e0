"""What the doors keep: codes asked for, people invited, the company's terms, and who accepted which."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from portal_modules.core.choices import StaffRole
from portal_modules.core.languages import LANGUAGE_CHOICES
from portal_modules.core.models import CompanyManager, CompanyOwned
from portal_modules.core.models.company import touches_company
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Contact
from portal_modules.notifications.choices import DeliveryState
from portal_modules.notifications.models import OutboxMessage

from .choices import InvitationState, LegalKind, ProofPurpose
from .querysets import AddressProofQuerySet, InvitationQuerySet, LegalTextQuerySet, invitation_life


class AddressProof(CompanyOwned):
    """One code that somebody asked for: which address they typed, to which end, and in which browser.

    The code and the link of the mail are made from this row when it is delivered; kept are keyed hashes of
    them, and of what only the asking browser holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(_("purpose"), max_length=8, choices=ProofPurpose)
    email = models.EmailField(_("e-mail"), max_length=254)
    code_hash = models.CharField(max_length=64, editable=False)
    link_hash = models.CharField(max_length=64, editable=False)
    browser_hash = models.CharField(max_length=64, editable=False)
    asked_at = models.DateTimeField(_("asked on"), db_default=Now())
    proved_at = models.DateTimeField(_("proved on"), null=True, blank=True)
    used_at = models.DateTimeField(_("used on"), null=True, blank=True)

    objects: ClassVar[Any] = CompanyManager(AddressProofQuerySet)

    class Meta:
        verbose_name = _("proof of an address")
        verbose_name_plural = _("proofs of addresses")
        # Closing the others of an address, and the sweep of old ones.
        indexes = [
            models.Index(fields=["company", "email"], name="accounts_proofs_of_address"),
            models.Index(fields=["asked_at"], name="accounts_proofs_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.email}"


class LegalText(CompanyOwned):
    """One version of a company's terms or privacy notice. Once it is out, it is never changed."""

    kind = models.CharField(_("kind"), max_length=8, choices=LegalKind)
    version = models.PositiveIntegerField(_("version"), editable=False)
    body = RichTextField(_("text"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link"], blank=True)
    changes = models.TextField(
        _("what is new"),
        max_length=600,
        blank=True,
        help_text=_("Two or three sentences, shown to whoever accepted an earlier version."),
    )
    must_accept = models.BooleanField(
        _("has to be accepted"),
        default=True,
        help_text=_("Everybody is asked at their next sign-in. Leave it out for a corrected spelling."),
    )
    published_at = models.DateTimeField(_("published on"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("published by"),
        related_name="+",
    )
    created_at = models.DateTimeField(_("begun on"), auto_now_add=True)

    objects: ClassVar[Any] = CompanyManager(LegalTextQuerySet)

    class Meta:
        verbose_name = _("terms and privacy")
        verbose_name_plural = _("terms and privacy")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="accounts_text_of_company"),
            models.UniqueConstraint(
                fields=["company", "kind", "version"], name="accounts_one_text_per_version"
            ),
            # Two drafts of one kind would both want to be the next version.
            models.UniqueConstraint(
                fields=["company", "kind"],
                condition=Q(published_at=None),
                name="accounts_one_draft_per_kind",
                violation_error_message=_("There is a draft of the next version already."),
            ),
        ]
        triggers = [
            touches_company(),
            pgtrigger.Protect(
                name="keep_published",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return _("%(kind)s, version %(version)s") % {
            "kind": self.get_kind_display(),
            "version": self.version,
        }

    @property
    def is_published(self) -> bool:
        """Is it out?"""
        return self.published_at is not None


class LegalAcceptance(CompanyOwned):
    """Somebody accepted one version, in the language in which they read it. Never changed."""

    text = models.ForeignKey(LegalText, on_delete=models.PROTECT, related_name="acceptances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    accepted_at = models.DateTimeField(_("accepted on"), db_default=Now())

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        ordering = ["-accepted_at"]
        constraints = [
            models.UniqueConstraint(fields=["text", "user"], name="accounts_accepted_once"),
        ]
        # What somebody who signs in has accepted already.
        indexes = [models.Index(fields=["user", "company"], name="accounts_acceptances_of")]
        triggers = [pgtrigger.Protect(name="keep_acceptances", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.user}: {self.text}"


class InvitationWave(CompanyOwned):
    """One time that many contacts were invited at once, and the mail of all of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name=_("by"), related_name="+"
    )
    asked_at = models.DateTimeField(_("at"), db_default=Now())
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True)
    job_id = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("wave of invitations")
        verbose_name_plural = _("waves of invitations")
        ordering = ["-asked_at"]
        constraints = [models.UniqueConstraint(fields=["company", "id"], name="accounts_wave_of_company")]

    def __str__(self) -> str:
        return self.name


class Invitation(CompanyOwned):
    """Somebody was asked in: a contact of a customer, or a person who is to work here.

    A colleague who invites says in which roles, at which sites (their ids) and until when; staff leave that to
    the card.

    The link of the mail is made from this row when it is delivered, and kept is a keyed hash of it. Asking
    once more begins another round, and the link before opens nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, verbose_name=_("contact"), related_name="invitations"
    )
    staff_role = models.CharField(_("role"), max_length=12, choices=StaffRole, blank=True)
    roles = ArrayField(
        models.CharField(max_length=12, choices=CustomerRole),
        verbose_name=_("roles"),
        default=list,
        blank=True,
    )
    sites = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254)
    name = models.CharField(_("name"), max_length=160, blank=True)
    wave = models.ForeignKey(
        InvitationWave,
        on_delete=models.PROTECT,
        null=True,
        verbose_name=_("wave"),
        related_name="invitations",
    )
    round = models.PositiveSmallIntegerField(_("times sent"), default=1)
    link_hash = models.CharField(max_length=64, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name=_("by"), related_name="+"
    )
    asked_at = models.DateTimeField(_("invited on"), db_default=Now())
    sent_at = models.DateTimeField(_("last sent on"), db_default=Now())
    message = models.ForeignKey(
        OutboxMessage, on_delete=models.PROTECT, null=True, verbose_name=_("mail"), related_name="+"
    )
    opened_at = models.DateTimeField(_("opened on"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    ended_at = models.DateTimeField(_("taken back on"), null=True, blank=True)

    objects: ClassVar[Any] = CompanyManager(InvitationQuerySet)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="accounts_invitation_of_company"),
            models.CheckConstraint(
                condition=Q(contact__isnull=False, staff_role="")
                | (Q(contact__isnull=True) & ~Q(staff_role="")),
                name="accounts_invited_as_one_thing",
            ),
            # Two clerks at the same moment, or a job that is taken up again: one invitation all the same.
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(accepted_at__isnull=True, ended_at__isnull=True, contact__isnull=False),
                name="accounts_one_open_invitation",
            ),
            models.UniqueConstraint(
                fields=["company", "email"],
                condition=Q(accepted_at__isnull=True, ended_at__isnull=True, contact__isnull=True),
                name="accounts_one_open_staff_invitation",
            ),
        ]
        indexes = [
            # Those that nobody has taken up yet: the desk counts what did not arrive.
            models.Index(
                fields=["company", "sent_at"],
                condition=Q(accepted_at__isnull=True, ended_at__isnull=True),
                name="accounts_open_invitations",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.email} ({self.asked_at:%Y-%m-%d})" if self.asked_at else self.email

    @property
    def is_for_staff(self) -> bool:
        """Is it for somebody who is to work here?"""
        return self.contact_id is None

    def state(self, now: datetime) -> InvitationState:
        """What became of it; `message` has to be loaded with it."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.ended_at:
            return InvitationState.ENDED
        if self.message and self.message.state in (DeliveryState.FAILED, DeliveryState.BOUNCED):
            return InvitationState.BOUNCED
        if now > self.good_until:
            return InvitationState.EXPIRED
        if self.opened_at:
            return InvitationState.OPENED
        arrived = self.message and self.message.state == DeliveryState.SENT
        return InvitationState.SENT if arrived else InvitationState.SENDING

    @property
    def good_until(self) -> datetime:
        """Until when its link opens the page."""
        sent_at: datetime = self.sent_at
        return sent_at + invitation_life()


class LastEntry(CompanyOwned):
    """When somebody was last let in at this company: staff see it beside an access."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("last entry"), db_default=Now())

    class Meta:
        verbose_name = _("last entry")
        verbose_name_plural = _("last entries")
        constraints = [models.UniqueConstraint(fields=["company", "user"], name="accounts_one_last_entry")]

    def __str__(self) -> str:
        return f"{self.user}: {self.at}"
