"""Who is looking: one small immutable object on every request, and the level of proof they have given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal_modules.core.models import Company


class Level(IntEnum):
    """How much proof was given. A lookup number and a tax id identify somebody; they prove nothing."""

    ANONYMOUS = 0
    LOOKUP = 1  # 0a: one process by its number: phases and marked notices, and the news
    SHARE_LINK = 2  # 0b: one record, with those of its parts that the sender ticked
    TAX_ID = 10  # 1: sums and due dates, no name and no document
    REGISTERED = 20  # 2: a code or link to a registered address, or tax id and access code
    PASSWORD = 30  # 3
    SECOND_FACTOR = 40  # 4: a second factor or a passkey


class ActorKind(models.TextChoices):
    """What kind of person, or machine, acts."""

    ANONYMOUS = "anonymous", _("Visitor")
    CONTACT = "contact", _("Customer")
    ACCESS_CODE = "access_code", _("Access code")
    LINK = "link", _("Link")
    STAFF = "staff", _("Staff")
    SYSTEM = "system", _("System")


@dataclass(frozen=True, slots=True)
class MembershipGrant:
    """One customer that whoever is looking belongs to."""

    customer_id: int
    roles: frozenset[str] = frozenset()
    sites: frozenset[int] = frozenset()
    until: datetime | None = None


@dataclass(frozen=True)
class Access:
    """Who is looking, in which company, with which proof, and what that opens.

    `memberships` are those that count now: all that the person has, or the one of the customer that they chose
    among them. `held` are all of them. `records` are what a number or a link has opened, and `parts` what of it
    the sender of the link ticked. `viewed_by` is the user of the staff who looks with this customer's eyes.
    `shut` are the modules for which the company asks for more proof than was given: nothing of theirs is shown.
    """

    company: Company | None = None
    actor: ActorKind = ActorKind.ANONYMOUS
    user_id: int | None = None
    memberships: tuple[MembershipGrant, ...] = ()
    held: tuple[MembershipGrant, ...] = ()
    level: Level = Level.ANONYMOUS
    records: tuple[UUID, ...] = ()
    parts: frozenset[str] = field(default_factory=frozenset)
    rights: frozenset[str] = field(default_factory=frozenset)
    viewed_by: int | None = None
    shut: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def customer_ids(self) -> list[int]:
        """The customers whose rows are visible: empty for a stranger, who therefore sees none."""
        if not self.is_customers:
            return []
        return [grant.customer_id for grant in self.memberships]

    @property
    def is_customers(self) -> bool:
        """Is this somebody of a customer's?"""
        return self.actor in {ActorKind.CONTACT, ActorKind.ACCESS_CODE}

    @cached_property
    def limited(self) -> list[int]:
        """The customers of whom only what is at some sites is theirs. Usually there are none."""
        return [grant.customer_id for grant in self.memberships if grant.sites] if self.is_customers else []

    @cached_property
    def sites(self) -> list[int]:
        """Those sites, of all these customers."""
        return sorted({site for grant in self.memberships for site in grant.sites})

    def whole(self, customers: Iterable[int]) -> list[int]:
        """Those of some customers that are theirs at all sites."""
        return [pk for pk in customers if pk not in self.limited]

    def customers_with(self, roles: frozenset[str]) -> list[int]:
        """The customers for whom whoever is looking has one of these roles; an empty set is any role."""
        if not roles:
            return self.customer_ids
        return [pk for pk in self.customer_ids if self.has_role(pk, *roles)]

    @cached_property
    def standing(self) -> str:
        """What parts of a page hang from that are the same for all who look with these roles and this proof."""
        roles = {role for grant in self.memberships for role in grant.roles}
        return f"{self.actor} {int(self.level)} {' '.join(sorted(roles))}"

    def has_role(self, customer_id: int, *roles: str) -> bool:
        """Has whoever is looking one of these roles for that customer?"""
        return any(
            grant.customer_id == customer_id and not grant.roles.isdisjoint(roles)
            for grant in self.memberships
        )

    def may_see(self, section_roles: frozenset[str]) -> bool:
        """Does any of the memberships have a role that a section is for? An empty set is for everybody."""
        return not section_roles or any(
            not grant.roles.isdisjoint(section_roles) for grant in self.memberships
        )

    @property
    def is_lookup(self) -> bool:
        """Is this somebody who only knows a number?"""
        return self.level == Level.LOOKUP
