"""Coming in without a password: by the link of a mail."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from portal_modules.core.events import events
from portal_modules.core.languages import public_language
from portal_modules.core.looking import memberships_of
from portal_modules.core.models import Company
from portal_modules.core.scope import PORTAL, Scope, database_scope
from portal_modules.users.models import User

from ..events import REGISTERED
from ..exceptions import NotOnFile
from ..models import AddressProof
from .logins import cards_without_access, contacts_of, login_of, may_sign_in
from .proving import use_proof
from .registering import give_access


@transaction.atomic
def enter_by_link(proof: AddressProof, *, language: str) -> User:
    """Let in the person of a proved address: who comes for the first time gets a login without a password.

    What the company took away stays away, and nobody becomes a contact by it. Raises `NotOnFile`, or `CodeUsed`
    the second time. The company's staff scope has to be in force.
    """
    company: Company = proof.company
    list(contacts_of(proof.email).order_by("pk").select_for_update(of=("self",)))
    use_proof(proof)
    user = login_of(proof.email)
    cards: list[Any] = list(
        cards_without_access(proof.email, user).select_related("customer").order_by("customer_id", "pk")
    )
    if user is not None and not may_sign_in(user):
        raise NotOnFile
    if user is None:
        if not cards:
            raise NotOnFile
        user = _login_without_password(cards[0].email, cards[0].name, cards[0].reads or language)
    for card in cards:
        give_access(user, card, action="accounts.enter")
    if not memberships_of(user.pk, company):
        raise NotOnFile
    if cards:
        events.announce(REGISTERED, company_id=company.pk, user_id=user.pk)
    return user


def _login_without_password(email: str, name: str, language: str) -> User:
    with database_scope(Scope(role=PORTAL)):
        user = User(email=email, name=name, language=public_language(language))
        user.set_unusable_password()
        user.save()
    return user
