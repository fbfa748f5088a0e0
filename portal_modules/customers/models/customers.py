"""Customers, their people, and what belongs to a customer."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Access, ActorKind, MembershipGrant
from portal_modules.core.choices import Country
from portal_modules.core.identity import normalize_email
from portal_modules.core.languages import LANGUAGE_CHOICES
from portal_modules.core.models import CompanyManager, CompanyOwned
from portal_modules.core.records import PortalRecord
from portal_modules.core.tax_ids import InvalidTaxId, format_tax_id, normalize

from ..choices import AddressKind, CustomerKind, CustomerRole
from ..querysets import CustomerOwnedQuerySet, CustomerQuerySet, SiteQuerySet, WholeQuerySet


def _made_by_thousands() -> tuple[Any, ...]:
    """As usual, but one statement writes the history of all rows that another one, of an import, has made."""
    made = pghistory.InsertEvent(level=pgtrigger.Statement)
    return made, pghistory.UpdateEvent(), pghistory.DeleteEvent()


class CustomerGroup(CompanyOwned):
    """Customers that a setting, an offer or a page is meant for."""

    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("group of customers")
        verbose_name_plural = _("groups of customers")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "name"],
                name="customers_one_group_per_name",
                violation_error_message=_("There is a group of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(*_made_by_thousands())
class Customer(CompanyOwned):
    """Somebody the company works for, or buys from. Archived, never deleted."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=CustomerKind, default=CustomerKind.PERSON)
    country = models.CharField(_("country of the tax id"), max_length=2, choices=Country)
    tax_id = models.CharField(_("tax id"), max_length=20, blank=True)
    reference = models.CharField(
        _("own number"),
        max_length=60,
        blank=True,
        help_text=_("The number of this customer in another program. Imports find the customer by it."),
    )
    is_customer = models.BooleanField(_("buys from us"), default=True)
    is_supplier = models.BooleanField(_("sells to us"), default=False)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES, blank=True)
    group = models.ForeignKey(
        CustomerGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("group"),
        related_name="customers",
    )
    person_in_charge = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("person in charge"),
        related_name="+",
        help_text=_("Whom the customer sees on their home page, if this person is in the team."),
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    archived_at = models.DateTimeField(_("archived on"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = CompanyManager(CustomerQuerySet)

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="customers_customer_of_company"),
            models.UniqueConstraint(
                fields=["company", "country", "tax_id"],
                condition=~Q(tax_id=""),
                name="customers_one_customer_per_tax_id",
                violation_error_message=_("There is a customer with this tax id already."),
            ),
            models.UniqueConstraint(
                fields=["company", "reference"],
                condition=~Q(reference=""),
                name="customers_one_customer_per_reference",
                violation_error_message=_("There is a customer with this number already."),
            ),
            models.CheckConstraint(
                condition=Q(is_customer=True) | Q(is_supplier=True),
                name="customers_buys_or_sells",
                violation_error_message=_("Say whether they buy from us, sell to us, or both."),
            ),
        ]
        indexes = [models.Index(fields=["company", "name"], name="customers_by_name")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The tax id is checked by its country's rule and kept bare."""
        if self.tax_id:
            try:
                self.tax_id = normalize(self.country, self.tax_id)
            except InvalidTaxId as refusal:
                raise ValidationError({"tax_id": str(refusal)}) from None

    @property
    def tax_id_shown(self) -> str:
        """The tax id as it is written in its country."""
        return format_tax_id(self.country, self.tax_id) if self.tax_id else ""

    @property
    def setting_levels(self) -> tuple[str, ...]:
        """Where its settings are looked for before the company's: its own, then its group's."""
        own = f"customer:{self.pk}"
        return (own, f"group:{self.group_id}") if self.group_id else (own,)


class CustomerOwned(CompanyOwned):
    """A row of one customer: in the customer's private area only that customer's people reach it."""

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="%(class)ss"
    )

    objects: ClassVar[Any] = CompanyManager(CustomerOwnedQuerySet)

    class Meta:
        abstract = True


class CustomerRecord(PortalRecord, CustomerOwned):
    """A record that customers see: see `PortalRecord` for what it answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta(CustomerOwned.Meta):
        abstract = True

    def is_at(self, sites: Collection[int], user_id: int | None = None) -> bool:
        """Would an access that is limited to these sites reach it?"""
        grant = MembershipGrant(self.customer_id, sites=frozenset(sites))
        access = Access(actor=ActorKind.CONTACT, user_id=user_id, memberships=(grant,))
        return bool(type(self).objects.filter(pk=self.pk).reached_by(access).exists())


class RecordChild(CompanyOwned):
    """A child of a customer's record. The database gives it the customer of its parent (`core.walls`)."""

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, editable=False, verbose_name=_("customer"), related_name="+"
    )

    objects: ClassVar[Any] = CompanyManager(CustomerOwnedQuerySet)

    class Meta:
        abstract = True


