"""What a door keeps of those who come: codes and links asked for, access codes, who was let in, who has to wait."""

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

from portal_modules.core.models import CompanyManager, CompanyOwned
from portal_modules.customers.models import Customer

from ..choices import ProofPurpose
from ..querysets import AccessCodeQuerySet, AddressProofQuerySet, DoorWaitQuerySet


class AddressProof(CompanyOwned):
    """One code or link that somebody asked for: for which address, to which end, and in which browser.

    The code and the link of the mail are made from this row when it is delivered; kept are keyed hashes of
    them, and of what only the asking browser holds. Where a tax id was typed beside the address, the customer
    says that both belong together; without one there is nothing to send.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(_("purpose"), max_length=8, choices=ProofPurpose)
    email = models.EmailField(_("e-mail"), max_length=254)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, verbose_name=_("customer"), related_name="+"
    )
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


class AccessCode(CompanyOwned):
    """One code that opens the portal for a customer, whoever types it beside the tax id.

    Staff have it made and mailed, and never see it: it is made from this row, and kept is a keyed hash. A
    customer has one at a time; another takes its place at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="access_codes"
    )
    code_hash = models.CharField(max_length=64, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name=_("by"), related_name="+"
    )
    made_at = models.DateTimeField(_("made on"), db_default=Now())
    expires_at = models.DateTimeField(_("good until"))
    last_used_at = models.DateTimeField(_("last used on"), null=True, blank=True)
    ended_at = models.DateTimeField(_("taken back on"), null=True, blank=True)

    objects: ClassVar[Any] = CompanyManager(AccessCodeQuerySet)

    class Meta:
        verbose_name = _("access code")
        verbose_name_plural = _("access codes")
        ordering = ["-made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="accounts_access_code_of_company"),
            # Two people of the staff at the same moment: one code all the same.
            models.UniqueConstraint(
                fields=["customer"], condition=Q(ended_at=None), name="accounts_one_access_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer} ({self.made_at:%Y-%m-%d})" if self.made_at else str(self.customer)

    def is_good(self, at: datetime) -> bool:
        """Does it open at that time?"""
        return self.ended_at is None and at < self.expires_at


class DoorWait(CompanyOwned):
    """Somebody tried too often at a door and has to wait: which count, who they said they were, and until when.

    The key is what is counted, the last part of it the place where they are. Kept for two days.
    """

    limit = models.CharField(max_length=60, editable=False)
    key = ArrayField(models.CharField(max_length=400), default=list, editable=False)
    who = models.CharField(_("who"), max_length=320)
    until = models.DateTimeField(_("until"))
    noted_at = models.DateTimeField(_("since"), db_default=Now())
    lifted_at = models.DateTimeField(_("lifted on"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name=_("by"), related_name="+"
    )

    objects: ClassVar[Any] = CompanyManager(DoorWaitQuerySet)

    class Meta:
        verbose_name = _("wait at a door")
        verbose_name_plural = _("waits at doors")
        ordering = ["-until", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="accounts_wait_of_company"),
            models.UniqueConstraint(fields=["company", "limit", "key"], name="accounts_one_wait"),
        ]

    def __str__(self) -> str:
        return self.who

    @property
    def place(self) -> str:
        """The network address that the tries came from."""
        return str(self.key[-1]) if self.key else ""


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
