"""Who is looking: from the session and the memberships to one `Access`."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.http import HttpRequest

from portal_modules.core.access import Access, ActorKind, Level, MembershipGrant
from portal_modules.core.models import Company

_GRANTS = "access.grants"
_LOOKUPS = "access.lookups"


def grant_level(request: HttpRequest, company: Company, level: Level) -> None:
    """Remember in this session what was proved to this company; the session's identifier changes with it."""
    session = request.session
    grants = session.get(_GRANTS, {})
    grants[str(company.pk)] = {"level": int(level), "at": int(time.time())}
    session[_GRANTS] = grants
    session.cycle_key()


def forget_grant(session: SessionBase, company_id: int) -> bool:
    """Take back what was proved to a company in a session; True where there was anything."""
    grants = session.get(_GRANTS, {})
    if grants.pop(str(company_id), None) is None:
        return False
    session[_GRANTS] = grants
    return True


def grant_record(request: HttpRequest, company: Company, record: UUID, *, minutes: int) -> None:
    """Open one record in this browser for some minutes, to whoever gave its number."""
    session = request.session
    lookups = session.get(_LOOKUPS, {})
    lookups[str(company.pk)] = {"record": str(record), "until": int(time.time()) + minutes * 60}
    session[_LOOKUPS] = lookups
    session.cycle_key()


def forget_records(request: HttpRequest, company: Company) -> None:
    """Close what a number had opened."""
    lookups = request.session.get(_LOOKUPS, {})
    if lookups.pop(str(company.pk), None):
        request.session[_LOOKUPS] = lookups


def _level(session: SessionBase, company: Company) -> Level:
    grant = session.get(_GRANTS, {}).get(str(company.pk))
    return Level(grant["level"]) if grant else Level.ANONYMOUS


def _opened(session: SessionBase, company: Company) -> tuple[UUID, ...]:
    lookup = session.get(_LOOKUPS, {}).get(str(company.pk))
    if lookup and lookup["until"] > time.time():
        return (UUID(lookup["record"]),)
    return ()


def memberships_of(user_id: int, company: Company) -> tuple[MembershipGrant, ...]:
    """The customers of this company that a person belongs to now."""
    with connection.cursor() as cursor:
        cursor.execute("select * from customers_memberships_of(%s, %s)", [user_id, company.pk])
        rows: list[Any] = cursor.fetchall()
    return tuple(
        MembershipGrant(row[0], frozenset(row[1] or ()), frozenset(row[2] or ()), row[3]) for row in rows
    )


def access_of_visitor(session: SessionBase, company: Company) -> Access:
    """Somebody who is not signed in here: perhaps they gave a number."""
    records = _opened(session, company)
    level = Level.LOOKUP if records else Level.ANONYMOUS
    return Access(company=company, level=level, records=records)


def access_of_user(session: SessionBase, user_id: int, company: Company) -> Access:
    """Somebody who is signed in on this host. Being known to another company opens nothing here."""
    level = _level(session, company)
    if level < Level.TAX_ID:
        return access_of_visitor(session, company)
    memberships = memberships_of(user_id, company)
    if not memberships:
        return access_of_visitor(session, company)
    return Access(
        company=company, actor=ActorKind.CONTACT, user_id=user_id, memberships=memberships, level=level
    )
