"""Who is asked in, and who asks to be."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from portal_modules.core.choices import Country, StaffRole
from portal_modules.core.languages import LANGUAGE_CHOICES
from portal_modules.core.models import CompanyManager, CompanyOwned
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Contact, Customer
from portal_modules.notifications.choices import DeliveryState
from portal_modules.notifications.models import OutboxMessage

from ..choices import InvitationState, RequestState
from ..querysets import AccessRequestQuerySet, InvitationQuerySet, invitation_life


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


class AccessRequest(CompanyOwned):
    """Somebody said at a door that their address is not registered, and who they are.

    The customer's owner answers; the company's staff see it from `staff_from` on: two working days later, or at
    once where nobody owns the customer, or where nobody has the number.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, verbose_name=_("customer"), related_name="+"
    )
    country = models.CharField(_("country of the tax id"), max_length=2, choices=Country)
    tax_id = models.CharField(_("tax id"), max_length=20)
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail"), max_length=254)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    state = models.CharField(_("state"), max_length=10, choices=RequestState, default=RequestState.OPEN)
    asked_at = models.DateTimeField(_("asked on"), db_default=Now())
    staff_from = models.DateTimeField(_("for the staff from"))
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name=_("by"), related_name="+"
    )

    objects: ClassVar[Any] = CompanyManager(AccessRequestQuerySet)

    class Meta:
        verbose_name = _("request for access")
        verbose_name_plural = _("requests for access")
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="accounts_request_of_company"),
            # Asking again while the first waits changes nothing.
            models.UniqueConstraint(
                fields=["company", "tax_id", "email"],
                condition=Q(state="open"),
                name="accounts_one_open_request",
            ),
        ]
        # What waits for the staff, and what an owner finds of their customer.
        indexes = [
            models.Index(
                fields=["company", "staff_from"], condition=Q(state="open"), name="accounts_open_requests"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.email})"
