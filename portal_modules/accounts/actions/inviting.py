"""Asking people in: a mail with a link that opens once, and never a password.

The company's staff scope has to be in force. Who is on file is asked by their card; no door makes customers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.functions import TransactionNow
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from portal_modules.core.actions import grant_staff, log
from portal_modules.core.choices import StaffRole
from portal_modules.core.events import events
from portal_modules.core.models import Company, StaffMembership
from portal_modules.core.secrets import is_keyed_hash, keyed_hash
from portal_modules.customers.models import BuildingSite, Contact, Membership
from portal_modules.notifications.actions import tell
from portal_modules.users.models import User

from ..events import ACCESS_ENDED, INVITATION, INVITED, REGISTERED, STAFF_INVITATION, WELCOME
from ..exceptions import (
    CustomerArchived,
    HasAccess,
    InvitationClosed,
    JustSent,
    LoginClosed,
    NoAddress,
    NotInvited,
)
from ..models import Invitation, InvitationWave, LegalText
from .legal import accept_texts
from .logins import current_access, login_of, may_sign_in
from .registering import Grant, give_access, login_with
from .sessions import end_grants

# Between two mails to the same person lies at least this pause.
PAUSE: Final = timedelta(minutes=1)


def invitation_token(invitation: Invitation) -> str:
    """What stands at the end of the mail's link: the row, and 256 bits that only this installation can make."""
    return f"{invitation.pk.hex}{keyed_hash('accounts.invitation', invitation.pk, invitation.round)}"


def find_invitation(token: str) -> Invitation | None:
    """The invitation of a link's token, if it still opens the page; None for all others alike."""
    try:
        pk = UUID(hex=token[:32])
    except ValueError:
        return None
    found: Invitation | None = Invitation.objects.good().filter(pk=pk).first()
    if found is None or not is_keyed_hash(found.link_hash, "accounts.invitation.kept", token):
        return None
    return found


def open_invitation(pk: UUID, round_number: int) -> Invitation | None:
    """The invitation whose link was opened in this browser, if it still leads anywhere."""
    rows = Invitation.objects.good().select_related("contact__customer", "asked_by", "company")
    found: Invitation | None = rows.filter(pk=pk, round=round_number).first()
    return found if found is not None and _is_theirs(found) else None


def note_opened(invitation: Invitation) -> None:
    """Somebody looks at the page of the link; the first time counts."""
    Invitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=Now())


@transaction.atomic
def invite_contact(
    contact: Contact,
    *,
    by: Any | None,
    wave: InvitationWave | None = None,
    grant: Grant | None = None,
    once_in: timedelta = PAUSE,
) -> Invitation:
    """Let a contact in: the mail with the link goes out after the commit. Once more sends a new link.

    With a grant it is what the invitation says from now on; without one the card decides, or the grant before.

    Raises `NoAddress`, `HasAccess`, `CustomerArchived`, or `JustSent` where one went out within `once_in`.
    """
    card = (
        Contact.objects.select_for_update(of=("self",))
        .select_related("customer", "company")
        .get(pk=contact.pk)
    )
    refuse_invitation(card)
    invitation = Invitation.objects.open().filter(contact=card).select_for_update().first()
    if invitation is not None and invitation.sent_at > timezone.now() - once_in:
        raise JustSent
    if not card.may_enter or card.is_kept_out:
        card.may_enter, card.is_kept_out = True, False
        card.save(update_fields=["may_enter", "is_kept_out"])
    if invitation is None:
        invitation = Invitation(company=card.company, contact=card, round=0)
    invitation.email, invitation.name = card.email, card.name
    if wave is not None:
        invitation.wave = wave
    if grant is not None:
        invitation.roles, invitation.sites = list(grant.roles), list(grant.sites)
        invitation.until = grant.until
    return _send(invitation, INVITATION, language=card.reads or card.company.language, by=by)


def refuse_invitation(card: Contact) -> None:
    """Raise what `invite_contact` would, but for `JustSent`."""
    if card.customer.archived_at:
        raise CustomerArchived
    if not card.email:
        raise NoAddress
    if current_access(card).exists():
        raise HasAccess


@transaction.atomic
def invite_staff(
    company: Company, email: str, *, role: str, name: str = "", language: str, by: Any | None
) -> Invitation:
    """Ask somebody to work here, in a role. Once more sends a new link, in the new role.

    The address is as `normalize_email` returns it. Raises `JustSent`; who works here already is the caller's to find.
    """
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    invitation = Invitation.objects.open().for_staff().filter(email=email).first()
    if invitation is not None and invitation.sent_at > timezone.now() - PAUSE:
        raise JustSent
    if invitation is None:
        invitation = Invitation(company=company, email=email, round=0)
    invitation.name, invitation.staff_role = name or invitation.name, role
    return _send(invitation, STAFF_INVITATION, language=language, by=by)


