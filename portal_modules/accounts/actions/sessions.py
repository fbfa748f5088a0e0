"""What a browser session has proved to a company: written down, and taken back."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.db.models.functions import Now

from portal_modules.core.looking import forget_grant
from portal_modules.core.models import Company
from portal_modules.core.scope import PORTAL, Scope, company_scope, database_scope
from portal_modules.core.sessions import SessionStore

from ..models import LastEntry


def note_entry(company: Company, user: Any) -> None:
    """Somebody was let in at this company just now."""
    with company_scope(company):
        LastEntry.objects.update_or_create(user=user, defaults={"at": Now()})


def end_grants(user_id: int, company_id: int) -> None:
    """Whatever their open browsers have proved to this company is worth nothing any more.

    The sessions themselves stay: the person may be at work elsewhere on this platform.
    """
    with database_scope(Scope(role=PORTAL)):
        for key in UserSession.objects.filter(user=user_id).values_list("session_key", flat=True):
            session = SessionStore(session_key=key)
            if forget_grant(session, company_id):
                session.save(must_create=False)
