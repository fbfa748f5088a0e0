"""Who is looking: from the session and the memberships to one `Access`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from portal_modules.core.access import Access, ActorKind, Level, MembershipGrant
from portal_modules.core.models import Company
from portal_modules.core.prepared import read_often
from portal_modules.core.sisters import sisters_of

_GRANTS = "access.grants"
_LOOKUPS = "access.lookups"
_CHOSEN = "access.customer"
_TAX_IDS = "access.tax_ids"
_LINKS = "access.links"


def grant_level(
    request: HttpRequest,
    company: Company,
    level: Level,
    *,
    actor: ActorKind = ActorKind.CONTACT,
    seconds: int | None = None,
) -> None:
    """Remember in this session what was proved to this company; the session's identifier changes with it.

    After `seconds` it is worth nothing any more, however often the session was used meanwhile.
    """
    session = request.session
    grants = session.get(_GRANTS, {})
    now = int(time.time())
    grants[str(company.pk)] = {"level": int(level), "at": now, "actor": actor.value}
    if seconds is not None:
        grants[str(company.pk)]["until"] = now + seconds
    session[_GRANTS] = grants
    session.cycle_key()


@dataclass(frozen=True, slots=True)
class Grant:
    """What was proved to one company in a session, by whom, and until when it counts."""

    level: Level
    actor: ActorKind
    until: int | None


def grant_in(session: SessionBase, company_id: int) -> Grant | None:
    """What a session has proved to a company, while it counts."""
    level, actor = _grant(session, company_id)
    if level == Level.ANONYMOUS:
        return None
    return Grant(level, actor, session[_GRANTS][str(company_id)].get("until"))


def carry_grant(session: SessionBase, company_id: int, grant: Grant) -> None:
    """Bring to a session on another host what was proved to a company: an address, and no more than that."""
    kept = {"level": int(Level.REGISTERED), "at": int(time.time()), "actor": grant.actor.value}
    if grant.until is not None:
        kept["until"] = grant.until
    session[_GRANTS] = {**session.get(_GRANTS, {}), str(company_id): kept}


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


def grant_link(request: HttpRequest, company: Company, link: UUID, *, minutes: int) -> None:
    """Keep what a share link shows open in this browser for some minutes. It signs nobody in."""
    session = request.session
    links = session.get(_LINKS, {})
    links[str(company.pk)] = {"link": str(link), "until": int(time.time()) + minutes * 60}
    session[_LINKS] = links
    session.cycle_key()


def link_in(session: SessionBase, company: Company) -> UUID | None:
    """The share link that is open in this browser."""
    kept = session.get(_LINKS, {}).get(str(company.pk))
    return UUID(kept["link"]) if kept and kept["until"] > time.time() else None


def forget_link(request: HttpRequest, company: Company) -> None:
    """Close what a share link had opened."""
    links = request.session.get(_LINKS, {})
    if links.pop(str(company.pk), None):
        request.session[_LINKS] = links


def choose_customer(request: HttpRequest, company: Company, customer_id: int | None) -> None:
    """Have this session look at one of its person's customers of a company only; None is all of them."""
    session = request.session
    chosen = session.get(_CHOSEN, {})
    if customer_id is None:
        chosen.pop(str(company.pk), None)
    else:
        chosen[str(company.pk)] = customer_id
    session[_CHOSEN] = chosen


def _those_chosen(
    session: SessionBase, company: Company, held: tuple[MembershipGrant, ...]
) -> tuple[MembershipGrant, ...]:
    """The membership of the customer that was chosen; all of them where none was, or it has ended."""
    chosen = session.get(_CHOSEN, {}).get(str(company.pk))
    return tuple(grant for grant in held if grant.customer_id == chosen) or held


def grant_tax_id(request: HttpRequest, company: Company, *, minutes: int, customer_id: int = 0) -> None:
    """Remember for some minutes that somebody named a tax id, whoever's it is: it identifies, and proves nothing.

    `customer_id` is whose it is, 0 where it is nobody's.
    """
    session = request.session
    named = session.get(_TAX_IDS, {})
    named[str(company.pk)] = {"until": int(time.time()) + minutes * 60, "customer": customer_id}
    session[_TAX_IDS] = named
    session.cycle_key()


def _level_at(session: SessionBase, company_id: int) -> Level:
    return _grant(session, company_id)[0]


def _grant(session: SessionBase, company_id: int) -> tuple[Level, ActorKind]:
    """What was proved, and by whom; nothing once the grant is over."""
    grant = session.get(_GRANTS, {}).get(str(company_id))
    if not grant or ("until" in grant and grant["until"] < time.time()):
        return Level.ANONYMOUS, ActorKind.CONTACT
    return Level(grant["level"]), ActorKind(grant.get("actor", ActorKind.CONTACT))


def _named_tax_id(session: SessionBase, company: Company) -> bool:
    named = session.get(_TAX_IDS, {}).get(str(company.pk))
    return bool(named and named["until"] > time.time())


def named_customer(request: HttpRequest, company: Company) -> int:
    """The customer whose tax id somebody named here; 0 where it is nobody's, or too long ago."""
    if not _named_tax_id(request.session, company):
        return 0
    return int(request.session[_TAX_IDS][str(company.pk)].get("customer", 0))


def _opened(session: SessionBase, company: Company) -> tuple[UUID, ...]:
    lookup = session.get(_LOOKUPS, {}).get(str(company.pk))
    if lookup and lookup["until"] > time.time():
        return (UUID(lookup["record"]),)
    return ()


# Asked before somebody who is known to a sister of a company may look there, too: the company's own conditions,
# such as terms that have to be accepted. `accounts` registers it.
may_follow: list[Callable[[int], bool]] = []


def is_known_to_sister(session: SessionBase, company: Company) -> bool:
    """Has this session proved at a sister of the company that its person reads the mail of their address?"""
    proved = {int(pk) for pk in session.get(_GRANTS, {}) if _level_at(session, int(pk)) >= Level.REGISTERED}
    proved.discard(company.pk)
    if company.group_id is None or not proved:
        return False
    return any(sister.id in proved for sister in sisters_of(company))


def memberships_of(user_id: int, company: Company) -> tuple[MembershipGrant, ...]:
    """The customers of this company that a person belongs to now."""
    rows = read_often("select * from customers_memberships_of(%s, %s)", [user_id, company.pk])
    return tuple(
        MembershipGrant(row[0], frozenset(row[1] or ()), frozenset(row[2] or ()), row[3]) for row in rows
    )


def access_of_visitor(session: SessionBase, company: Company) -> Access:
    """Somebody who is not signed in here: perhaps they gave a number, or a tax id."""
    records = _opened(session, company)
    if records:
        return Access(company=company, level=Level.LOOKUP, records=records)
    level = Level.TAX_ID if _named_tax_id(session, company) else Level.ANONYMOUS
    return Access(company=company, level=level)


def access_of_user(session: SessionBase, user_id: int, company: Company) -> Access:
    """Somebody who is signed in on this host. Being known to another company opens nothing here."""
    level, actor = _grant(session, company.pk)
    if level < Level.REGISTERED and is_known_to_sister(session, company):
        # What counts between sisters is that the address was proved, and no more than that.
        level = Level.REGISTERED if all(asked(user_id) for asked in may_follow) else level
    if level < Level.TAX_ID:
        return access_of_visitor(session, company)
    held = memberships_of(user_id, company)
    if not held:
        return access_of_visitor(session, company)
    return Access(
        company=company,
        actor=actor,
        user_id=user_id,
        memberships=_those_chosen(session, company, held),
        held=held,
        level=level,
    )
