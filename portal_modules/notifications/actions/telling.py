"""Telling the people of a customer: who is mailed, and for whom the bell rings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
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
from .outbox import Letter, bare_id, new_id, tell_many

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


@dataclass(frozen=True, slots=True)
class Telling:
    """Something that the people of a customer are told: see `tell_customer`."""

    customer: Customer
    payload: Mapping[str, Any]
    record: Any | None = None
    once: str = ""


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
    return tell_customers(event, [Telling(customer, payload, record, once)], but=but)


@transaction.atomic
def tell_customers(event: str, tellings: Sequence[Telling], *, but: Any | None = None) -> list[OutboxMessage]:
    """The same for many records of a company at once, which are in one section: few questions for all of them."""
    modules.notice(event)
    mails.get(event)
    tellings = [each for each in tellings if not each.customer.archived_at]
    if not tellings or _tells_nobody.get():
        return []
    company, record = tellings[0].customer.company, tellings[0].record
    sections = record.record_sections() if record else (event.partition(".")[0],)
    people = _People.of(event, {each.customer.pk for each in tellings}, sections, but)
    bells: list[BellEntry] = []
    letters: list[Letter] = []
    for each in tellings:
        everybody = people.members[each.customer.pk]
        elsewhere = people.elsewhere(everybody, each.record)
        members = [
            member
            for member in everybody
            if member.pk not in elsewhere and is_seen_by(member.roles, sections)
        ]
        bells += _entries(event, members, each, but)
        letters += [
            Letter(
                contact=contact,
                language=contact.reads or company.language,
                payload=each.payload,
                once=f"{each.once}:{contact.pk}" if each.once else "",
            )
            for contact in people.to_mail(each.customer.pk, everybody, members)
        ]
    BellEntry.objects.bulk_create(bells, ignore_conflicts=any(each.once for each in tellings))
    return tell_many(event, letters, company=company)


def _entries(event: str, members: Iterable[Membership], each: Telling, but: Any | None) -> list[BellEntry]:
    """What the bell shows to the logins of a customer."""
    ids = {name: bare_id(value) for name, value in each.payload.items()}
    customer, record = each.customer, each.record
    return [
        BellEntry(
            pk=new_id(each.once, "bell", customer.company_id, event, member.user_id),
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


@dataclass(frozen=True, slots=True)
class _People:
    """Whom some customers have: their logins that may look now, their contacts, and who wants no such mail."""

    members: Mapping[int, list[Membership]]
    sites: Mapping[int, set[int]]
    contacts: Mapping[int, list[Contact]]
    refused: list[MailPreference]
    sections: Collection[str]
    but: Any | None

    @classmethod
    def of(cls, event: str, customers: Iterable[int], sections: Collection[str], but: Any | None) -> _People:
        """Read them: few questions, however many customers there are."""
        now, keys = timezone.now(), tuple(sorted(customers))
        members: dict[int, list[Membership]] = defaultdict(list)
        for member in _memberships(keys):
            if member.is_current(now):
                members[member.customer_id].append(member)
        everybody = [member for theirs in members.values() for member in theirs]
        sites: dict[int, set[int]] = defaultdict(set)
        for limit in _limits(tuple(member.pk for member in everybody)) if everybody else ():
            sites[limit.membership_id].add(limit.site_id)
        contacts: dict[int, list[Contact]] = defaultdict(list)
        for contact in _contacts(keys):
            contacts[contact.customer_id].append(contact)
        refused = _refused(event, keys, tuple(sorted({member.user_id for member in everybody})))
        return cls(members, sites, contacts, refused, sections, but)

    def elsewhere(self, members: Iterable[Membership], record: Any | None) -> set[int]:
        """The accesses that are limited to sites at none of which the record is. Without one, it is of all sites."""
        limited = [member for member in members if member.pk in self.sites]
        return {
            member.pk
            for member in limited
            if record is None or not record.is_at(self.sites[member.pk], member.user_id)
        }

    def to_mail(
        self, customer: int, everybody: list[Membership], members: list[Membership]
    ) -> Iterator[Contact]:
        """Those with an address whom it is for and who did not switch it off, in either way that they could.

        `members` are those of everybody who see it; of who has no login the card tells.
        """
        users = {choice.user_id for choice in self.refused} - {None}
        contacts = {choice.contact_id for choice in self.refused}
        if self.but is not None:
            users.add(self.but.pk)
        have_login = {member.contact_id for member in everybody}
        see_it = {member.contact_id for member in members}
        for contact in self.contacts[customer]:
            if contact.pk in have_login:
                is_for_them = contact.pk in see_it
            else:
                is_for_them = not contact.role or is_seen_by([contact.role], self.sections)
            logins = {member.user_id for member in everybody if member.contact_id == contact.pk}
            if is_for_them and contact.pk not in contacts and not logins & users:
                yield contact


@compiled
def _memberships(customers: tuple[int, ...]) -> QuerySet[Membership]:
    return Membership.objects.filter(customer_id__in=customers).order_by("pk")


@compiled
def _limits(members: tuple[int, ...]) -> QuerySet[MembershipSite]:
    return MembershipSite.objects.filter(membership__in=members)


@compiled
def _refused(event: str, customers: tuple[int, ...], users: tuple[int, ...]) -> QuerySet[MailPreference]:
    theirs = Q(contact__customer__in=customers) | Q(user__in=users)
    return MailPreference.objects.switched_off(event).filter(theirs)


@compiled
def _contacts(customers: tuple[int, ...]) -> QuerySet[Contact]:
    rows = Contact.objects.filter(customer_id__in=customers).exclude(email="").select_related("customer")
    return rows.order_by("pk")
