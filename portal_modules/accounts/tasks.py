"""What the accounts do by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models.functions import Now
from django_tasks import task

from portal_modules.core.companies import card_in_scope, companies_with, workplaces_of
from portal_modules.core.looking import memberships_of
from portal_modules.core.models import Company
from portal_modules.core.scope import PORTAL, STAFF, Scope, company_scope, database_scope, platform_scope
from portal_modules.core.secrets import decrypt
from portal_modules.core.tasks import opens_own_scopes

from .actions import Origin, ask_for_proof, forget_accesses, login_of, may_sign_in, note_access
from .choices import AccessKind, ProofPurpose
from .models import AddressProof, DoorWait

# Long enough to answer "did my code go out?", and no longer: the rows hold addresses that somebody typed.
KEPT: Final = timedelta(days=2)
# What somebody typed at a door waits encrypted: the queue is no place to read addresses.
REFUSED_SIGN_IN: Final = "accounts.refused"


@task()
@opens_own_scopes
def forget_old_proofs() -> None:
    """Delete codes that nobody can use any more, and who had to wait."""
    with platform_scope():
        AddressProof.objects.filter(asked_at__lt=Now() - KEPT).delete()
        DoorWait.objects.filter(until__lt=Now() - KEPT).delete()


@task()
@opens_own_scopes
def forget_old_accesses() -> None:
    """Delete of the log of accesses what is older than each company keeps it."""
    for company in companies_with("accounts"):
        with company_scope(company):
            forget_accesses(company, days=card_in_scope().setting("accounts.access_log_days"))


@task()
@opens_own_scopes
def send_staff_reset(email: str) -> None:
    """Mail the link for a new password to somebody who works anywhere on the platform; nothing to others.

    Whether anybody does is asked here and not at the door, so that the door takes as long for all addresses.
    """
    with database_scope(Scope(role=PORTAL)):
        user = login_of(email)
        places = workplaces_of(user.pk) if user is not None and may_sign_in(user) else []
    if user is None or not places:
        return
    with database_scope(Scope(role=STAFF, companies=(places[0].company.id,))):
        company = Company.objects.get(pk=places[0].company.id)
    with company_scope(company):
        language = user.language or company.language
        ask_for_proof(company, purpose=ProofPurpose.STAFF, email=email, language=language)


@task()
@opens_own_scopes
def note_refused(company_id: int, typed: str, place: str, user_agent: str) -> None:
    """Tell the owner of a login that somebody was not let in with its address; nothing where it is nobody's."""
    email = decrypt(typed, purpose=REFUSED_SIGN_IN)
    user = login_of(email)
    if user is None:
        return
    with database_scope(Scope(role=STAFF, companies=(company_id,))):
        company = Company.objects.get(pk=company_id)
    with company_scope(company):
        if not memberships_of(user.pk, company):
            return
        note_access(
            company,
            AccessKind.REFUSED,
            user_id=user.pk,
            methods=["password"],
            origin=Origin(place, user_agent),
        )
