"""What a browser session has proved to a company: written down, and taken back."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.utils import timezone

from portal_modules.core.looking import forget_grant
from portal_modules.core.models import Company
from portal_modules.core.scope import PORTAL, Scope, database_scope
from portal_modules.core.sessions import SessionStore

from ..models import LastEntry


def note_entry(company: Company, user: Any) -> None:
    """Somebody was let in at this company just now. The company's staff scope has to be in force."""
    row = LastEntry(company=company, user=user, at=Now())
    unique = ["company", "user"]
    LastEntry.objects.bulk_create([row], update_conflicts=True, unique_fields=unique, update_fields=["at"])


def list_session(user: Any, session_key: str, *, ip: str, user_agent: str) -> None:
    """Write a session down for its owner, who can end it from any other; those that are over leave the list.

    The library would open every session of the person, one after the other, to see whether it still holds:
    their page of sessions does.
    """
    held = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=Now())
    UserSession.objects.filter(~Exists(held), user=user).delete()
    longest = UserSession._meta.get_field("user_agent").max_length
    row = UserSession(user=user, session_key=session_key, ip=ip, user_agent=user_agent[:longest])
    row.last_seen_at = timezone.now()
    UserSession.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["session_key"],
        update_fields=["user", "ip", "user_agent", "last_seen_at"],
    )


def end_grants(user_id: int, company_id: int) -> None:
    """Whatever their open browsers have proved to this company is worth nothing any more.

    The sessions themselves stay: the person may be at work elsewhere on this platform.
    """
    with database_scope(Scope(role=PORTAL)):
        for key in UserSession.objects.filter(user=user_id).values_list("session_key", flat=True):
            session = SessionStore(session_key=key)
            if forget_grant(session, company_id):
                session.save(must_create=False)