@pghistory.track(*_made_by_thousands())
class Contact(CustomerOwned):
    """The card of a person at a customer. Without a membership it opens no door."""

    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    position = models.CharField(_("job title"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES, blank=True)
    role = models.CharField(
        _("role in the portal"),
        max_length=12,
        choices=CustomerRole,
        blank=True,
        help_text=_(
            "What this person may do after registering. Left open, the first of a customer owns the "
            "account, and whoever comes later may look."
        ),
    )
    may_enter = models.BooleanField(
        _("may have access"),
        default=True,
        db_default=True,
        editable=False,
        help_text=_("Switched off, nobody registers with this e-mail at this customer."),
    )
    is_kept_out = models.BooleanField(
        _("kept out by the company"),
        default=False,
        db_default=False,
        editable=False,
        help_text=_("Only staff let this person in again; the customer's own people cannot."),
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    objects: ClassVar[Any] = CompanyManager(WholeQuerySet)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="customers_contact_of_company"),
            models.UniqueConstraint(
                fields=["customer", "email"],
                condition=~Q(email=""),
                name="customers_one_contact_per_email",
                violation_error_message=_("This customer has a contact with this e-mail already."),
            ),
        ]
        # Doors and "I lost my number" find people by the address they typed.
        indexes = [models.Index(fields=["company", "email"], name="customers_contact_by_email")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The address is kept as it is compared."""
        if self.email:
            self.email = normalize_email(self.email)

    @property
    def reads(self) -> str:
        """The language that this person is written to in."""
        return self.language or self.customer.language


@pghistory.track()
class Membership(CustomerOwned):
    """One user's access to one customer: with which roles, at which sites, until when, granted by whom."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("person"), related_name="+"
    )
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("contact"),
        related_name="memberships",
    )
    roles = ArrayField(
        models.CharField(max_length=12, choices=CustomerRole), verbose_name=_("roles"), default=list
    )
    sites: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "BuildingSite", verbose_name=_("sites"), blank=True, through="MembershipSite"
    )
    until = models.DateTimeField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("granted by"),
        related_name="+",
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("accesses")
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="customers_membership_of_company"),
            models.UniqueConstraint(
                fields=["company", "customer", "id"], name="customers_membership_of_customer"
            ),
            models.UniqueConstraint(fields=["customer", "user"], name="customers_one_access_per_person"),
        ]
        # Who is looking, on every signed-in request.
        indexes = [models.Index(fields=["user", "company"], name="customers_access_of_user")]

    def __str__(self) -> str:
        return f"{self.user} → {self.customer}"

    def is_current(self, at: datetime) -> bool:
        """Does it hold at that time?"""
        return self.until is None or at < self.until


class Address(CustomerOwned):
    """A postal address of a customer."""

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="addresses"
    )
    kind = models.CharField(_("for"), max_length=12, choices=AddressKind, default=AddressKind.BILLING)
    street = models.CharField(_("street and number"), max_length=200)
    complement = models.CharField(_("complement"), max_length=120, blank=True)
    district = models.CharField(_("district"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=120)
    region = models.CharField(_("state or region"), max_length=80, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2, default="PT")

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [models.UniqueConstraint(fields=["company", "id"], name="customers_address_of_company")]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.street, self.city) if part)


class BuildingSite(CustomerOwned):
    """A place of a customer where something is done: a works site, a shop, a plant."""

    name = models.CharField(_("name"), max_length=120)
    address = models.ForeignKey(
        Address,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("address"),
        related_name="sites",
    )
    archived_at = models.DateTimeField(_("archived on"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = CompanyManager(SiteQuerySet)

    class Meta:
        verbose_name = _("site of a customer")
        verbose_name_plural = _("sites of customers")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="customers_site_of_company"),
            # What is at a site is at one of its own customer's.
            models.UniqueConstraint(fields=["company", "customer", "id"], name="customers_site_of_customer"),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipSite(RecordChild):
    """A site that an access is limited to; an access without one reaches all sites."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    site = models.ForeignKey(BuildingSite, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "site"], name="customers_one_site_per_access"),
        ]
