"""What of a company's customers is visible to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from portal_modules.core.access import Access


class CustomerOwnedQuerySet(models.QuerySet[Any]):
    """Rows of customers."""

    def visible_to(self, access: Access) -> Self:
        """Those of the customers that whoever is looking belongs to; none for anybody else."""
        return self.filter(customer_id__in=access.customer_ids)


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
