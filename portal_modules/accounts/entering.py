"""Who gets in to a customer, as staff see it: each contact with its access, its invitation, and its last entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Contact, Membership

from .choices import EntryState, InvitationState
from .models import Invitation, LastEntry

_TONES = {
    EntryState.ACTIVE: "primary",
    EntryState.OFF: "critical",
    InvitationState.BOUNCED: "critical",
    InvitationState.EXPIRED: "warning",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One contact: does this person get in, since when, and what became of the invitation."""

    contact: Contact
    state: EntryState
    roles: list[Any]
    since: datetime | None = None
    last_entry: datetime | None = None
    invitation: Invitation | None = None
    invitation_state: InvitationState | None = None

    @property
    def is_on(self) -> bool:
        """Where the switch stands."""
        return self.state in (EntryState.ACTIVE, EntryState.INVITED)

    @property
    def can_be_sent(self) -> bool:
        """Is there an invitation that could go out once more, or somebody to be shown the way back in?"""
        return self.is_on

    @property
    def words(self) -> str | Promise:
        """The state, in one or two words."""
        found = self.invitation_state if self.state == EntryState.INVITED else self.state
        assert found is not None
        return found.label

    @property
    def tone(self) -> str:
        """How the state is marked."""
        return _TONES.get(self.invitation_state or self.state, "") if not self.is_active else "primary"

    @property
    def is_active(self) -> bool:
        """Is this person in?"""
        return self.state == EntryState.ACTIVE

    @property
    def error(self) -> str:
        """Why the mail did not arrive."""
        if self.invitation_state == InvitationState.BOUNCED and self.invitation and self.invitation.message:
            return str(self.invitation.message.error)
        return ""


def entries_of(contacts: Iterable[Contact]) -> list[Entry]:
    """Of these contacts, in their order: three statements, however many there are."""
    cards = list(contacts)
    now = timezone.now()
    current = Membership.objects.filter(Q(until=None) | Q(until__gt=now), contact__in=cards)
    members = {member.contact_id: member for member in current.order_by("pk")}
    rows = Invitation.objects.open().filter(contact__in=cards).select_related("message")
    invited = {row.contact_id: row for row in rows}
    users = [member.user_id for member in members.values()]
    entered = dict(LastEntry.objects.filter(user__in=users).values_list("user", "at"))
    return [_entry(card, members.get(card.pk), invited.get(card.pk), entered, now) for card in cards]


def _entry(
    card: Contact,
    member: Membership | None,
    invitation: Invitation | None,
    entered: dict[int, datetime],
    now: datetime,
) -> Entry:
    if member is not None:
        roles: list[Any] = [CustomerRole(role).label for role in member.roles]
        return Entry(card, EntryState.ACTIVE, roles, member.created_at, entered.get(member.user_id))
    roles = [card.get_role_display()] if card.role else []
    if invitation is not None:
        state = invitation.state(now)
        return Entry(
            card,
            EntryState.INVITED,
            roles,
            since=invitation.sent_at,
            invitation=invitation,
            invitation_state=state,
        )
    if not card.may_enter:
        return Entry(card, EntryState.OFF, roles)
    return Entry(card, EntryState.NONE if card.email else EntryState.NO_ADDRESS, roles)
