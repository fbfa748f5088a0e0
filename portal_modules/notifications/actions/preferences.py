"""What people want to be mailed of. The company's staff scope has to be in force.

A login chooses for itself; a contact without one chooses by the link of a mail. Where somebody has both,
what the login chose last is what counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal_modules.core.modules import modules
from portal_modules.customers.models import Contact, Membership

from ..choices import MailChoice
from ..models import MailPreference, OutboxMessage


def refused_by(user_id: int) -> frozenset[str]:
    """The events that a login is not mailed of."""
    choices = MailPreference.objects.filter(choice=MailChoice.NEVER)
    own = choices.filter(Q(user=user_id) | Q(contact__in=_cards_of(user_id)))
    return frozenset(own.values_list("event", flat=True))


def wants(contact: Contact, event: str) -> bool:
    """Is this contact mailed of the event?"""
    refused = MailPreference.objects.switched_off(event)
    return not refused.filter(Q(contact=contact) | Q(user__in=_logins_of(contact))).exists()


def is_unwanted(message: OutboxMessage) -> bool:
    """Was its event switched off after it was written?"""
    if message.contact is None or not modules.can_switch_off(message.event):
        return False
    return not wants(message.contact, message.event)


@transaction.atomic
def choose_mails(user_id: int, choices: Mapping[str, bool]) -> None:
    """Have a login mailed of these events, or not; an event that has to arrive is left alone."""
    # Whoever saves twice at once waits here, in the order of the rows.
    list(Membership.objects.filter(user=user_id).order_by("pk").select_for_update(no_key=True))
    allowed = {event: choice for event, choice in choices.items() if modules.can_switch_off(event)}
    MailPreference.objects.filter(contact__in=_cards_of(user_id), event__in=allowed).delete()
    for event, is_wanted in allowed.items():
        _keep({"user_id": user_id}, event, is_wanted)


@transaction.atomic
def choose_mails_of_contact(contact: Contact, event: str, *, is_wanted: bool) -> None:
    """The same for whoever reads a mail; where the reader has a login, it is the login that chooses."""
    if not modules.can_switch_off(event):
        return
    contact = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    logins = list(_logins_of(contact))
    for user_id in logins:
        choose_mails(user_id, {event: is_wanted})
    if not logins:
        _keep({"contact_id": contact.pk}, event, is_wanted)


def _keep(person: dict[str, Any], event: str, is_wanted: bool) -> None:
    choice = MailChoice.NOW if is_wanted else MailChoice.NEVER
    MailPreference.objects.update_or_create(**person, event=event, defaults={"choice": choice})


def _cards_of(user_id: int) -> Any:
    memberships = Membership.objects.filter(user=user_id, contact__isnull=False)
    return memberships.order_by().values("contact")


def _logins_of(contact: Contact) -> Any:
    current = Q(until=None) | Q(until__gt=timezone.now())
    memberships = Membership.objects.filter(current, contact=contact)
    return memberships.order_by("pk").values_list("user", flat=True)
