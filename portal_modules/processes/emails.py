"""What is mailed about processes: numbers, and nothing that a stranger in the mailbox should not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal_modules.core.addresses import home_address, whole_address
from portal_modules.core.companies import card_in_scope, card_of_company
from portal_modules.customers.models import Contact
from portal_modules.notifications.actions import tell
from portal_modules.notifications.mails import Button, Mail, Words, mails
from portal_modules.notifications.models import OutboxMessage

from .choices import ProcessState
from .events import LOST_NUMBER, NOTICE_PUBLISHED, OPENED, PHASE_CHANGED, STATE_CHANGED, YOUR_NUMBERS
from .models import Notice, Phase, Process
from .numbers import number_shown

_MOST = 50


def _words_of_opened(_values: Mapping[str, Any]) -> Words:
    """Where the lookup is on, nobody needs an account."""
    paragraphs = [
        _("Here is where you can see at any time how it stands and what comes next."),
        _("Keep this mail: the number below is the one to quote when you talk to us about it."),
    ]
    if card_in_scope().is_on("processes.lookup"):
        paragraphs = [
            _(
                "With the number below you can see at any time where it stands and what comes next. "
                "You need no account."
            ),
            _("Whoever has the number can see this too, so keep it to yourself."),
        ]
    return Words(_("Follow your business with us"), _("We have started on your business"), paragraphs)


@mails.for_event(OPENED, _words_of_opened)
def opened(message: OutboxMessage) -> Mail | None:
    """The number of a new process, and where it is followed."""
    process = _process(message)
    if process is None:
        return None
    values = _values(process)
    return _words_of_opened(values).mail(
        facts=[*_about(process), (_("Our portal"), home_address(message.company, message.language))],
        button=_to_the_process(message, process, prefers_lookup=True),
        reason=_reason(message),
        values=values,
    )


def _words_of_phase(values: Mapping[str, Any]) -> Words:
    return Words(_("Your business has moved on"), _("Your business has moved on"), [values["phase_text"]])


@mails.for_event(PHASE_CHANGED, _words_of_phase)
def phase_changed(message: OutboxMessage) -> Mail | None:
    """The phase that it entered, what happens in it, and what the customer can do."""
    process = _process(message)
    phase = Phase.objects.filter(pk=message.payload["phase_id"]).first()
    if process is None or phase is None:
        return None
    said = "\n\n".join(filter(None, (phase.description, phase.customer_action)))
    values = {**_values(process), "phase": phase.name, "phase_text": said}
    return _words_of_phase(values).mail(
        facts=[*_about(process), (_("It is now in"), phase.name)],
        button=_to_the_process(message, process),
        reason=_reason(message),
        values=values,
    )


def _words_of_notice(values: Mapping[str, Any]) -> Words:
    return Words(_("We have news about your business"), values["notice_title"], [values["notice"]])


@mails.for_event(NOTICE_PUBLISHED, _words_of_notice)
def notice_published(message: OutboxMessage) -> Mail | None:
    """A marked notice, whole; of another only that it is there, to those who can read it in the portal."""
    process = _process(message)
    notice = Notice.objects.published().filter(pk=message.payload["notice_id"]).first()
    if process is None or notice is None or not (notice.is_marked or message.reader_signs_in()):
        return None
    title, text = _("We have news about your business"), _("You can read it in your area.")
    if notice.is_marked:
        title, text = notice.title, notice.body
    values = {**_values(process), "notice_title": title, "notice": text}
    return _words_of_notice(values).mail(
        facts=_about(process),
        button=_to_the_process(message, process),
        reason=_reason(message),
        values=values,
    )


def _words_of_state(values: Mapping[str, Any]) -> Words:
    return Words(values["outcome"], values["outcome"], [values["outcome_text"]])


@mails.for_event(STATE_CHANGED, _words_of_state)
def state_changed(message: OutboxMessage) -> Mail | None:
    """It was completed, given up, or taken up again."""
    process = _process(message)
    if process is None:
        return None
    title, text = {
        ProcessState.CLOSED: (
            _("Your business is completed"),
            _("We have done what was to be done. You can still read everything about it."),
        ),
        ProcessState.CANCELLED: (
            _("Your business was ended"),
            _("We are not carrying it on. If you did not expect this, please talk to us."),
        ),
        ProcessState.OPEN: (
            _("We are at work on your business again"),
            _("It goes on where it stopped."),
        ),
    }[ProcessState(message.payload["state"])]
    values = {**_values(process), "outcome": title, "outcome_text": text}
    return _words_of_state(values).mail(
        facts=_about(process),
        button=_to_the_process(message, process),
        reason=_reason(message),
        values=values,
    )


@mails.for_event(LOST_NUMBER, about=gettext_lazy("A number that was asked for"))
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


@mails.for_event(YOUR_NUMBERS, about=gettext_lazy("Your number, as you asked"))
def your_numbers(message: OutboxMessage) -> Mail | None:
    """All numbers of the address that is on file, for whichever customers."""
    if message.contact is None or not _lookup_is_on(message):
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


def _process(message: OutboxMessage) -> Process | None:
    found = Process.objects.filter(pk=message.payload["process_id"]).select_related("kind")
    return found.first()


def _about(process: Process) -> list[tuple[str, str]]:
    return [(_("Business"), process.kind.name), (_("Number"), number_shown(process.lookup_number))]


def _values(process: Process) -> dict[str, str]:
    return {"business": process.kind.name, "number": number_shown(process.lookup_number)}


def _reason(message: OutboxMessage) -> str:
    return _("You get this mail because %(company)s has this address on file for you.") % {
        "company": message.company.name
    }


def _lookup_is_on(message: OutboxMessage) -> bool:
    return card_of_company(message.company).is_on("processes.lookup")


def _to_the_process(message: OutboxMessage, process: Process, *, prefers_lookup: bool = False) -> Button:
    """Its page, for who signs in; else the lookup by number, and where that is off the company's home."""
    by_number = _lookup_is_on(message)
    if message.reader_signs_in() and not (prefers_lookup and by_number):
        url = whole_address(message.company, message.language, "processes:detail", process.pk)
    elif by_number:
        return _to_the_lookup(message)
    else:
        url = home_address(message.company, message.language)
    return Button(_("See where it stands"), url)


def _to_the_lookup(message: OutboxMessage) -> Button:
    url = whole_address(message.company, message.language, "processes:lookup")
    return Button(_("See where it stands"), url)
