"""What every way in has in common: room is made for who comes, and the entry is written down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from portal_modules.core.access import Level
from portal_modules.core.looking import memberships_of
from portal_modules.core.scope import company_scope
from portal_modules.users.models import User

from .actions import list_session, note_access, note_entry
from .adapter import company_of
from .choices import AccessKind
from .origins import origin_of


def make_room(session: Any, user: User) -> None:
    """End a login that is somebody else's, or of an old password: nothing of it may mix with what follows."""
    if SESSION_KEY not in session:
        return
    is_theirs = session[SESSION_KEY] == str(user.pk)
    mark = session.get(HASH_SESSION_KEY, "")
    if not (is_theirs and constant_time_compare(mark, user.get_session_auth_hash())):
        session.flush()


def write_down(request: Any, user: User, *, methods: Iterable[str], level: Level) -> None:
    """Among the person's sessions, and in what the company's customers read of their own accesses.

    `methods` is what was shown: kinds of proof, in the words of the log.
    """
    session = request.session
    if not session.session_key:
        session.create()
    ip = get_adapter(request).get_client_ip(request)
    list_session(user, session.session_key, ip=ip, user_agent=request.META.get("HTTP_USER_AGENT", ""))
    company = company_of(request)
    if company is None or not memberships_of(user.pk, company):
        return
    origin = origin_of(request)
    with company_scope(company):
        note_entry(company, user)
        note_access(
            company,
            AccessKind.SIGNED_IN,
            user_id=user.pk,
            methods=list(methods),
            level=level,
            origin=origin,
        )
