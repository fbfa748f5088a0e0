"""Showing one record to somebody outside: a mail with a link that opens that record, and signs nobody in.

The company's staff scope has to be in force, but where it is said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone, translation

from portal_modules.core.access import Access, ActorKind, Level, MembershipGrant
from portal_modules.core.actions import log
from portal_modules.core.companies import card_in_scope
from portal_modules.core.events import events
from portal_modules.core.languages import spoken_language
from portal_modules.core.looking import memberships_of
from portal_modules.core.models import Company
from portal_modules.core.parts import FACTS, facts_of, has_plain_facts, parts_of
from portal_modules.core.records import records
from portal_modules.core.scope import PORTAL, company_scope
from portal_modules.core.secrets import is_keyed_hash, keyed_hash
from portal_modules.core.viewing import roles_of_owners
from portal_modules.customers.choices import CustomerRole
from portal_modules.notifications.actions import tell

from ..choices import AccessKind, SharedState
from ..events import LINK_REVOKED, LINK_SHARED, SHARED_WITH_YOU
from ..exceptions import CannotBeShared, CustomerArchived, LinkOver, MayNotShare
from ..models import ShareLink
from .noting import Origin, note_access

# Who of a customer's people may show things to others.
MAY_SHARE: Final = frozenset(
    {CustomerRole.OWNER.value, CustomerRole.FINANCE.value, CustomerRole.OPERATIONS.value}
)


def share_token(link: ShareLink) -> str:
    """What stands at the end of the mail's link: the row, and 256 bits that only this installation can make."""
    return f"{link.pk.hex}{keyed_hash('accounts.share', link.pk)}"


def find_shared(token: str) -> ShareLink | None:
    """The link of a token, if it still opens; None for all others alike."""
    try:
        pk = UUID(hex=token[:32])
    except ValueError:
        return None
    found: ShareLink | None = ShareLink.objects.open().filter(pk=pk).first()
    if found is None or not is_keyed_hash(found.link_hash, "accounts.share.kept", token):
        return None
    return found if sender_still_sees(found) else None


def open_shared(pk: UUID) -> ShareLink | None:
    """A link that is not taken back nor over, however often it was used: for a browser in which it is open."""
    found: ShareLink | None = ShareLink.objects.filter(pk=pk, revoked_at=None, until__gt=Now()).first()
    return found if found is not None and sender_still_sees(found) else None


def sender_still_sees(link: ShareLink) -> bool:
    """Would whoever shared it find the record now? A link never shows more than its sender sees."""
    with _record_as_sender(link) as record:
        return record is not None


def plain_facts(link: ShareLink) -> tuple[tuple[str, Any], ...]:
    """What every record answers, read as the sender reads it; for records whose module shows nothing else."""
    if not has_plain_facts(link.record_type):
        return ()
    with _record_as_sender(link) as record:
        return facts_of(record) if record is not None else ()


def _eyes(actor: str, sender_id: int, customer_id: int, company: Company) -> Access:
    """What a sender sees now. Staff share no more than the customer's own owners find, and so no draft."""
    if actor == ActorKind.STAFF:
        held: tuple[MembershipGrant, ...] = (MembershipGrant(customer_id, roles_of_owners()),)
    else:
        held = memberships_of(sender_id, company)
    return Access(
        company=company,
        actor=ActorKind.CONTACT,
        user_id=sender_id,
        memberships=held,
        held=held,
        level=Level.PASSWORD,
    )


@contextmanager
def _record_as_sender(link: ShareLink) -> Iterator[Any | None]:
    """The record, while the walls are those of whoever shared it; None where they would not find it."""
    card = card_in_scope()
    if link.customer.archived_at or not parts_of(link.record_type, card.modules):
        yield None
        return
    access = _eyes(link.actor_kind, link.sender_id, link.customer_id, card.company)
    with company_scope(card.company, PORTAL, customers=access.customer_ids):
        yield records.find(link.record_type, link.record_id, access, card.modules)


