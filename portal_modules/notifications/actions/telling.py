"""Telling the people of a customer: who is mailed, and for whom the bell rings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal_modules.core.modules import modules
from portal_modules.core.sections import is_seen_by
from portal_modules.customers.models import Contact, Customer, Membership

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
    members = [member for member in everybody if is_seen_by(member.roles, sections)]
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
        for contact in _contacts_to_mail(event, customer, everybody, sections, but)
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
    rows = Membership.objects.filter(customer=customer).order_by("pk")
    return [member for member in rows if member.is_current(now)]


def _contacts_to_mail(
    event: str, customer: Customer, members: list[Membership], sections: Collection[str], but: Any | None
) -> Iterator[Contact]:
    """Those with an address whose role it is for and who did not switch it off, in either way that they could."""
    theirs = Q(contact__customer=customer) | Q(user__in=[member.user_id for member in members])
    refused = list(MailPreference.objects.switched_off(event).filter(theirs))
    users = {choice.user_id for choice in refused} - {None}
    contacts = {choice.contact_id for choice in refused}
    if but is not None:
        users.add(but.pk)
    people = Contact.objects.filter(customer=customer).exclude(email="").select_related("customer")
    for contact in people.order_by("pk"):
        own = [member for member in members if member.contact_id == contact.pk]
        roles = [role for member in own for role in member.roles] or [contact.role]
        if any(roles) and not is_seen_by(roles, sections):
            continue
        if contact.pk not in contacts and not {member.user_id for member in own} & users:
            yield contact
