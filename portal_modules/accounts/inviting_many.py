"""Whom a wave of invitations can be for: the contacts that somebody means, and why some of them cannot be invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from portal_modules.customers.models import Contact, Membership

from .choices import InvitationState
from .models import Invitation, InvitationWave

MOST: Final = 3000  # in one wave: the next takes those that are left
NEW: Final = timedelta(days=1)
NAMED: Final = 20
# Between an invitation and its reminder lie at least this many days.
PATIENCE: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Choice:
    """How many contacts were meant, how many of them can be invited, and what keeps the others."""

    can: int
    without_address: int
    inside: int
    invited: int
    taken_away: int

    @property
    def total(self) -> int:
        """All that were meant."""
        return self.can + self.without_address + self.inside + self.invited + self.taken_away


def meant(
    *, group: Any | None = None, sells: bool = False, is_new: bool = False, ids: list[int] | None = None
) -> QuerySet[Any]:
    """The contacts of customers that are not archived, with what is to be known of each."""
    current = Membership.objects.filter(Q(until=None) | Q(until__gt=Now()), contact=OuterRef("pk"))
    rows = Contact.objects.filter(customer__archived_at=None)
    if group is not None:
        rows = rows.filter(customer__group=group)
    if sells:
        rows = rows.filter(customer__is_supplier=True)
    if is_new:
        rows = rows.filter(created_at__gt=Now() - NEW)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    is_invited = Exists(Invitation.objects.open().filter(contact=OuterRef("pk")))
    return rows.annotate(is_inside=Exists(current), is_invited=is_invited)


def counted(rows: QuerySet[Any]) -> Choice:
    """Each contact once, under the first thing that keeps it; one statement."""
    outside = Q(is_inside=False)
    allowed = outside & Q(may_enter=True)
    found = rows.order_by().aggregate(
        inside=Count("pk", filter=Q(is_inside=True)),
        taken_away=Count("pk", filter=outside & Q(may_enter=False)),
        without_address=Count("pk", filter=allowed & Q(email="")),
        invited=Count("pk", filter=allowed & ~Q(email="") & Q(is_invited=True)),
        can=Count("pk", filter=_can_be_invited()),
    )
    return Choice(**found)


def first_of(rows: QuerySet[Any]) -> list[Any]:
    """The first of those who can be invited, with their customers: so that whoever sends sees whom it is for."""
    return list(rows.filter(_can_be_invited()).select_related("customer").order_by("pk")[:NAMED])


def to_invite(rows: QuerySet[Any]) -> list[int]:
    """The ids of those who can be, oldest card first, at most as many as a wave takes."""
    return list(rows.filter(_can_be_invited()).order_by("pk").values_list("pk", flat=True)[:MOST])


def _can_be_invited() -> Q:
    return Q(is_inside=False, may_enter=True, is_invited=False) & ~Q(email="")


def to_remind(wave: InvitationWave) -> list[int]:
    """The ids of the contacts of a wave who have done nothing yet, and were not written to in the last days.

    A mail that came back is not sent again: its address has to be put right first.
    """
    rows = Invitation.objects.open().filter(wave=wave, sent_at__lt=Now() - PATIENCE)
    bounced = rows.in_state(InvitationState.BOUNCED).values("pk")
    waiting = rows.exclude(pk__in=bounced).filter(contact__isnull=False)
    return list(waiting.order_by("contact").values_list("contact", flat=True)[:MOST])
