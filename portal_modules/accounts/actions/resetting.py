"""A new password for somebody who proved their address."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.db import transaction

from portal_modules.core.actions import log
from portal_modules.core.companies import workplaces_of
from portal_modules.core.looking import memberships_of
from portal_modules.core.models import Company
from portal_modules.core.scope import PORTAL, Scope, database_scope
from portal_modules.notifications.actions import tell
from portal_modules.users.models import User

from ..choices import ProofPurpose
from ..events import PASSWORD_CHANGED
from ..exceptions import NotOnFile
from ..models import AddressProof, Invitation
from .logins import login_of, may_sign_in
from .proving import use_proof


@transaction.atomic
def reset_password(proof: AddressProof, *, password: str, language: str, here: str = "") -> User:
    """Set it, and end every session of the person but the one that is `here`.

    A second factor that they have is asked for all the same.

    Raises `NotOnFile` where nobody of this address belongs to the company now, or `CodeUsed`. The company's
    staff scope has to be in force.
    """
    company = proof.company
    user = login_of(proof.email)
    use_proof(proof)
    belongs = works_here if proof.purpose == ProofPurpose.STAFF else may_reset
    if user is None or not belongs(user, company):
        raise NotOnFile
    with database_scope(Scope(role=PORTAL)):
        user.set_password(password)
        user.save(update_fields=["password"])
        for session in UserSession.objects.filter(user=user).exclude(session_key=here):
            session.end()
    log("accounts.reset_password", company, by=user)
    tell_own(user, PASSWORD_CHANGED, company=company, language=language)
    return user


def may_reset(user: User, company: Company) -> bool:
    """Is it the login of somebody who belongs to the company now, or is invited to?"""
    if not may_sign_in(user):
        return False
    return (
        bool(memberships_of(user.pk, company)) or Invitation.objects.good().filter(email=user.email).exists()
    )


def works_here(user: User, company: Company) -> bool:
    """Is it the login of somebody who works in the company now?"""
    places = workplaces_of(user.pk)
    return may_sign_in(user) and any(place.company.id == company.pk for place in places)


def tell_own(user: User, event: str, *, company: Company, language: str, **payload: int | str) -> None:
    """Tell somebody what happened to their own login; the company's staff scope has to be in force."""
    tell(
        event,
        company=company,
        language=user.language or language,
        address=user.email,
        payload={"user_id": user.pk, **payload},
    )
