"""What of a company's customers is visible to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

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
        if not limited or self.site_field not in {field.name for field in self.model._meta.concrete_fields}:
            return found
        elsewhere = ~Q(customer_id__in=limited)
        for customer_id, sites in limited.items():
            elsewhere |= Q(customer_id=customer_id, **{f"{self.site_field}__in": sites})
        return found.filter(elsewhere)

    def about_what_is_seen(self, access: Access, type_field: str) -> Self:
        """Without what hangs from records that whoever is looking does not see."""
        found = self
        for customers, types in hidden_types(access):
            found = found.exclude(customer_id__in=customers, **{f"{type_field}__in": types})
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
