"""The login of an address, and whom it belongs to in a company."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from portal_modules.core.scope import PORTAL, Scope, database_scope
from portal_modules.customers.models import Contact, Membership
from portal_modules.users.models import User


def login_of(email: str) -> User | None:
    """The user of an address, whichever companies know them: looked up in the role that doors have."""
    with database_scope(Scope(role=PORTAL)):
        return User.objects.filter(email=email).first()


def may_sign_in(user: User) -> bool:
    """Is it a person's login, and open?"""
    return user.is_active and not user.is_technical


def contacts_of(email: str) -> QuerySet[Any]:
    """The cards with this address, at customers that are not archived; the company's scope has to be in force."""
    return Contact.objects.filter(email=email, customer__archived_at=None).exclude(email="")


def cards_without_access(email: str, user: User | None) -> QuerySet[Any]:
    """The cards for which the person never had an access.

    One that ended or was taken back stays so: registering again must not undo what the company did.
    """
    found = contacts_of(email).filter(may_enter=True)
    if user is None:
        return found
    return found.exclude(customer__in=Membership.objects.filter(user=user).values("customer"))


def current_access(card: Contact) -> QuerySet[Any]:
    """The accesses of a card that hold now; the company's scope has to be in force."""
    return Membership.objects.filter(Q(until=None) | Q(until__gt=Now()), contact=card)