def _send(invitation: Invitation, event: str, *, language: str, by: Any | None) -> Invitation:
    """Begin a round: the link before opens nothing any more."""
    invitation.round += 1
    invitation.asked_by = by
    invitation.sent_at, invitation.opened_at = timezone.now(), None
    invitation.link_hash = keyed_hash("accounts.invitation.kept", invitation_token(invitation))
    invitation.save()
    invitation.message = tell(
        event,
        company=invitation.company,
        language=language,
        contact=invitation.contact,
        address="" if invitation.contact else invitation.email,
        payload={"invitation_id": invitation.pk},
        once=f"{invitation.pk}:{invitation.round}",
    )
    invitation.save(update_fields=["message"])
    log("accounts.invite", invitation.contact or invitation, by=by, round=invitation.round)
    events.announce(INVITED, company_id=invitation.company_id, invitation_id=invitation.pk)
    return invitation


@transaction.atomic
def end_invitation(invitation: Invitation, *, by: Any | None) -> None:
    """Take it back: its link opens nothing any more. Raises `NotInvited` where it is too late."""
    if not Invitation.objects.open().filter(pk=invitation.pk).update(ended_at=Now()):
        raise NotInvited
    log("accounts.end_invitation", invitation.contact or invitation, by=by)


@transaction.atomic
def take_access_away(contact: Contact, *, by: Any | None) -> None:
    """Nobody gets in by this card any more, from this moment; what the person did stays."""
    card = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if card.may_enter or not card.is_kept_out:
        card.may_enter, card.is_kept_out = False, True
        card.save(update_fields=["may_enter", "is_kept_out"])
    Invitation.objects.open().filter(contact=card).update(ended_at=Now())
    members = list(current_access(card).select_for_update(of=("self",)).values_list("pk", "user_id"))
    Membership.objects.filter(pk__in=[pk for pk, _user in members]).update(until=TransactionNow())
    for _pk, user_id in members:
        end_grants(user_id, card.company_id)
    log("accounts.end_access", card, by=by)
    events.announce(ACCESS_ENDED, company_id=card.company_id, contact_id=card.pk)


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, password: str | None, texts: Sequence[LegalText], language: str
) -> User:
    """Take it up: a contact gets access in the role of their card, somebody of the staff theirs.

    A person without a login gets one with this password. Whoever has one keeps it: the caller has asked for its
    password, and gives None. Raises `InvitationClosed`, `LoginClosed`, or `HasLogin`.
    """
    # In the order of `invite_contact`: the card before what hangs from it.
    if invitation.contact_id:
        Contact.objects.select_for_update(of=("self",)).get(pk=invitation.contact_id)
    rows = Invitation.objects.good().filter(pk=invitation.pk, round=invitation.round)
    locked = rows.select_for_update(of=("self",)).select_related("contact__customer", "company").first()
    if locked is None or not _is_theirs(locked):
        raise InvitationClosed
    user = login_of(locked.email)
    if user is not None and not may_sign_in(user):
        raise LoginClosed
    user = login_with(user, locked.email, locked.name, password, _language_of(locked) or language)
    _let_in(locked, user)
    Invitation.objects.filter(pk=locked.pk).update(accepted_at=Now())
    if locked.contact:
        accept_texts(user, texts, language=language)
        events.announce(REGISTERED, company_id=locked.company_id, user_id=user.pk)
        tell(
            WELCOME,
            company=locked.company,
            language=language,
            contact=locked.contact,
            payload={"user_id": user.pk},
            once=str(locked.pk),
        )
    return user


def _let_in(invitation: Invitation, user: User) -> Membership | None:
    if invitation.contact is not None:
        return give_access(
            user,
            invitation.contact,
            grant=_granted(invitation),
            granted_by_id=invitation.asked_by_id,
            action="accounts.accept",
        )
    grant_invited(invitation, user)
    return None


def _granted(invitation: Invitation) -> Grant | None:
    """What a colleague said that the access is for. Sites that were put away meanwhile stay away."""
    if not invitation.roles:
        return None
    if invitation.until is not None and invitation.until <= timezone.now():
        raise InvitationClosed
    contact: Any = invitation.contact
    sites = BuildingSite.objects.active().filter(customer=contact.customer_id, pk__in=invitation.sites)
    found = tuple(sites.values_list("pk", flat=True))
    if invitation.sites and not found:
        raise InvitationClosed  # limited to what is gone: it must not come to reach everything
    return Grant(tuple(invitation.roles), found, invitation.until)


def grant_invited(invitation: Invitation, user: User) -> None:
    """Somebody works here from now on, unless they do already: an invitation takes no role away."""
    current = Q(until=None) | Q(until__gt=Now())
    if not StaffMembership.objects.filter(current, user=user).exclude(role=StaffRole.PLATFORM).exists():
        grant_staff(invitation.company, user, StaffRole(invitation.staff_role), by=invitation.asked_by)


def _is_theirs(invitation: Invitation) -> bool:
    """Is it still for the person at this address? A card that got another e-mail is another person's."""
    card = invitation.contact
    if card is None:
        return True
    return card.may_enter and card.email == invitation.email and card.customer.archived_at is None


def _language_of(invitation: Invitation) -> str:
    return invitation.contact.reads if invitation.contact else ""
