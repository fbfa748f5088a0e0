"""What of a company's customers is visible to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from portal_modules.core.records import records
from portal_modules.core.sections import customers_seen, hidden_types

if TYPE_CHECKING:
    from portal_modules.core.access import Access


class CustomerOwnedQuerySet(models.QuerySet[Any]):
    """Rows of customers."""

    # What says at which site of the customer a row is, where its model tells: a field, or the way to one.
    site_field: ClassVar[str] = "site"
    # What a row hangs from, where that tells: it is where its parent is.
    parent_field: ClassVar[str] = ""

    def visible_to(self, access: Access) -> Self:
        """Those of the customers that whoever is looking belongs to, in a role that sees them; none for others.

        An access that is limited to sites reaches of what has a site only what is there.
        """
        found = self.filter(customer_id__in=customers_seen(self.model._meta.app_label, access))
        if not access.limited or (there := self.at_sites(access)) is None:
            return found
        return found.filter(~Q(customer_id__in=access.limited) | there)

    def knows_sites(self) -> bool:
        """Does a row say by itself where it is?"""
        return _has_field(self.model, self.site_field.partition("__")[0])

    def at_sites(self, access: Access) -> Q | None:
        """What an access that is limited to sites reaches, whatever its role; None is everything."""
        if self.parent_field:
            parent: Any = self.model._meta.get_field(self.parent_field).related_model
            there = parent.objects.reached_by(access).order_by().values("pk")
            return Q(**{f"{self.parent_field}__in": there})
        return Q(**{f"{self.site_field}__in": access.sites}) if self.knows_sites() else None

    def reached_by(self, access: Access) -> Self:
        """Of the customers of whom an access is limited to sites: what is there, whatever its role."""
        there = self.at_sites(access)
        found = self.filter(customer_id__in=access.limited)
        return found if there is None else found.filter(there)

    def about_what_is_seen(self, access: Access, type_field: str, id_field: str) -> Self:
        """Without what hangs from records that whoever is looking does not see: for their role, or at other sites."""
        found = self
        for customers, types in hidden_types(access):
            found = found.exclude(customer_id__in=customers, **{f"{type_field}__in": types})
        if access.limited:
            away = self.away(access, type_field, id_field)
            found = found.exclude(Q(customer_id__in=access.limited) & away)
        return found

    def away(self, access: Access, type_field: str, id_field: str) -> Q:
        """What hangs from records that an access which is limited to sites does not reach."""
        found = Q(pk__in=[])
        for record in records:
            if record is not self.model and record.objects.all().at_sites(access) is not None:
                there = record.objects.reached_by(access).order_by().values("pk")
                about = Q(**{type_field: record.record_type()})
                found |= about & ~Q(**{f"{id_field}__in": there})
        return found


class WholeQuerySet(CustomerOwnedQuerySet):
    """What is of a customer as a whole: an access that is limited to sites does not reach it."""

    def at_sites(self, access: Access) -> Q:
        """Nothing."""
        return Q(pk__in=[])


class SiteQuerySet(CustomerOwnedQuerySet):
    """Places of customers."""

    site_field = "id"

    def active(self) -> Self:
        """Those where something still is done."""
        return self.filter(archived_at=None)


class CustomerQuerySet(models.QuerySet[Any]):
    """The customers themselves."""

    def visible_to(self, access: Access) -> Self:
        """The customers that whoever is looking belongs to."""
        return self.filter(pk__in=access.customer_ids)

    def active(self) -> Self:
        """Those that are not archived."""
        return self.filter(archived_at=None)

    def matching(self, text: str) -> Self:
        """Those that one search box finds: by name, tax id, or a contact's name, e-mail or phone."""
        text = text.strip()[:100]
        found = (
            Q(name__icontains=text) | Q(contacts__name__icontains=text) | Q(contacts__email__icontains=text)
        )
        if written := "".join(character for character in text.upper() if character.isalnum()):
            found |= Q(tax_id__startswith=written) | Q(contacts__phone__icontains=text)
        return self.filter(found).distinct()


def _has_field(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)
