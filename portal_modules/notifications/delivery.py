"""One attempt to deliver a message: claimed, written, sent, marked.

Each step is a scope of its own, and the sending is in none: nothing waits for a mail server inside a
transaction. A worker that dies before the mark leaves the message to the sweep, which sends the same
Message-ID again, and the reader sees one mail.
"""

from __future__ import annotations

import logging
import smtplib
from uuid import UUID

from django.core.mail import EmailMessage

from portal_modules.core.companies import card_in_scope
from portal_modules.core.models import Company
from portal_modules.core.modules import modules
from portal_modules.core.scope import company_scope

from . import actions
from .models import OutboxMessage
from .providers import LONGEST_ID
from .rendering import NobodyThere, render

logger = logging.getLogger(__name__)


def attempt(message_id: UUID, company: Company) -> None:
    """Deliver a message if it is due and nobody else is at it. A failure is written down, not raised."""
    with company_scope(company):
        message = actions.claim(message_id)
    if message is None:
        return
    mail = _written(message, company)
    if mail is None:
        return
    try:
        mail.send()
    except Exception as error:
        logger.warning("mail %s (%s) was not sent: %s", message.pk, message.event, describe(error))
        with company_scope(company):
            if is_refused_for_good(error):
                actions.come_back(message, describe(error))
            else:
                actions.put_off(message, describe(error))
    else:
        with company_scope(company):
            actions.mark_sent(message, provider_id=_id_at_provider(mail))


def _id_at_provider(mail: EmailMessage) -> str:
    """How the provider calls the mail, where one of django-anymail's backends has sent it."""
    given = getattr(getattr(mail, "anymail_status", None), "message_id", None)
    return str(given) if isinstance(given, str | int) and len(str(given)) <= LONGEST_ID else ""


def _written(message: OutboxMessage, company: Company) -> EmailMessage | None:
    """The mail; None when there is none to send now, which is marked by then."""
    try:
        with company_scope(company):
            mail = render(message, company) if _is_to_be_sent(message) else None
            if mail is None:
                actions.drop(message)
            return mail
    except NobodyThere as refusal:
        with company_scope(company):
            actions.give_up(message, str(refusal))
    except Exception as error:
        logger.exception("mail %s (%s) could not be written", message.pk, message.event)
        with company_scope(company):
            actions.put_off(message, describe(error))
    return None


def is_refused_for_good(error: Exception) -> bool:
    """Does the mail server know that there is no such mailbox? (RFC 5321 §4.2.1: 5yz is for ever, 4yz for now.)"""
    if not isinstance(error, smtplib.SMTPRecipientsRefused) or not error.recipients:
        return False
    return all(500 <= code < 600 for code, _words in error.recipients.values())


def _is_to_be_sent(message: OutboxMessage) -> bool:
    """Is its module still on, and did nobody switch the mail off meanwhile?"""
    label = message.event.partition(".")[0]
    is_on = label not in modules or label in card_in_scope().modules
    return is_on and not actions.is_unwanted(message)


def describe(error: Exception) -> str:
    """What went wrong, without the error's own words: they may hold addresses, links or passwords."""
    name = type(error).__name__
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{name} {error.smtp_code}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"{name} {', '.join(sorted({str(code) for code, _words in error.recipients.values()}))}"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name} {error.errno}"
    return name
