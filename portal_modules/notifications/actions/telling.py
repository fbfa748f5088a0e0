"""Telling the people of a customer: who is mailed, and for whom the bell rings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal_modules.core.compiled import compiled
from portal_modules.core.modules import modules
from portal_modules.core.sections import is_seen_by
from portal_modules.customers.models import Contact, Customer, Membership, MembershipSite

from ..mails import mails
from ..models import BellEntry, MailPreference, OutboxMessage
from .outbox import bare_id, new_id, tell

_tells_nobody: ContextVar[bool] = ContextVar("tells_nobody", default=False)


@contextmanager
def telling_nobody() -> Iterator[None]:
    """Customers hear nothing of what happens in the body: what is imported happened long ago."""
    token = _tells_nobody.set(True)
    try:
        yield
    finally:
        _tells_nobody.reset(token)


def is_telling_nobody() -> bool:
    """Does what happens now belong to the past? Asked by who tells addresses that are nobody's contact."""
    return _tells_nobody.get()


@transaction.atomic
def tell_customer(
    event: str,
    *,
    customer: Customer,
    payload: Mapping[str, Any],
    record: Any | None = None,
    once: str = "",
    but: Any | None = None,
) -> list[OutboxMessage]:
    """Tell the people of a customer: a mail to each contact with an address, and the bell for each login, of those
    whose role sees the record or, without one, the module of the event.

    The event is one that a manifest names in its `notices`. Who switched its mails off gets none, and `but`
    is the user who did it and knows. `record` is the `PortalRecord` that the bell leads to. With `once`,
    telling the same again changes nothing. The company's staff scope has to be in force; the messages that
    were written are returned.
    """
    modules.notice(event)
    mails.get(event)
    if customer.archived_at or _tells_nobody.get():
        return []
    sections = record.record_sections() if record else (event.partition(".")[0],)
    everybody = _members(customer)
    elsewhere = _limited_to_other_sites(everybody, record)
    members = [
        member for member in everybody if member.pk not in elsewhere and is_seen_by(member.roles, sections)
    ]
    ring(event, members, customer=customer, payload=payload, record=record, once=once, but=but)
    return [
        tell(
            event,
            company=customer.company,
            language=contact.reads or customer.company.language,
            contact=contact,
            payload=payload,
            once=f"{once}:{contact.pk}" if once else "",
        )
        for contact in _contacts_to_mail(event, customer, everybody, members, sections, but)
    ]


def ring(
    event: str,
    members: Iterable[Membership],
    *,
    customer: Customer,
    payload: Mapping[str, Any],
    record: Any | None,
    once: str,
    but: Any | None,
) -> None:
    """Have the bell ring for the logins of a customer, without a mail."""
    ids = {name: bare_id(value) for name, value in payload.items()}
    entries = [
        BellEntry(
            pk=new_id(once, "bell", customer.company_id, event, member.user_id),
            company_id=customer.company_id,
            customer=customer,
            user_id=member.user_id,
            event=event,
            payload=ids,
            record_type=record.record_type() if record else "",
            record_id=record.pk if record else None,
        )
        for member in members
        if but is None or member.user_id != but.pk
    ]
    BellEntry.objects.bulk_create(entries, ignore_conflicts=bool(once))


def _members(customer: Customer) -> list[Membership]:
    """The logins that may look at a customer now."""
    now = timezone.now()
    return [member for member in _memberships(customer.pk) if member.is_current(now)]


@compiled
def _memberships(customer: int) -> QuerySet[Membership]:
    return Membership.objects.filter(customer_id=customer).order_by("pk")


def _limited_to_other_sites(members: list[Membership], record: Any | None) -> set[int]:
    """The accesses that are limited to sites at none of which the record is. Without one, it is of all sites."""
    sites: dict[int, set[int]] = defaultdict(set)
    for limit in _limits(tuple(member.pk for member in members)):
        sites[limit.membership_id].add(limit.site_id)
    logins = {member.pk: member.user_id for member in members}
    return {pk for pk, reached in sites.items() if record is None or not record.is_at(reached, logins[pk])}


@compiled
def _limits(members: tuple[int, ...]) -> QuerySet[MembershipSite]:
    return MembershipSite.objects.filter(membership__in=members)


def _contacts_to_mail(
    event: str,
    customer: Customer,
    everybody: list[Membership],
    members: list[Membership],
    sections: Collection[str],
    but: Any | None,
) -> Iterator[Contact]:
    """Those with an address whom it is for and who did not switch it off, in either way that they could.

    `members` are those of everybody who see it; of who has no login the card tells.
    """
    refused = _refused(event, customer.pk, tuple(member.user_id for member in everybody))
    users = {choice.user_id for choice in refused} - {None}
    contacts = {choice.contact_id for choice in refused}
    if but is not None:
        users.add(but.pk)
    have_login = {member.contact_id for member in everybody}
    see_it = {member.contact_id for member in members}
    for contact in _people(customer.pk):
        if contact.pk in have_login:
            is_for_them = contact.pk in see_it
        else:
            is_for_them = not contact.role or is_seen_by([contact.role], sections)
        logins = {member.user_id for member in everybody if member.contact_id == contact.pk}
        if is_for_them and contact.pk not in contacts and not logins & users:
            yield contact


@compiled
def _refused(event: str, customer: int, users: tuple[int, ...]) -> QuerySet[MailPreference]:
    theirs = Q(contact__customer=customer) | Q(user__in=users)
    return MailPreference.objects.switched_off(event).filter(theirs)


@compiled
def _people(customer: int) -> QuerySet[Contact]:
    rows = Contact.objects.filter(customer_id=customer).exclude(email="").select_related("customer")
    return rows.order_by("pk")
