"""From a company to a sister with a host name of its own: what was proved goes along, once and at once.

Below the platform's host name companies share the session. Another host has a session of its own, so the person
carries over a sealed word that only this installation can read: who they are, from which session, and to which
company. It is good once, for two minutes, and while that session still holds. What it brings is the proof that the
first company was given, and no more: what it is worth at the sister is worked out there on each request.
"""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib.auth import SESSION_KEY

from portal_modules.core.access import ActorKind, Level
from portal_modules.core.looking import Grant, grant_in, memberships_of
from portal_modules.core.models import Company
from portal_modules.core.secrets import SecretUnreadable, decrypt, encrypt
from portal_modules.core.sessions import SessionStore
from portal_modules.core.sisters import sisters_of
from portal_modules.core.throttle import Limit
from portal_modules.users.models import User

from .actions import may_sign_in

_PURPOSE: Final = "accounts.hand_over"
SECONDS: Final = 120
_ONCE: Final = Limit("accounts.hand_over", 1, 2 * SECONDS)


@dataclass(frozen=True, slots=True)
class HandOver:
    """Who goes from which company, and from which session there, to which; for which customer, and to which page."""

    user: int
    session: str
    origin: int
    target: int
    customer: str
    page: str
    at: int
    nonce: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who may come in, and what they proved to the company that they come from."""

    user: User
    origin: int
    grant: Grant
    customer: UUID | None
    page: str
    nonce: str

    def use_up(self) -> bool:
        """Is this the first time? Of a hundred at the same moment one is."""
        return _ONCE.hit(self.nonce) <= _ONCE.attempts


def hand_over(request: Any, target: int, *, customer: UUID | None = None, page: str = "") -> str:
    """The word for the address at the sister."""
    words = HandOver(
        user=request.user.pk,
        session=request.session.session_key,
        origin=request.company.pk,
        target=target,
        customer=str(customer or ""),
        page=page[:500],
        at=int(time.time()),
        nonce=secrets.token_hex(8),
    )
    return encrypt(json.dumps(asdict(words)), purpose=_PURPOSE).rstrip("=")


def arrival_of(token: str, company: Company) -> Arrival | None:
    """Who comes with a word, if it still opens this company; nothing is used up by asking.

    The doors' role has to be in force: it reads sessions and people.
    """
    words = _read(token)
    if words is None or words.target != company.pk or not 0 <= time.time() - words.at <= SECONDS:
        return None
    if words.origin not in {sister.id for sister in sisters_of(company)}:
        return None
    session = SessionStore(words.session)
    grant = grant_in(session, words.origin)
    if session.get(SESSION_KEY) != str(words.user) or grant is None:
        return None
    if grant.level < Level.REGISTERED or grant.actor != ActorKind.CONTACT:
        return None
    user = User.objects.filter(pk=words.user).first()
    if user is None or not may_sign_in(user) or not memberships_of(user.pk, company):
        return None
    customer = UUID(words.customer) if words.customer else None
    return Arrival(user, words.origin, grant, customer, words.page, words.nonce)


def _read(token: str) -> HandOver | None:
    try:
        found = json.loads(decrypt(token + "=" * (-len(token) % 4), purpose=_PURPOSE))
    except (SecretUnreadable, ValueError):
        return None
    return HandOver(**found)
