"""Words of customers: what they are, and what their people may do."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class CustomerKind(models.TextChoices):
    """A person or an organisation."""

    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")


class CustomerRole(models.TextChoices):
    """What one person may see and do for one customer. Each module says which of its parts a role has."""

    OWNER = "owner", _("Owner")
    FINANCE = "finance", _("Finance")
    OPERATIONS = "operations", _("Operations")
    VIEWER = "viewer", _("May look")

    @property
    def meaning(self) -> Any:
        """What somebody in this role sees and does, in a sentence."""
        return _MEANINGS[self.value]


_MEANINGS = {
    "owner": _("Sees and does everything, and decides who has access."),
    "finance": _("Invoices and payments, documents and messages; not how matters stand."),
    "operations": _("How matters stand, documents, messages and requests."),
    "viewer": _("Sees what there is, and changes nothing."),
}


class AddressKind(models.TextChoices):
    """What an address is for."""

    BILLING = "billing", _("Billing")
    DELIVERY = "delivery", _("Delivery")
    OTHER = "other", _("Other")


class HomeState(models.TextChoices):
    """What the home page of a customer finds."""

    FIRST = "first", _("The first day of an account")
    NOTHING = "nothing", _("Nothing is pending")
    TO_DO = "to_do", _("There is something to do")
    OVERDUE = "overdue", _("Something is overdue")
