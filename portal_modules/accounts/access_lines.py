"""The log of accesses as people read it: what, when, how, from where, and who it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from portal_modules.core.access import Access
from portal_modules.core.companies import card_in_scope
from portal_modules.customers.models import Customer, Membership

from .browsers import browser_of
from .choices import AccessKind
from .colleagues import owned_by
from .models import AccessEvent

_TONES = {
    AccessKind.REFUSED: "warning",
    AccessKind.SIGNED_IN: "success",
    AccessKind.VIEWED_AS: "info",
    AccessKind.LINK_OPENED: "info",
}


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One thing that happened, in words."""

    at: datetime
    what: str
    tone: str
    who: str
    about: str
    how: str
    browser: str
    place: str


def mine(access: Access) -> Any:
    """What somebody reads: all of their own login here, and who looked at what is the customers' that they own.

    The company's staff scope has to be in force.
    """
    return AccessEvent.objects.for_person(access.user_id or 0, owned_by(access))


def of_customer(customer: Customer) -> Any:
    """What staff read: who of the customer's people came, and who looked at what is theirs."""
    people = Membership.objects.filter(customer=customer).values("user")
    return AccessEvent.objects.of_customer(customer.pk, people)


def lines_of(events: Iterable[AccessEvent]) -> list[AccessLine]:
    """These, in the reader's language."""
    return [
        AccessLine(
            at=event.at,
            what=str(AccessKind(event.kind).label),
            tone=_TONES.get(AccessKind(event.kind), ""),
            who=event.actor_name,
            about=event.about,
            how=_how(event.methods),
            browser=browser_of(event.user_agent) if event.user_agent else "",
            place=event.place,
        )
        for event in events
    ]


def keeps_days() -> int:
    """For how long the company in scope keeps them."""
    return int(card_in_scope().setting("accounts.access_log_days"))


def _how(methods: Iterable[str]) -> str:
    words = {
        "password": _("password"),
        "mfa": _("second factor"),
        "link": _("link by mail"),
        "sister": _("from a company of the same group"),
        "access_code": _("access code"),
        "totp": _("app"),
        "webauthn": _("passkey or security key"),
        "recovery_codes": _("recovery codes"),
    }
    return ", ".join(words.get(method, method) for method in methods)
