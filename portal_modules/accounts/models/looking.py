"""Links that show one record to one person, and who came and looked."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import ActorKind
from portal_modules.core.languages import LANGUAGE_CHOICES
from portal_modules.core.models import CompanyManager, CompanyOwned
from portal_modules.customers.models import Customer, CustomerOwned
from portal_modules.notifications.models import OutboxMessage

from ..choices import AccessKind, SharedState
from ..querysets import AccessEventQuerySet, ShareLinkQuerySet


class ShareLink(CustomerOwned):
    """One record, shown to one person until a day and so many times: by whom, and what of it.

    The link of the mail is made from this row when it is delivered; kept is a keyed hash of it. It signs
    nobody in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="share_links"
    )
    record_type = models.CharField(max_length=80)
    record_id = models.UUIDField()
    title = models.CharField(_("what"), max_length=200)
    parts = ArrayField(models.CharField(max_length=30), verbose_name=_("parts"), default=list)
    recipient_name = models.CharField(_("name"), max_length=160)
    recipient_email = models.EmailField(_("e-mail"), max_length=254)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    until = models.DateTimeField(_("until"))
    most_views = models.PositiveSmallIntegerField(_("times at most"))
    views = models.PositiveSmallIntegerField(_("times opened"), default=0)
    last_seen_at = models.DateTimeField(_("last opened"), null=True, blank=True)
    link_hash = models.CharField(max_length=64, editable=False)
    actor_kind = models.CharField(_("by"), max_length=12, choices=ActorKind)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("by"), related_name="+"
    )
    sender_name = models.CharField(_("by"), max_length=160)
    shared_at = models.DateTimeField(_("shared on"), db_default=Now())
    revoked_at = models.DateTimeField(_("taken back on"), null=True, blank=True)
    revoked_by_name = models.CharField(_("taken back by"), max_length=160, blank=True)
    message = models.ForeignKey(
        OutboxMessage, on_delete=models.PROTECT, null=True, verbose_name=_("mail"), related_name="+"
    )

    objects: ClassVar[Any] = CompanyManager(ShareLinkQuerySet)

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        ordering = ["-shared_at", "pk"]
        constraints = [
            # However many press the button at the same moment.
            models.CheckConstraint(
                condition=Q(most_views__gte=1, views__lte=F("most_views")), name="accounts_views_within_limit"
            ),
        ]
        indexes = [
            # Beside a record, and on the page of a customer.
            models.Index(fields=["company", "record_type", "record_id"], name="accounts_links_of_record"),
            models.Index(fields=["customer", "-shared_at"], name="accounts_links_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.title} → {self.recipient_name}"

    @property
    def views_left(self) -> int:
        """How often it still opens."""
        return int(self.most_views - self.views)

    @property
    def last_day(self) -> datetime:
        """The day on which it still opens."""
        until: datetime = self.until
        return timezone.localtime(until - timedelta(seconds=1))

    def state(self, now: datetime) -> SharedState:
        """Does it still open, and if not, why?"""
        if self.revoked_at:
            return SharedState.REVOKED
        if self.until <= now:
            return SharedState.EXPIRED
        return SharedState.USED_UP if self.views >= self.most_views else SharedState.OPEN


class AccessEvent(CompanyOwned):
    """One thing that happened at the doors of an account, or somebody who looked at what is a customer's.

    A line about a login has its `user`; one about what is seen of a customer has the `customer`. Never changed.
    """

    at = models.DateTimeField(_("at"), db_default=Now())
    kind = models.CharField(_("what"), max_length=20, choices=AccessKind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, related_name="+")
    actor_kind = models.CharField(_("by"), max_length=12, choices=ActorKind)
    actor_name = models.CharField(_("name"), max_length=160, blank=True)
    about = models.CharField(_("about"), max_length=200, blank=True)
    methods = ArrayField(models.CharField(max_length=20), default=list)
    level = models.PositiveSmallIntegerField(null=True)
    place = models.CharField(_("from"), max_length=60, blank=True)
    user_agent = models.CharField(_("browser"), max_length=250, blank=True)

    objects: ClassVar[Any] = CompanyManager(AccessEventQuerySet)

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("accesses")
        ordering = ["-at", "-pk"]
        indexes = [
            # What somebody reads of their own login, and what an owner reads of their customer.
            models.Index(fields=["user", "-at"], name="accounts_accesses_of_user"),
            models.Index(fields=["customer", "-at"], name="accounts_accesses_of_customer"),
            # What is forgotten after its time.
            models.Index(fields=["company", "at"], name="accounts_accesses_by_age"),
        ]
        triggers = [
            pgtrigger.Protect(name="keep_accesses", operation=pgtrigger.Update),
            # What a company keeps shortest is a month.
            pgtrigger.Protect(
                name="keep_accesses_for_a_month",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.at > now() - interval '30 days'"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"
