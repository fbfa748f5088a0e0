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

    # What says at which site of the customer a row is, where its model tells.
    site_field: ClassVar[str] = "site"

    def visible_to(self, access: Access) -> Self:
        """Those of the customers that whoever is looking belongs to, in a role that sees them; none for others.

        An access that is limited to sites reaches of what has a site only what is there.
        """
        found = self.filter(customer_id__in=customers_seen(self.model._meta.app_label, access))
        limited = {grant.customer_id: grant.sites for grant in access.memberships if grant.sites}
        if not limited or not _has_field(self.model, self.site_field):
            return found
        wanted = ~Q(customer_id__in=limited)
        for customer_id, sites in limited.items():
            wanted |= Q(customer_id=customer_id, **{f"{self.site_field}__in": sites})
        return found.filter(wanted)

    def about_what_is_seen(self, access: Access, type_field: str, id_field: str) -> Self:
        """Without what hangs from records that whoever is looking does not see: for their role, or at other sites."""
        found = self
        for customers, types in hidden_types(access):
            found = found.exclude(customer_id__in=customers, **{f"{type_field}__in": types})
        limited = [grant.customer_id for grant in access.memberships if grant.sites]
        for record in records if limited else ():
            if _has_field(record, "site"):
                there = record.objects.visible_to(access).order_by().values("pk")
                about = Q(customer_id__in=limited, **{type_field: record.record_type()})
                found = found.exclude(about & ~Q(**{f"{id_field}__in": there}))
        return found


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
