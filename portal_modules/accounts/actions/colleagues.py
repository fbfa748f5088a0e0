"""What a customer's own people decide: who of theirs has access, in which roles, where and until when.

The company's staff scope has to be in force. Each verb asks again whether `by` owns the customer: between the
page and the button somebody may have taken that away.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.functions import TransactionNow
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from portal_modules.core.actions import log
from portal_modules.core.events import events
from portal_modules.customers.actions import add_contact
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import BuildingSite, Contact, Customer, Membership, MembershipSite
from portal_modules.notifications.actions import tell

from ..events import ACCESS_CHANGED, ACCESS_ENDED, YOUR_ACCESS_CHANGED, YOUR_ACCESS_ENDED
from ..exceptions import (
    AccessEnded,
    AlreadyOver,
    CustomerArchived,
    KeptOut,
    LastOwner,
    NoRole,
    NotInvited,
    NotTheirOwner,
    NotTheirSite,
    OwnerOfSites,
)
from ..models import Invitation
from .inviting import end_invitation, invite_contact
from .registering import Grant, limit_to_sites
from .sessions import end_grants


@transaction.atomic
def invite_colleague(
    customer: Customer, *, name: str, email: str, grant: Grant, language: str = "", by: Any
) -> Invitation:
    """Have a mail sent with a link that opens once. Somebody who is not on file yet is written down.

    The address is as `normalize_email` returns it. Raises `NotTheirOwner`, `KeptOut`, what is wrong with the
    grant, or what `invite_contact` raises.
    """
    card = Contact.objects.select_for_update().filter(customer=customer, email=email).first()
    locked = _owned(customer, by)
    refuse_grant(locked, grant)
    if card is None:
        card = add_contact(locked, by=by, name=name, email=email, language=language)
    elif card.is_kept_out:
        raise KeptOut
    return invite_contact(card, by=by, grant=grant)


@transaction.atomic
def invite_again(invitation: Invitation, *, by: Any) -> Invitation:
    """Send the link once more; the one before opens nothing. Raises as `invite_colleague`."""
    card = _locked_card(invitation.contact_id)
    _owned(card.customer, by)
    if card.is_kept_out:
        raise KeptOut
    return invite_contact(card, by=by)


@transaction.atomic
def take_invitation_back(invitation: Invitation, *, by: Any) -> None:
    """Its link opens nothing any more, and the person cannot register either.

    Raises `NotTheirOwner`, or `NotInvited` where it is too late.
    """
    card = _locked_card(invitation.contact_id)
    _owned(card.customer, by)
    end_invitation(invitation, by=by)
    Contact.objects.filter(pk=card.pk).update(may_enter=False)


@transaction.atomic
def change_access(membership: Membership, *, grant: Grant, by: Any) -> Membership:
    """Give somebody other roles, sites or another end, from this moment; they are told by mail.

    Raises `NotTheirOwner`, `AccessEnded`, `LastOwner`, or what is wrong with the grant.
    """
    customer = _owned(membership.customer, by)
    locked = _current(membership)
    refuse_grant(customer, grant)
    if CustomerRole.OWNER not in grant.roles or grant.until is not None:
        _refuse_last_owner(locked)
    before = grant_of(locked)
    if before == _sorted(grant):
        return locked
    locked.roles, locked.until, locked.granted_by = list(grant.roles), grant.until, by
    locked.save(update_fields=["roles", "until", "granted_by"])
    limit_to_sites(locked, grant.sites)
    log(
        "accounts.change_access",
        locked,
        by=by,
        roles=sorted(grant.roles),
        before=list(before.roles),
        sites=len(grant.sites),
        until=grant.until.isoformat() if grant.until else "",
    )
    events.announce(ACCESS_CHANGED, company_id=locked.company_id, membership_id=locked.pk)
    _tell(YOUR_ACCESS_CHANGED, locked, by)
    return locked


@transaction.atomic
def remove_colleague(membership: Membership, *, by: Any) -> None:
    """Somebody has no access to this customer any more, from this moment, in running sessions, too.

    What they did keeps their name. Raises `NotTheirOwner`, `AccessEnded` or `LastOwner`.
    """
    if membership.contact_id:
        _locked_card(membership.contact_id)
    _owned(membership.customer, by)
    locked = _current(membership)
    _refuse_last_owner(locked)
    Membership.objects.filter(pk=locked.pk).update(until=TransactionNow())
    if locked.contact_id:
        Invitation.objects.open().filter(contact=locked.contact_id).update(ended_at=Now())
        Contact.objects.filter(pk=locked.contact_id).update(may_enter=False)
        events.announce(ACCESS_ENDED, company_id=locked.company_id, contact_id=locked.contact_id)
    others = Membership.objects.filter(Q(until=None) | Q(until__gt=Now()), user=locked.user_id)
    if not others.exists():
        end_grants(locked.user_id, locked.company_id)
    log("accounts.remove_colleague", locked, by=by, roles=sorted(locked.roles))
    _tell(YOUR_ACCESS_ENDED, locked, by)


def grant_of(membership: Membership) -> Grant:
    """What an access is for now."""
    sites = MembershipSite.objects.filter(membership=membership).values_list("site", flat=True)
    return _sorted(Grant(tuple(membership.roles), tuple(sites), membership.until))


def colleague_who_asks(invitation: Invitation) -> Contact | None:
    """The card of the one of the customer's own people who invited somebody; None where staff did."""
    if invitation.contact is None or invitation.asked_by_id is None:
        return None
    rows = Membership.objects.filter(customer=invitation.contact.customer_id, user=invitation.asked_by_id)
    member = rows.select_related("contact__customer").first()
    return member.contact if member else None


