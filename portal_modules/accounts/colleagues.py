"""The people of a customer as one of its owners sees them: who has access, who is invited, and what was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from portal_modules.core.access import Access
from portal_modules.core.models import Company
from portal_modules.core.scope import PORTAL, company_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import BuildingSite, Customer, Membership, MembershipSite
from portal_modules.users.models import User

from .access_log import Line, lines_of
from .choices import InvitationState
from .models import AccessRequest, Invitation, LastEntry

OWNERS: Final = frozenset({CustomerRole.OWNER.value})
_TONES = {
    InvitationState.BOUNCED: "danger",
    InvitationState.EXPIRED: "warning",
    InvitationState.OPENED: "info",
    InvitationState.SENT: "info",
}


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who has access: in which roles, where, until when, and when they were last here.

    An access code is no person: the company gives it out and takes it back.
    """

    uuid: UUID
    name: str
    email: str
    roles: list[Any]
    sites: list[str]
    last_day: datetime | None
    last_entry: datetime | None
    is_you: bool
    is_person: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who was asked in and has not come yet."""

    pk: UUID
    name: str
    email: str
    roles: list[Any]
    state: InvitationState
    tone: str
    last_day: datetime | None


@dataclass(frozen=True, slots=True)
class Team:
    """All of them at one customer."""

    customer: Customer
    colleagues: list[Colleague]
    invited: list[Invited]
    lines: list[Line] = field(default_factory=list)
    asking: int = 0


def owned_by(access: Access) -> list[int]:
    """The customers, at all their sites, of which whoever is looking is an owner."""
    return access.whole(access.customers_with(OWNERS))


def owned_customers(access: Access) -> QuerySet[Customer]:
    """The customers of which whoever is looking decides who has access."""
    found: QuerySet[Customer] = Customer.objects.visible_to(access).filter(pk__in=owned_by(access))
    return found.order_by("name", "pk")


def current_members() -> QuerySet[Membership]:
    """The accesses that hold now."""
    found: QuerySet[Membership] = Membership.objects.filter(Q(until=None) | Q(until__gt=Now()))
    return found


def member_of(customer: Customer, person: UUID) -> Membership | None:
    """The access of a person to a customer, while it holds; asked as somebody of the customer's."""
    rows = current_members().filter(customer=customer, user__uuid=person, user__is_technical=False)
    return rows.select_related("customer", "contact", "user").first()


def open_invitation_of(company: Company, customers: Iterable[Customer], pk: UUID) -> Invitation | None:
    """An invitation to one of these customers that nobody has taken up."""
    owned = [customer.pk for customer in customers]
    with company_scope(company):
        rows = Invitation.objects.open().filter(pk=pk, contact__customer__in=owned)
        found: Invitation | None = rows.select_related("contact__customer").first()
        return found


def sites_of(customer: Customer) -> QuerySet[BuildingSite]:
    """Where an access may be limited to."""
    found: QuerySet[BuildingSite] = BuildingSite.objects.active().filter(customer=customer)
    return found


def team_of(company: Company, customer: Customer, user_id: int | None) -> Team:
    """Everybody of a customer; asked as somebody of the customer's, it takes a fixed number of statements."""
    members = list(current_members().filter(customer=customer).select_related("contact"))
    # Who works for the company reads no logins of customers, so names are looked up as the portal does.
    with company_scope(company, role=PORTAL):
        people = User.objects.in_bulk([member.user_id for member in members])
    sites: dict[int, list[str]] = defaultdict(list)
    named = MembershipSite.objects.filter(membership__in=members).order_by("site__name")
    for member_id, name in named.values_list("membership", "site__name"):
        sites[member_id].append(name)
    with company_scope(company):
        entered = dict(LastEntry.objects.filter(user__in=list(people)).values_list("user", "at"))
        rows = Invitation.objects.open().filter(contact__customer=customer)
        invited = [_invited(row) for row in rows.select_related("contact", "message")]
        lines = lines_of(customer)
    colleagues = [
        _colleague(member, people[member.user_id], sites[member.pk], entered, user_id) for member in members
    ]
    asking = AccessRequest.objects.open().filter(customer=customer).count()
    return Team(customer, sorted(colleagues, key=lambda each: each.name.casefold()), invited, lines, asking)


def role_labels(roles: Iterable[str]) -> list[Any]:
    """In the order in which they are listed everywhere."""
    return [role.label for role in CustomerRole if role.value in set(roles)]


def last_day(until: datetime | None) -> datetime | None:
    """An access ends at midnight: the last moment of its last day, in the company's zone."""
    return timezone.localtime(until - timedelta(seconds=1)) if until else None


def _colleague(
    member: Membership, user: User, sites: list[str], entered: dict[int, datetime], user_id: int | None
) -> Colleague:
    return Colleague(
        uuid=user.uuid,
        name=member.contact.name if member.contact else str(user),
        email="" if user.is_technical else user.email,
        roles=role_labels(member.roles),
        sites=sites,
        last_day=last_day(member.until),
        last_entry=entered.get(user.pk),
        is_you=user.pk == user_id,
        is_person=not user.is_technical,
    )


def _invited(row: Invitation) -> Invited:
    contact: Any = row.contact
    state = row.state(timezone.now())
    return Invited(
        pk=row.pk,
        name=contact.name,
        email=row.email,
        roles=role_labels(row.roles or [contact.role]),
        state=state,
        tone=_TONES.get(state, ""),
        last_day=last_day(row.until),
    )