@transaction.atomic
def share_record(
    record: Any,
    *,
    name: str,
    email: str,
    parts: Sequence[str],
    until: datetime,
    most_views: int,
    language: str,
    by: Any,
    access: Access,
    origin: Origin = Origin(),  # noqa: B008 (it is immutable)
) -> ShareLink:
    """Mail somebody a link to one record, with these of its parts, until then and so many times.

    The record was found by `access`, and the address is as `normalize_email` returns it. Raises
    `CannotBeShared`, `CustomerArchived` or `MayNotShare`.
    """
    offered = {part.name for part in parts_of(record.record_type(), card_in_scope().modules)}
    if FACTS not in offered or until <= timezone.now():
        raise CannotBeShared
    if record.customer.archived_at:
        raise CustomerArchived
    if access.is_customers and not access.has_role(record.customer_id, *MAY_SHARE):
        raise MayNotShare
    company = record.company
    if access.actor == ActorKind.STAFF:
        eyes = _eyes(access.actor, by.pk, record.customer_id, company)
        with company_scope(company, PORTAL, customers=eyes.customer_ids):
            if records.find(record.record_type(), record.pk, eyes, card_in_scope().modules) is None:
                raise CannotBeShared
    spoken = spoken_language(language, company.country)
    with translation.override(spoken):
        title = record.record_title()
    link = ShareLink(
        company=company,
        customer=record.customer,
        record_type=record.record_type(),
        record_id=record.pk,
        title=title[:200],
        parts=sorted(offered & {FACTS, *parts}),
        recipient_name=name,
        recipient_email=email,
        language=language,
        until=until,
        most_views=most_views,
        actor_kind=access.actor,
        sender=by,
        sender_name=str(by.get_full_name() or by)[:160],
    )
    link.link_hash = keyed_hash("accounts.share.kept", share_token(link))
    link.save()
    link.message = tell(
        SHARED_WITH_YOU, company=company, language=language, address=email, payload={"link_id": link.pk}
    )
    link.save(update_fields=["message"])
    log("accounts.share", link, by=by, parts=link.parts, until=until.isoformat(), most=most_views)
    note_access(
        company,
        AccessKind.LINK_SHARED,
        customer_id=link.customer_id,
        actor=access.actor,
        actor_name=link.sender_name,
        about=f"{link.title} → {name}",
        origin=origin,
    )
    events.announce(LINK_SHARED, company_id=link.company_id, link_id=link.pk)
    return link


@transaction.atomic
def view_shared(link: ShareLink, *, origin: Origin) -> ShareLink | None:
    """Count one look, unless there is none left, or the link is over: None then."""
    counted = ShareLink.objects.open().filter(pk=link.pk)
    if not counted.update(views=F("views") + 1, last_seen_at=Now()):
        return None
    fresh: ShareLink = ShareLink.objects.get(pk=link.pk)
    note_access(
        fresh.company,
        AccessKind.LINK_OPENED,
        customer_id=fresh.customer_id,
        actor=ActorKind.LINK,
        actor_name=fresh.recipient_name,
        about=fresh.title,
        level=Level.SHARE_LINK,
        origin=origin,
    )
    return fresh


@transaction.atomic
def revoke_shared(
    link: ShareLink,
    *,
    by: Any,
    actor: ActorKind,
    origin: Origin = Origin(),  # noqa: B008 (it is immutable)
) -> ShareLink:
    """The link opens nothing any more, in open browsers, too. Raises `LinkOver`."""
    locked: ShareLink = ShareLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if locked.state(timezone.now()) in (SharedState.REVOKED, SharedState.EXPIRED):
        raise LinkOver
    locked.revoked_at = timezone.now()
    locked.revoked_by_name = str(by.get_full_name() or by)[:160]
    locked.save(update_fields=["revoked_at", "revoked_by_name"])
    log("accounts.revoke_share", locked, by=by)
    note_access(
        locked.company,
        AccessKind.LINK_REVOKED,
        customer_id=locked.customer_id,
        actor=actor,
        actor_name=locked.revoked_by_name,
        about=f"{locked.title} → {locked.recipient_name}",
        origin=origin,
    )
    events.announce(LINK_REVOKED, company_id=locked.company_id, link_id=locked.pk)
    return locked
