"""Verbs of the outbox: tell somebody something, and what becomes of it.

The database's clock decides what is due, because the web server and the worker may not agree on the time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from portal_modules.core.actions import log
from portal_modules.core.compiled import compiled
from portal_modules.core.events import events
from portal_modules.core.languages import public_language
from portal_modules.core.models import Company
from portal_modules.customers.models import Contact

from .. import exceptions
from ..choices import DeliveryState
from ..events import MESSAGE_SENT, MESSAGE_WRITTEN, WORDS_TRIED
from ..mails import mails
from ..models import MessageWords, OutboxMessage

# How long a worker may be busy with one message before another takes it for dead.
LEASE = timedelta(minutes=2)
# The pauses after the first attempt, the second, and so on; after one more nobody tries again.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
MOST_ATTEMPTS = len(PAUSES) + 1
MOST_AT_ONCE = 500  # messages that one press tries anew

_ONCE = UUID("6b3d1f0e-5a0c-4c55-9a57-0c0f3e8f7a11")  # any constant: what the ids of `once` are derived from


def new_id(once: str, *about: object) -> UUID:
    """An id for a row: with `once`, always the same for the same words about the same."""
    return uuid5(_ONCE, ":".join(map(str, (*about, once)))) if once else uuid4()


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to a contact, or to an address that somebody typed: see `tell`."""

    language: str
    payload: Mapping[str, Any]
    contact: Contact | None = None
    address: str = ""
    once: str = ""


def tell(
    event: str,
    *,
    company: Company,
    language: str,
    contact: Contact | None = None,
    address: str = "",
    payload: Mapping[str, Any],
    once: str = "",
) -> OutboxMessage:
    """Have a mail sent after the commit, to the contact, or to an address that somebody typed.

    The company's staff scope has to be in force: a visitor's request enters `company_scope` around the
    call. The payload is ids only, for nothing readable is kept; the mail is written from them when it is
    delivered. With `once`, a second call for the same event with the same words changes nothing and
    returns the first message. Raises `RegistryError` for an event that nobody writes a mail for.
    """
    letter = Letter(contact=contact, address=address, language=language, payload=payload, once=once)
    return tell_many(event, [letter], company=company)[0]


@transaction.atomic(savepoint=False)
def tell_many(event: str, letters: Sequence[Letter], *, company: Company) -> list[OutboxMessage]:
    """The same for many: see `tell`."""
    mails.get(event)
    if not letters:
        return []
    messages = [
        OutboxMessage(
            pk=new_id(each.once, company.pk, event),
            company=company,
            event=event,
            contact=each.contact,
            customer_id=each.contact.customer_id if each.contact else None,
            address=each.address,
            language=public_language(each.language) if each.language else company.language,
            payload={name: bare_id(value) for name, value in each.payload.items()},
            next_try_at=Now(),
        )
        for each in letters
    ]
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=any(each.once for each in letters))
    for message in messages:
        events.announce(MESSAGE_WRITTEN, message_id=message.pk, company_id=company.pk)
    written = {message.pk: message for message in _written(tuple(sorted(each.pk for each in messages)))}
    return [written[message.pk] for message in messages]


@compiled
def _written(keys: tuple[UUID, ...]) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(pk__in=keys)


def bare_id(value: Any) -> int | str | list[Any] | None:
    """An id as JSON can hold it. What is no id does not belong in the outbox."""
    match value:
        case None | int() | str():
            return value
        case UUID():
            return str(value)
        case list() | tuple():
            return [bare_id(each) for each in value]
    raise TypeError(f"A payload is made of ids, not of {type(value).__name__}.")


@transaction.atomic
def claim(message_id: UUID) -> OutboxMessage | None:
    """Take a message that is due, so that nobody else does for a while; None when there is nothing to take.

    The attempt is counted first: a message that kills its worker is given up like any other.
    """
    due = OutboxMessage.objects.due(Now()).filter(pk=message_id)
    message: OutboxMessage | None = due.select_for_update(skip_locked=True).first()
    if message is None:
        return None
    if message.attempts >= MOST_ATTEMPTS:
        give_up(message, "The worker ended during the last attempt.")
        return None
    message.attempts += 1
    OutboxMessage.objects.filter(pk=message.pk).update(attempts=message.attempts, next_try_at=Now() + LEASE)
    return message


def mark_sent(message: OutboxMessage, *, provider_id: str = "") -> None:
    """The mail server has taken it. `provider_id` is the provider's own name for the mail, if it gave it one."""
    _settle(message, DeliveryState.SENT, sent_at=Now(), provider_id=provider_id)
    events.announce(MESSAGE_SENT, message_id=message.pk, company_id=message.company_id)


def drop(message: OutboxMessage) -> None:
    """There is nothing to say any more, or nobody to say it to."""
    _settle(message, DeliveryState.DROPPED)


def give_up(message: OutboxMessage, error: str) -> None:
    """It cannot be sent, and trying again would not change that. `error` holds no secret."""
    _settle(message, DeliveryState.FAILED, error=error)


def come_back(message: OutboxMessage, error: str) -> None:
    """There is no such mailbox: nobody tries again. `error` holds no secret."""
    _settle(message, DeliveryState.BOUNCED, error=error)


def put_off(message: OutboxMessage, error: str) -> None:
    """The attempt failed: try again later, or give up after the last one. `error` holds no secret."""
    if message.attempts >= MOST_ATTEMPTS:
        give_up(message, error)
        return
    # Somebody else may have taken it meanwhile, when this attempt outlived its lease: theirs counts.
    mine = OutboxMessage.objects.filter(pk=message.pk, state=DeliveryState.WAITING, attempts=message.attempts)
    mine.update(next_try_at=Now() + PAUSES[message.attempts - 1], error=error[:300])


def _settle(message: OutboxMessage, state: DeliveryState, *, error: str = "", **fields: Any) -> None:
    """Leave WAITING, which happens once: whoever comes late changes nothing."""
    waiting = OutboxMessage.objects.filter(pk=message.pk, state=DeliveryState.WAITING)
    waiting.update(state=state, error=error[:300], **fields)


@transaction.atomic
def send_again(message: OutboxMessage, *, by: Any) -> OutboxMessage:
    """Try a message anew that was given up. It keeps its Message-ID: who got it after all sees it once."""
    failed = OutboxMessage.objects.filter(pk=message.pk, state=DeliveryState.FAILED)
    found: OutboxMessage | None = failed.select_for_update().first()
    if found is None:
        raise exceptions.NotFailed
    failed.update(state=DeliveryState.WAITING, attempts=0, error="", next_try_at=Now())
    log("notifications.send_again", found, by=by, event=found.event)
    events.announce(MESSAGE_WRITTEN, message_id=found.pk, company_id=found.company_id)
    return OutboxMessage.objects.get(pk=found.pk)


def send_all_again(*, by: Any) -> int:
    """Try all anew that were given up, as after a mail server was out of order; how many there were."""
    failed = OutboxMessage.objects.filter(state=DeliveryState.FAILED).order_by("created_at")
    number = 0
    for message in failed[:MOST_AT_ONCE]:
        send_again(message, by=by)
        number += 1
    return number


def try_words(words: MessageWords, *, language: str, by: Any) -> OutboxMessage:
    """Send a mail, in a company's own words or those that are shipped, to whoever chooses them."""
    return tell(
        WORDS_TRIED,
        company=words.company,
        language=language,
        address=by.email,
        payload={"event": words.event},
    )
