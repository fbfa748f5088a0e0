"""Becoming known: from the card of a contact, whose address was proved, to a login with access."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from portal_modules.core.actions import log
from portal_modules.core.events import events
from portal_modules.core.languages import public_language
from portal_modules.core.scope import PORTAL, Scope, database_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Contact, Customer, Membership, MembershipSite
from portal_modules.notifications.actions import tell
from portal_modules.users.models import User

from ..events import REGISTERED, WELCOME
from ..exceptions import HasLogin, NotOnFile
from ..models import AddressProof, LegalText
from .legal import accept_texts
from .logins import cards_without_access, contacts_of, login_of, may_sign_in
from .proving import use_proof


@dataclass(frozen=True, slots=True)
class Grant:
    """What an access is for: roles, the sites that it is limited to, and the moment when it ends."""

    roles: tuple[str, ...]
    sites: tuple[int, ...] = ()
    until: datetime | None = None


@transaction.atomic
def register_person(
    proof: AddressProof, *, password: str | None, texts: Sequence[LegalText], language: str
) -> User:
    """Give the person of a proved address access to each customer that has them as a contact.

    A person without a login gets one with this password. Somebody who has one, at another company, keeps it:
    for them the password is None. Raises `NotOnFile`, `HasLogin`, or `CodeUsed` where the proof was used
    meanwhile. The company's staff scope has to be in force.
    """
    # Two browsers of one person at the same moment: the second waits here, and finds the first one's login.
    list(contacts_of(proof.email).order_by("pk").select_for_update(of=("self",)))
    user = login_of(proof.email)
    cards = list(cards_without_access(proof.email, user).select_related("customer").order_by("pk"))
    use_proof(proof)
    if not cards or (user is not None and not may_sign_in(user)):
        raise NotOnFile
    first = cards[0]
    user = login_with(user, first.email, first.name, password, first.reads or language)
    for customer_id in sorted({card.customer_id for card in cards}):
        give_access(user, next(card for card in cards if card.customer_id == customer_id))
    accept_texts(user, texts, language=language)
    events.announce(REGISTERED, company_id=proof.company_id, user_id=user.pk)
    tell(
        WELCOME,
        company=proof.company,
        language=language,
        contact=cards[0],
        payload={"user_id": user.pk},
        once=str(proof.pk),
    )
    return user


def login_with(user: User | None, email: str, name: str, password: str | None, language: str) -> User:
    """The login of an address: theirs, with the new password where they had none that opens.

    Raises `HasLogin` for a password beside one that opens, and `NotOnFile` where neither is there.
    """
    if user is not None and user.has_usable_password():
        if password is not None:
            raise HasLogin
        return user
    if password is None:
        raise NotOnFile
    with database_scope(Scope(role=PORTAL)):
        if user is None:
            user = User(email=email, name=name, language=public_language(language))
        user.set_password(password)
        user.save()
    return user


def give_access(
    user: User,
    card: Contact,
    *,
    grant: Grant | None = None,
    granted_by_id: int | None = None,
    action: str = "accounts.register",
) -> Membership:
    """As granted; else with the role of the card; else the first person of a customer owns, and later ones may look.

    An access that had ended begins anew, on this card.
    """
    # Two people of one customer at the same moment would both be the first.
    customer = Customer.objects.select_for_update().get(pk=card.customer_id)
    current = Membership.objects.filter(Q(until=None) | Q(until__gt=Now()), customer=customer)
    if grant is None:
        # An access code is nobody: whoever comes after it is the first person all the same.
        people = current.exclude(user=user).exclude(contact=None)
        usual = CustomerRole.VIEWER if people.exists() else CustomerRole.OWNER
        grant = Grant((card.role or usual,))
    values = {
        "contact": card,
        "roles": list(grant.roles),
        "until": grant.until,
        "granted_by_id": granted_by_id,
    }
    membership, _is_new = Membership.objects.update_or_create(customer=customer, user=user, defaults=values)
    limit_to_sites(membership, grant.sites)
    log(action, membership, by=user, roles=list(grant.roles))
    return membership


def limit_to_sites(membership: Membership, sites: Collection[int]) -> None:
    """Have an access reach these sites of its customer; without any it reaches all."""
    rows = MembershipSite.objects.filter(membership=membership)
    rows.exclude(site__in=sites).delete()
    known = set(rows.values_list("site", flat=True))
    MembershipSite.objects.bulk_create(
        MembershipSite(
            company_id=membership.company_id,
            customer_id=membership.customer_id,
            membership=membership,
            site_id=site,
        )
        for site in sorted(set(sites) - known)
    )