def refuse_grant(customer: Customer, grant: Grant) -> None:
    """Raise what is wrong with it: `NoRole`, `OwnerOfSites`, `NotTheirSite` or `AlreadyOver`."""
    if not grant.roles or not set(grant.roles) <= set(CustomerRole.values):
        raise NoRole
    if CustomerRole.OWNER in grant.roles and grant.sites:
        raise OwnerOfSites
    sites = BuildingSite.objects.active().filter(customer=customer, pk__in=grant.sites)
    if sites.count() != len(set(grant.sites)):
        raise NotTheirSite
    if grant.until is not None and grant.until <= timezone.now():
        raise AlreadyOver


def _sorted(grant: Grant) -> Grant:
    return Grant(tuple(sorted(grant.roles)), tuple(sorted(grant.sites)), grant.until)


def _owned(customer: Customer, by: Any) -> Customer:
    # Two owners who remove each other at the same moment: the second waits here, and is refused.
    locked: Customer = Customer.objects.select_for_update().get(pk=customer.pk)
    if locked.archived_at is not None:
        raise CustomerArchived
    if not _owners(locked).filter(user=by).exists():
        raise NotTheirOwner
    return locked


def _owners(customer: Customer) -> Any:
    current = Q(until=None) | Q(until__gt=Now())
    return Membership.objects.filter(current, customer=customer, roles__contains=[CustomerRole.OWNER])


def _refuse_last_owner(membership: Membership) -> None:
    """Whoever owns without an end may not be the last one who does. What has no card is an access code: nobody."""
    lasting = _owners(membership.customer).filter(until=None, contact__isnull=False)
    if lasting.filter(pk=membership.pk).exists() and not lasting.exclude(pk=membership.pk).exists():
        raise LastOwner


def _current(membership: Membership) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",)).select_related("customer", "contact", "company")
    locked: Membership = rows.get(pk=membership.pk)
    if not locked.is_current(timezone.now()):
        raise AccessEnded
    return locked


def _locked_card(pk: int | None) -> Contact:
    # Before the customer, as everybody does who lets somebody in.
    card: Contact | None = Contact.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if card is None:
        raise NotInvited
    return card


def _tell(event: str, membership: Membership, by: Any) -> None:
    """The person, unless it was they who did it."""
    contact = membership.contact
    if contact is None or not contact.email or membership.user_id == by.pk:
        return
    tell(
        event,
        company=membership.company,
        language=contact.reads or membership.company.language,
        contact=contact,
        payload={"membership_id": membership.pk},
    )
