"""What is mailed about processes: numbers, and nothing that a stranger in the mailbox should not read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal_modules.core.addresses import whole_address
from portal_modules.customers.models import Contact
from portal_modules.notifications.actions import tell
from portal_modules.notifications.mails import Button, Mail, mails
from portal_modules.notifications.models import OutboxMessage

from .events import LOST_NUMBER, OPENED, YOUR_NUMBERS
from .models import Process
from .numbers import number_shown

_MOST = 50


@mails.for_event(OPENED)
def opened(message: OutboxMessage) -> Mail | None:
    """The number of a new process, and where to type it."""
    process = Process.objects.filter(pk=message.payload["process_id"]).select_related("kind").first()
    if process is None:
        return None
    return Mail(
        subject=_("Follow your business with us"),
        title=_("We have started on your business"),
        paragraphs=[
            _(
                "With the number below you can see at any time where it stands and what comes next. "
                "You need no account."
            ),
            _("Whoever has the number can see this too, so keep it to yourself."),
        ],
        facts=[(_("Business"), process.kind.name), (_("Number"), number_shown(process.lookup_number))],
        button=_to_the_lookup(message),
        reason=_("You get this mail because %(company)s has this address on file for you.")
        % {"company": message.company.name},
    )


@mails.for_event(LOST_NUMBER)
def lost_number(message: OutboxMessage) -> Mail | None:
    """Nothing goes to the address that was typed: another goes to the same one on file, if any."""
    contact = _contacts(message.address).order_by("pk").first()
    if contact is not None:
        tell(
            YOUR_NUMBERS,
            company=message.company,
            language=contact.reads or message.language,
            contact=contact,
            payload={},
            once=str(message.pk),
        )
    return None


@mails.for_event(YOUR_NUMBERS)
def your_numbers(message: OutboxMessage) -> Mail | None:
    """All numbers of the address that is on file, for whichever customers."""
    if message.contact is None:
        return None
    customers = _contacts(message.contact.email).values("customer")
    processes = Process.objects.filter(customer__in=customers).select_related("kind")[:_MOST]
    if not processes:
        return None
    return Mail(
        subject=_("Your number, as you asked"),
        title=ngettext("Here is your number", "Here are your numbers", len(processes)),
        paragraphs=[_("Type it on our page to see where your business stands.")],
        facts=_facts(processes),
        button=_to_the_lookup(message),
        reason=_(
            "You get this mail because somebody asked for the numbers of this address "
            "on the page of %(company)s. If it was not you, there is nothing you need to do."
        )
        % {"company": message.company.name},
    )


def _contacts(email: str) -> QuerySet[Any]:
    return Contact.objects.filter(email=email, customer__archived_at=None).exclude(email="")


def _facts(processes: Sequence[Process]) -> list[tuple[str, str]]:
    return [(process.kind.name, number_shown(process.lookup_number)) for process in processes]


def _to_the_lookup(message: OutboxMessage) -> Button:
    url = whole_address(message.company, message.language, "processes:lookup")
    return Button(_("See where it stands"), url)
